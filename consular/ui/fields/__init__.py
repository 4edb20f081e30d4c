"""Form fields: they tidy what is typed, refuse what cannot be stored or seen, and say what to do.

Every field takes, besides Django's own arguments:
    label_size        "s" (the default), "m", "l" or "xl": of the label or legend
    label_is_heading  the label is the page's h1 (one question a page)
    width             2, 3, 4, 5, 10, 20 or 30 characters; else the box is as wide as the column
    autocomplete      the purpose's token of HTML, such as "email" or "bday"
    prefix, suffix    a sign beside the box, such as "€"
    called            how messages name it where the label is a question: _("date of birth")
    required_message  what to say when nothing was given, such as _("Enter your surname")
"""

from consular.ui.fields.base import UiField
from consular.ui.fields.choices import (
    BooleanField,
    ChoiceField,
    CountryField,
    ModelChoiceField,
    MultipleChoiceField,
    NationalityField,
    TypedChoiceField,
    YesNoField,
)
from consular.ui.fields.dates import DateField
from consular.ui.fields.files import KINDS, FileField
from consular.ui.fields.money import MoneyField
from consular.ui.fields.numbers import IntegerField
from consular.ui.fields.text import (
    CharField,
    CodeField,
    EmailField,
    LatinNameField,
    NativeNameField,
    PhoneField,
)

__all__ = [
    "KINDS",
    "BooleanField",
    "CharField",
    "ChoiceField",
    "CodeField",
    "CountryField",
    "DateField",
    "EmailField",
    "FileField",
    "IntegerField",
    "LatinNameField",
    "ModelChoiceField",
    "MoneyField",
    "MultipleChoiceField",
    "NationalityField",
    "NativeNameField",
    "PhoneField",
    "TypedChoiceField",
    "UiField",
    "YesNoField",
]
