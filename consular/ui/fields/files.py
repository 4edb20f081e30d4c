"""Files. What a file really is, `consular.documents` finds from its content; here only size counts."""

from collections.abc import Iterable
from math import ceil
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy as _

from consular.ui import widgets
from consular.ui.fields.base import UiField, local

# What a browser should offer to choose, by the name that people know.
KINDS = {
    "PDF": ("application/pdf", ".pdf"),
    "JPEG": ("image/jpeg", ".jpg", ".jpeg"),
    "PNG": ("image/png", ".png"),
    "HEIC": ("image/heic", "image/heif", ".heic", ".heif"),
    "JSON": ("application/json", ".json"),
}
PAPERS = ("PDF", "JPEG", "PNG", "HEIC")  # What a scan or a photo of a paper is
MEGABYTE = 1_000_000


class FileField(UiField, forms.FileField):
    """One file of `kinds` (keys of KINDS), of at most `max_bytes`; the hint tells both limits.

    `shrink` lets the browser make a photo smaller before it is sent.
    """

    widget = widgets.FileInput
    default_error_messages = {
        "required": _("Choose a file"),
        "empty": _("The file you chose is empty. Choose another file."),
        "too_big": _("The file must be %(limit)s or smaller. Yours is %(given)s."),
        "invalid": _("The file did not arrive. Choose it again."),
        "missing": _("The file did not arrive. Choose it again."),
    }

    def __init__(
        self,
        *,
        kinds: Iterable[str] = PAPERS,
        max_bytes: int = 10 * MEGABYTE,
        shrink: bool = False,
        **kwargs: Any,
    ) -> None:
        self.kinds, self.max_bytes, self.shrink = tuple(kinds), max_bytes, shrink
        kwargs["help_text"] = _hint(kwargs.get("help_text", ""), self.kinds, max_bytes)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accept = ",".join(each for kind in self.kinds for each in KINDS[kind])
        shrink = {"data-shrink": True} if self.shrink else {}
        return {"accept": accept, **shrink, **super().widget_attrs(widget)}

    def to_python(self, data: Any) -> Any:
        data = super().to_python(data)
        if data and data.size > self.max_bytes:
            self.fail("too_big", limit=megabytes(self.max_bytes), given=megabytes(data.size))
        return data


def megabytes(size: int) -> str:
    """Write a number of bytes as megabytes in the digits of the language, rounded up."""
    number = f"{ceil(10 * size / MEGABYTE) / 10:.1f}".removesuffix(".0")
    return gettext("%(number)s MB") % {"number": local(number)}


def _hint_now(own: Any, kinds: tuple[str, ...], max_bytes: int) -> str:
    limits = {"kinds": get_text_list(list(kinds), gettext("or")), "limit": megabytes(max_bytes)}
    told = gettext("%(kinds)s, %(limit)s or smaller.") % limits
    return f"{own} {told}".strip()


_hint = lazy(_hint_now, str)
