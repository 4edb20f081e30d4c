"""What a consul gives to revoke, and what an officer sets when approving."""

from datetime import date, timedelta
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
    stay_days = IntegerField(label=_("Days of stay"), min_value=1, max_value=366)

    longest_stay: int | None = None
    passport_expires_on: date | None = None

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
            self._check_dates(start, end, days)
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}

    def _check_dates(self, start: date, end: date, days: int | None) -> None:
        if end < start:
            self.add_error("valid_until", _("The visa must end on or after the day on which it begins."))
        elif days and end - start + timedelta(days=1) < timedelta(days=days):
            self.add_error("valid_until", _("The time in force is shorter than the days of stay."))
        if self.passport_expires_on and end > self.passport_expires_on:
            self.add_error("valid_until", _("The passport expires before the visa ends."))
