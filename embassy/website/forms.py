"""The questions of "Do I need a visa?" and of the fee calculator."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from consular.ui.fields import (
    BooleanField,
    ChoiceField,
    DateField,
    IntegerField,
    MultipleChoiceField,
    NationalityField,
)
from consular.ui.fields.base import local
from consular.ui.forms import Form
from consular.ui.widgets import NameSelect
from visas.policy import pricing
from visas.policy.book import PolicyBook, in_force
from visas.policy.models import Category, Surcharge
from visas.policy.pricing import Order
from visas.policy.rules import Question

LONGEST = 3660  # days
AHEAD = timedelta(days=3 * 366)
ISO_PARTS = ("year", "month", "day")
TOGETHER = 50  # people in one sum


class CheckForm(Form):
    """Nationality, kind of document, purpose, days and day of arrival; `book` says what may be chosen."""

    nationality = NationalityField(
        label=_("What nationality is in your passport?"),
        help_text=_("If you have two, use the passport that you will travel with."),
        called=_("nationality"),
        label_size="s",
        widget=NameSelect(),
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


class FeeForm(Form):
    """What is applied for, by how many, with what besides. Ages stay private: it asks how many are below the law's age."""

    BEGINNING: ClassVar[dict[str, Any]] = {"document": "ordinary", "people": 1, "children": 0}

    category = ChoiceField(
        label=_("What do you apply for?"),
        called=_("type of visa"),
        label_size="s",
        select=True,
        required_message=_("Select what you apply for"),
    )
    people = IntegerField(
        label=_("How many people apply?"),
        called=_("number of people"),
        label_size="s",
        min_value=1,
        max_value=TOGETHER,
        required_message=_("Enter how many people apply"),
    )
    children = IntegerField(
        called=_("number of children"), label_size="s", min_value=0, max_value=TOGETHER, required=False
    )
    document = ChoiceField(
        label=_("What kind of travel document do they have?"),
        called=_("travel document"),
        label_size="s",
        select=True,
        required_message=_("Select the kind of travel document"),
    )
    family = BooleanField(required=False)
    extras = MultipleChoiceField(label=_("What else do you want?"), label_size="s", required=False)

    show_optional = False

    def __init__(self, *args: Any, book: PolicyBook, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.today = book, today
        fields: Any = self.fields
        first = ("", _("Select from the list"))
        fields["category"].choices = [first, *((each.code, str(each.name)) for each in book.categories)]
        fields["document"].choices = [(each.code, str(each.name)) for each in book.travel_documents]
        text = gettext("They are the husband, wife, parent or child of a citizen of %(state)s")
        fields["family"].label = text % {"state": settings.STATE_NAME}
        self._ask_for_children(pricing.free_below(today, book=book))
        self._offer([each for each in in_force(book.surcharges, today) if not each.alone])

    def _ask_for_children(self, age: int | None) -> None:
        if age is None:
            del self.fields["children"]
            return
        self.fields["children"].label = gettext("How many of them are under %(age)s?") % {"age": local(age)}

    def _offer(self, extras: list[Surcharge]) -> None:
        field: Any = self.fields["extras"]
        field.choices = [(each.code, str(each.name)) for each in extras]
        field.widget.hints = {each.code: str(each.help) for each in extras if each.help}
        if not extras:
            del self.fields["extras"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("children") or 0) > (data.get("people") or TOGETHER):
            self.add_error("children", _("There cannot be more children than people"))
        if category := data.get("category"):
            self._refuse_what_is_not_offered(self.book.category(category), data.get("extras") or [])
        return data

    def _refuse_what_is_not_offered(self, category: Category, wanted: list[str]) -> None:
        offered = {each.code for each in pricing.extras(category, self.today, book=self.book)}
        if set(wanted) - offered:
            message = _("Not everything that you selected is offered for: %(category)s")
            self.add_error("extras", ValidationError(message, params={"category": category.name}))

    @property
    def order(self) -> Order:
        """What a valid form asks the price of."""
        data = self.cleaned_data
        return Order(
            category=self.book.category(data["category"]),
            on=self.today,
            people=data["people"],
            children=data.get("children") or 0,
            document=data["document"],
            family_of_citizen=data["family"],
            extras=frozenset(data.get("extras") or []),
        )


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
