"""The questions of "Do I need a visa?"."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consular.ui.fields import ChoiceField, DateField, IntegerField, NationalityField
from consular.ui.forms import Form
from visas.policy.book import PolicyBook
from visas.policy.rules import Question

LONGEST = 3660  # days
AHEAD = timedelta(days=3 * 366)
ISO_PARTS = ("year", "month", "day")


class CheckForm(Form):
    """Nationality, kind of document, purpose, days and day of arrival; `book` says what may be chosen."""

    nationality = NationalityField(
        label=_("What nationality is in your passport?"),
        help_text=_("If you have two, use the passport that you will travel with."),
        called=_("nationality"),
        label_size="s",
        required_message=_("Select the nationality in your passport"),
    )
    document = ChoiceField(
        label=_("What kind of travel document do you have?"),
        called=_("travel document"),
        label_size="s",
        select=True,
        required_message=_("Select the kind of your travel document"),
    )
    purpose = ChoiceField(
        label=_("What are you travelling for?"),
        called=_("purpose of your journey"),
        label_size="s",
        required_message=_("Select what you are travelling for"),
    )
    days = IntegerField(
        label=_("How many days will you stay?"),
        help_text=_(
            "The days of arrival and departure count. If you do not know yet, give the longest that you may stay."
        ),
        called=_("number of days"),
        label_size="s",
        min_value=1,
        max_value=LONGEST,
        required_message=_("Enter how many days you will stay"),
    )
    on = DateField(
        label=_("When will you arrive?"),
        called=_("date of arrival"),
        label_size="s",
        required_message=_("Enter the day on which you will arrive"),
    )

    def __init__(self, *args: Any, book: PolicyBook, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].choices = [(each.code, str(each.name)) for each in book.travel_documents]
        fields["purpose"].choices = [(each.code, str(each.name)) for each in book.purposes]
        fields["purpose"].widget.hints = {each.code: str(each.help) for each in book.purposes if each.help}
        fields["on"].not_before = book.starts_on() if book.rules else today
        fields["on"].not_after = today + AHEAD

    @property
    def question(self) -> Question:
        """The question that a valid form asks."""
        return Question(**self.cleaned_data)


def address(question: Question) -> str:
    """Return the address of the answer, which can be sent to somebody else."""
    parts = [
        question.nationality,
        question.document,
        question.purpose,
        question.days,
        question.on.isoformat(),
    ]
    return reverse("website:checker_answer", args=parts)


def from_address(nationality: str, document: str, purpose: str, days: str, on: str) -> dict[str, str]:
    """Return what a form would have sent that leads to the address of these parts, sound or not."""
    typed = {"nationality": nationality.upper(), "document": document, "purpose": purpose, "days": days}
    parts = on.split("-")
    boxes = dict(zip(ISO_PARTS, parts, strict=True)) if len(parts) == len(ISO_PARTS) else {"day": on}
    return typed | {f"on_{part}": value for part, value in boxes.items()} | {"on_calendar": "gregorian"}


def as_typed(question: Question) -> dict[str, Any]:
    """Return the question as the initial values of a form."""
    return {name: getattr(question, name) for name in ("nationality", "document", "purpose", "days", "on")}
