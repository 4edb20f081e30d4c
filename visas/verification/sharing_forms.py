"""What a holder chooses who shares a visa, and what somebody types who was given a code."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from consular.ui.fields import ChoiceField, CodeField, DateField
from consular.ui.forms import Form
from visas.verification.sharing import parse_code, shown_to
from visas.verification.status import Purpose

DAYS = [("30", _("30 days")), ("7", _("7 days")), ("90", _("90 days"))]


class ShareForm(Form):
    """For whom, and how long. What each of them sees stands beside it."""

    purpose = ChoiceField(
        label=_("Who is to see your visa?"),
        choices=Purpose.choices,
        required_message=_("Select who is to see your visa"),
    )
    days = ChoiceField(
        label=_("How long?"),
        choices=DAYS,
        initial="30",
        required_message=_("Select how long the code is good"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].widget.hints = {purpose: seen_by(purpose) for purpose in Purpose.values}


def seen_by(purpose: str) -> str:
    names = gettext(", ").join(str(name) for name in shown_to(purpose))
    return gettext("They see: %(names)s") % {"names": names}


class CodeForm(Form):
    """A share code and its holder's date of birth."""

    code = CodeField(
        label=_("Share code"),
        help_text=_("Nine letters and digits. Small letters, spaces and strokes do not matter."),
        required_message=_("Enter the share code"),
        autocomplete="off",
        max_length=40,
        width=20,
    )
    birth_on = DateField(label=_("Holder's date of birth"), required_message=_("Enter the date of birth"))

    def clean_code(self) -> str:
        code = parse_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("Look at the share code again: it has nine letters and digits"))
        return code
