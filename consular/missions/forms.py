"""How rows of a mission are edited together: two that are right alone may be wrong beside each other."""

from datetime import time
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext

MIDNIGHT = time(0)


class NeverOverlapping(BaseInlineFormSet):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Refuses two rows of one form that overlap; the database refuses those that overlap with others."""

    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if self._is_kept(form)]
        if any(self.overlap(one, other) for one, other in combinations(kept, 2)):
            raise ValidationError(gettext("Two of these rows overlap. Change one of them or delete it."))

    def _is_kept(self, form: Any) -> bool:
        filled = (form.is_valid() and form.has_changed()) or form.instance.pk
        return bool(filled and form.is_valid() and not form.cleaned_data.get("DELETE"))

    def overlap(self, one: dict[str, Any], other: dict[str, Any]) -> bool:
        """Tell whether two rows have days in common; a row without a last day has no end."""
        return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return other["ends_on"] is None or bool(one["starts_on"] <= other["ends_on"])


class HoursFormSet(NeverOverlapping):
    """Hours overlap on the same weekday, in the same season, for the same service."""

    def overlap(self, one: dict[str, Any], other: dict[str, Any]) -> bool:
        same = all(one[name] == other[name] for name in ("weekday", "season", "service"))
        return same and _opens_before_close(one, other) and _opens_before_close(other, one)


def _opens_before_close(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return other["closes"] == MIDNIGHT or bool(one["opens"] < other["closes"])
