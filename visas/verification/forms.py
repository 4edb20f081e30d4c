"""What a person who checks a visa types."""

from django.utils.translation import gettext_lazy as _

from consular.ui.fields import CharField, DateField
from consular.ui.forms import Form


def canonical(text: str) -> str:
    """Return a number as printed: capitals and digits only."""
    return "".join(character for character in text.upper() if character.isalnum())


class CheckForm(Form):
    """A visa number and its holder's date of birth."""

    number = CharField(
        label=_("Visa number"),
        hint=_("Nine letters and digits, printed on the visa. It begins with V."),
        max_length=20,
        latin=True,
    )
    birth_on = DateField(label=_("Holder's date of birth"))

    def clean_number(self) -> str:
        return canonical(self.cleaned_data["number"])


class PassportForm(Form):
    """The number of the passport that the traveller presents."""

    passport_number = CharField(
        label=_("Passport number"), hint=_("As in the passport that is presented to you."), max_length=20, latin=True
    )

    def clean_passport_number(self) -> str:
        return canonical(self.cleaned_data["passport_number"])
