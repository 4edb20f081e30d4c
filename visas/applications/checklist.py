"""The documents of a draft: what is asked for, what was handed in, what is still wanted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consular.documents.models import Document
from consular.questionnaires.filling import Filling
from visas.applications.context import facts
from visas.applications.models import Evidence
from visas.policy import rules as policy
from visas.policy.book import PolicyBook
from visas.policy.models import Category, RequiredDocument
from visas.policy.status import Kind


class State(StrEnum):
    MISSING = "missing"
    REFUSED = "refused"
    CHECKING = "checking"
    READY = "ready"


@dataclass(frozen=True)
class Item:
    """One document that is asked for, with the files handed in for it."""

    wanted: RequiredDocument
    evidence: tuple[Evidence, ...]

    @property
    def handed_in(self) -> list[Document]:
        """Its files in their order."""
        return [each.document for each in self.evidence]

    @property
    def documents(self) -> list[Document]:
        """Those of its files that would be submitted: a file whose every page was left out is not."""
        return [document for document in self.handed_in if not document.is_left_out]

    @property
    def state(self) -> State:
        """The worst state of its files; a file that is still being checked counts as handed in."""
        if not self.documents:
            return State.MISSING
        if any(document.is_refused for document in self.documents):
            return State.REFUSED
        return State.READY if all(document.is_clean for document in self.documents) else State.CHECKING

    @property
    def is_settled(self) -> bool:
        """Tell whether it no longer stands in the way of submitting."""
        return self.state in {State.CHECKING, State.READY}

    @property
    def takes_one_file(self) -> bool:
        """A passport page and a photo are one file each: a new one replaces the old."""
        return self.wanted.kind != Kind.SUPPORTING

    @property
    def page_count(self) -> int:
        """The pages that would be submitted; a file that is still being checked shows none yet."""
        return sum(document.page_count - document.dropped_pages for document in self.documents)


@dataclass(frozen=True)
class Checklist:
    """`items` are asked for; `perhaps` will be asked for or not, depending on answers not given yet."""

    items: tuple[Item, ...]
    perhaps: tuple[RequiredDocument, ...]

    def item(self, purpose: str) -> Item | None:
        return next((item for item in self.items if item.wanted.code == purpose), None)

    @property
    def open_items(self) -> list[Item]:
        return [item for item in self.items if not item.is_settled]

    @property
    def is_complete(self) -> bool:
        return not self.open_items

    @property
    def is_begun(self) -> bool:
        return any(item.evidence for item in self.items)


def checklist_for(
    category: Category, filling: Filling, evidence: Iterable[Evidence], book: PolicyBook
) -> Checklist:
    """Return what is asked for, given the answers, with the files that answer it."""
    known, today = facts(filling), filling.context["today"]
    given = _by_purpose(evidence)
    wanted = policy.documents_for(category, known, on=today, book=book)
    items = tuple(Item(each, tuple(given[each.code])) for each in wanted)
    return Checklist(items, tuple(policy.possible_documents(category, known, on=today, book=book)))


def _by_purpose(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for each in evidence:
        found[each.purpose].append(each)
    return found
