"""What the forms of pieces have in common: their words, their limits, small fields."""

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from consular.questionnaires.editing.pieces import Content
from consular.questionnaires.editing.status import Kind
from consular.questionnaires.status import Type
from consular.ui.fields import CharField

LONGEST_ID, LONGEST_RAW, DEEPEST, MOST_ROWS, SPARE_ROWS = 80, 4000, 12, 12, 2
LONG = ("intro", "hint")
LIMITS = {"intro": 4000, "hint": 2000, "label": 1000}
LABELS = {
    "title": _("Title"),
    "chapter": _("Chapter that begins here"),
    "intro": _("Introduction"),
    "label": _("Label"),
    "hint": _("Hint"),
    "called": _("What messages call it"),
    "required_message": _("Message when it is not answered"),
    "row_title": _("Title of a row"),
    "message": _("Message"),
}
DEMANDED = ("title", "label", "message")
WORDS_OF_TYPE = {
    Type.TEXT: _("Text, one line"),
    Type.LONG_TEXT: _("Text, several lines"),
    Type.LATIN_NAME: _("Name in Latin letters"),
    Type.NATIVE_NAME: _("Name in any script"),
    Type.CODE: _("Code, such as a passport number"),
    Type.DATE: _("Date"),
    Type.COUNTRY: _("Country"),
    Type.NATIONALITY: _("Nationality"),
    Type.PHONE: _("Phone number"),
    Type.EMAIL: _("E-mail address"),
    Type.ADDRESS: _("Address"),
    Type.CHOICE: _("One answer of several"),
    Type.CHOICES: _("Several answers of several"),
    Type.YES_NO: _("Yes or no"),
    Type.INTEGER: _("Whole number"),
    Type.MONEY: _("Amount of money"),
    Type.ROWS: _("Group of questions, answered several times"),
    Type.DECLARATION: _("Declaration to agree to"),
}

# What a new piece has besides what was typed
EMPTY: dict[Kind, Content] = {
    Kind.SECTION: {"pages": []},
    Kind.PAGE: {"questions": []},
    Kind.GROUP: {"questions": []},
}


def id_field(kind: Kind) -> CharField:
    is_choice = kind == Kind.CHOICE
    return CharField(
        label=_("Value") if is_choice else _("Id"),
        help_text=_("It stays the same for life. Nobody but staff sees it."),
        max_length=LONGEST_ID,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}),
    )


def with_name(names: list[tuple[str, str]], name: str | None) -> list[tuple[str, str]]:
    """Return the names to choose from with the one that stands there, be it right or not."""
    return names if not name or name in dict(names) else [*names, (name, name)]


def unknown_name(name: str) -> str:
    return gettext("No earlier page asks “%(name)s”, so nothing can depend on it here.") % {"name": name}


def depth(raw: str) -> int:
    """Return how deep JSON is nested, at most, before it is read."""
    deepest = depth = 0
    for sign in raw:
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    return deepest
