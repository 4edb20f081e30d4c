"""A travelling party as its people see it: who travels, how far each is, what is missing, what each pays."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from consular.cases.status import Status
from consular.portal.case_page import COLOURS
from consular.questionnaires.status import Progress
from visas.applications.context import Context
from visas.applications.draft import Draft
from visas.applications.models import LARGEST, VisaApplication, VisaApplicationQuerySet
from visas.applications.party_names import names
from visas.policy.book import current
from visas.policy.money import in_words
from visas.policy.rules import FeeQuote

MISSING_SHOWN = 5


@dataclass(frozen=True)
class Member:
    """A traveller of a party, or one who travels alone, as a card shows them."""

    draft: Draft
    name: str

    @property
    def application(self) -> VisaApplication:
        return self.draft.application

    @property
    def category(self) -> str:
        return str(self.draft.category.name)

    @property
    def reference(self) -> str:
        return str(self.application.case.spaced_reference) if self.application.case else ""

    @cached_property
    def state(self) -> str:
        if self.application.case:
            return str(Status(self.application.case.status).label)
        return gettext("Ready to send") if self.draft.is_ready else gettext("Not sent yet")

    @property
    def colour(self) -> str:
        if self.application.case:
            return COLOURS[Status(self.application.case.status)]
        return "green" if self.draft.is_ready else "yellow"

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        """What stands in the way of submitting: each page and document, with the address where it is answered."""
        if self.application.is_submitted:
            return []
        own = self.application.pk
        pages = [
            (str(page.title), reverse("applications:page", args=[own, page.id]))
            for page in self.draft.open_pages
        ]
        waiting = self.draft.open_items if self.is_begun else []
        documents = reverse("applications:documents", args=[own])
        return pages + [(str(item.wanted.label), f"{documents}#{item.wanted.code}") for item in waiting]

    @property
    def is_begun(self) -> bool:
        """Tell whether anything is answered: before, a list of all that is asked would only frighten."""
        return bool(self.draft.filling.entries)

    @property
    def missing_first(self) -> list[tuple[str, str]]:
        return self.missing[:MISSING_SHOWN]

    @property
    def missing_more(self) -> int:
        return max(len(self.missing) - MISSING_SHOWN, 0)

    @cached_property
    def parts(self) -> tuple[int, int]:
        """How many sections are done, and how many there are."""
        filling = self.draft.filling
        states = [filling.progress(section) for section in filling.sections()]
        return states.count(Progress.COMPLETED), len(states)

    @property
    def url(self) -> str:
        """Where to go on with this traveller."""
        if self.application.case:
            return reverse("portal:case_detail", args=[self.application.case.reference])
        return reverse(
            f"applications:{'check' if self.draft.is_ready else 'tasks'}", args=[self.application.pk]
        )


@dataclass(frozen=True)
class Travellers:
    """Everybody who travels together and whom the reader may see, by their places."""

    members: tuple[Member, ...]

    @property
    def next(self) -> Member | None:
        """The traveller to go on with: the first who can be sent, else the first with something missing."""
        drafts = [each for each in self.members if not each.application.is_submitted]
        return next((each for each in drafts if each.draft.is_ready), next(iter(drafts), None))

    @property
    def is_full(self) -> bool:
        return len(self.members) >= LARGEST

    @property
    def sums(self) -> list[str]:
        """The fees together, a sum a currency."""
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for fee in self.fees:
            totals[fee.currency] += fee.amount
        return [in_words(amount, currency) for currency, amount in totals.items()]

    @property
    def fees(self) -> list[FeeQuote]:
        return [each.draft.fee for each in self.members if each.draft.fee]


def companions(application: VisaApplication) -> VisaApplicationQuerySet:
    """Return the applications of everybody who travels together, this one's too, by their places."""
    every = VisaApplication.objects.with_sheet().travelling()
    if application.party_id is None:
        return every.filter(pk=application.pk)
    return every.filter(party=application.party_id).order_by("place")


def travellers(application: VisaApplication, user: Any) -> Travellers:
    """Return those of the party whom the reader may open; two queries each for the answers and files."""
    listed, book = list(companions(application).open_to(user)), current()
    called = names(listed)
    fillings = [each.sheet.filling(Context.of(each, book)) for each in listed]
    drafts = [Draft(each, filling, book) for each, filling in zip(listed, fillings, strict=True)]
    return Travellers(tuple(Member(draft, called[draft.application.pk]) for draft in drafts))
