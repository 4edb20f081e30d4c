"""What a person who checks a visa types."""

from django.utils.translation import gettext_lazy as _

from consular.ui.fields import CodeField, DateField
from consular.ui.forms import Form


class CheckForm(Form):
    """A visa number and its holder's date of birth."""

    number = CodeField(
        label=_("Visa number"),
        help_text=_("Nine letters and digits, printed on the visa. It begins with V."),
        required_message=_("Enter the visa number"),
        max_length=20,
        width=20,
    )
    birth_on = DateField(label=_("Holder's date of birth"), required_message=_("Enter the date of birth"))

    def clean_number(self) -> str:
        return canonical(self.cleaned_data["number"])


class PassportForm(Form):
    """The number of the passport that the traveller presents."""

    passport_number = CodeField(
        label=_("Passport number"),
        help_text=_("As in the passport that is presented to you."),
        required_message=_("Enter the passport number"),
        max_length=20,
        width=20,
    )

    def clean_passport_number(self) -> str:
        return canonical(self.cleaned_data["passport_number"])


def canonical(code: str) -> str:
    """Return a number as the records hold it: without the strokes that people add for reading."""
    return code.replace("-", "").replace("/", "")
