"""What a document is for. Files know nothing of missions and cases: whoever uses them tells.

An app registers its own function with `told_by` when Django starts; the first that knows a document is believed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from consular.documents.models import Document


@dataclass(frozen=True)
class Use:
    """The code of the mission that a document is for, and the page on which its owner handed it in."""

    mission: str
    address: str


Teller = Callable[[Document], Use | None]

_tellers: list[Teller] = []


def told_by(teller: Teller) -> Teller:
    """Ask `teller(document)` what documents are for; None where it does not know."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def use_of(document: Document) -> Use | None:
    """Return what a document is for; None for one that nobody uses, or that was only looked at."""
    if not document.owner_id:
        return None
    return next((use for teller in _tellers if (use := teller(document)) is not None), None)
