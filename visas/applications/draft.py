"""A draft with all that is known about it: answers, files, fee, and what stands in the way of submitting."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consular.questionnaires.filling import Filling
from consular.questionnaires.schema import Page
from visas.applications import party_names, passport
from visas.applications.checklist import Checklist, Item, checklist_for
from visas.applications.context import Context
from visas.applications.models import Evidence, VisaApplication
from visas.policy import rules as policy
from visas.policy.book import PolicyBook, current
from visas.policy.models import Category
from visas.policy.rules import FeeQuote


@dataclass(frozen=True)
class Draft:
    """Read once, asked often: three queries for `of`, one for the files."""

    application: VisaApplication
    filling: Filling
    book: PolicyBook

    @classmethod
    def of(cls, application: VisaApplication) -> "Draft":
        book = current()
        return cls(application, application.sheet.filling(Context.of(application, book)), book)

    def after(self, filling: Filling) -> "Draft":
        """Return the draft with these answers."""
        return Draft(self.application, filling, self.book)

    @property
    def category(self) -> Category:
        return self.book.category(self.application.category)

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The files that were handed in and not removed, in their order."""
        kept = self.application.evidence.filter(document__removed_at=None)
        return list(kept.select_related("document"))

    @cached_property
    def checklist(self) -> Checklist:
        return checklist_for(self.category, self.filling, self.evidence, self.book)

    @cached_property
    def fee(self) -> FeeQuote | None:
        """What this traveller pays, with the source and date of the fee; an adult's fee while the age is not known.

        A date of birth that cannot be right (in the future) tells no age.
        """
        answers = self.filling.submitted()
        return policy.fee_for(
            self.category,
            None if "birth.on" in self.filling.broken else answers.get("birth.on"),
            self.filling.context["today"],
            document=answers.get("passport.type"),
            family_of_citizen=answers.get("citizen.relation", "other") != "other",
            book=self.book,
        )

    @property
    def name(self) -> str:
        """How the traveller is called, in the reader's script."""
        answers = {
            name: self.filling.entries[name].value
            for name in party_names.NAMES
            if name in self.filling.entries
        }
        return party_names.name_of(answers, self.application.place)

    @cached_property
    def alike(self) -> Mapping[str, str]:
        """Section → the name of the traveller whose answers it takes."""
        return party_names.followed(self.application)

    # What the passport says

    @property
    def reading(self) -> Mapping[str, Any]:
        return passport.reading_among(each.document for each in self.evidence)

    @cached_property
    def passport_pairs(self) -> list[passport.Pair]:
        """What the passport says that is not in the answers, or is different."""
        return passport.unsettled(self.filling, self.reading)

    # What stands in the way

    @property
    def open_pages(self) -> list[Page]:
        return self.filling.open_pages()

    @property
    def open_items(self) -> list[Item]:
        return self.checklist.open_items

    @property
    def is_ready(self) -> bool:
        """Tell whether every question and document is settled; the declaration does not count."""
        return self.filling.is_complete() and self.checklist.is_complete

    @property
    def is_declared(self) -> bool:
        return not self.filling.open_on(self.filling.document.closing)
