"""Whole numbers. Never `type=number`: it refuses Persian digits and loses what was typed."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from consular.lib import text
from consular.ui import widgets
from consular.ui.fields.base import UiField, number

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")


class IntegerField(UiField):
    """A whole number in any of our digits, with or without signs between the thousands."""

    widget = widgets.TextInput
    control = {"inputmode": "numeric", "dir": "ltr"}
    default_error_messages = {
        "required": _("Enter %(name)s"),
        "invalid": _("%(label)s must be a whole number, like 12"),
        "too_small": _("%(label)s must be %(limit)s or more"),
        "too_large": _("%(label)s must be %(limit)s or fewer"),
    }

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**{"width": 5, **kwargs})

    def to_python(self, value: Any) -> int | None:
        typed = "" if value in self.empty_values else text.latin(text.tidy(str(value)))
        digits = typed.replace(",", "").replace(" ", "")
        if digits and not _WHOLE.fullmatch(digits):
            self.fail("invalid")
        return int(digits) if digits else None

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            self.fail("too_small", limit=number(self.min_value))
        if self.max_value is not None and value > self.max_value:
            self.fail("too_large", limit=number(self.max_value))
