"""What a consul gives to revoke, and what an officer sets when approving."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consular.ui.fields import ChoiceField, DateField, IntegerField
from consular.ui.forms import Form
from visas.issuance.status import RevocationReason
from visas.policy.status import Entries


class RevokeForm(Form):
    reason = ChoiceField(label=_("Reason"), choices=RevocationReason.choices)


class ConditionsForm(Form):
    """The conditions of an approval. `cleaned_data` is JSON: ISO dates, a code and a number."""

    valid_from = DateField(label=_("Valid from"))
    valid_until = DateField(label=_("Valid until"))
    entries = ChoiceField(label=_("Entries"), choices=Entries.choices)
    stay_days = IntegerField(label=_("Days of stay"), min_value=1, max_value=1826)

    # What the law and the passport allow; None where there is no limit
    longest_stay: int | None = None
    usable_for_days: int | None = None
    passport_expires_on: date | None = None
    today: date | None = None

    def clean_stay_days(self) -> int:
        days = int(self.cleaned_data["stay_days"])
        if self.longest_stay and days > self.longest_stay:
            raise ValidationError(
                _("At most %(days)d days are allowed for this type of visa."),
                params={"days": self.longest_stay},
            )
        return days

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end, days = data.get("valid_from"), data.get("valid_until"), data.get("stay_days")
        if start and end:
            for complaint in self._complaints(start, end, days or 0):
                self.add_error("valid_until", complaint)
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}

    def _complaints(self, start: date, end: date, days: int) -> Iterator[Any]:
        length = (end - start).days + 1  # Both days count
        if length < 1:
            yield _("The visa must end on or after the day on which it begins.")
        elif length < days:
            yield _("The time in force is shorter than the days of stay.")
        elif self.usable_for_days and length > self.usable_for_days:
            message = _("A visa of this type is in force for at most %(days)d days.")
            yield ValidationError(message, params={"days": self.usable_for_days})
        if self.today and end < self.today:
            yield _("The visa would have ended before it is issued.")
        if self.passport_expires_on and end > self.passport_expires_on:
            yield _("The passport expires before the visa ends.")
