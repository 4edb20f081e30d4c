"""Who may do what with a document, and what a document is ready for: pure questions.

Whether an officer may look is the case's question (`consular.cases.rules`): casework knows who sees what.
"""

from collections.abc import Callable
from typing import Any

from consular.documents.models import Document

Opener = Callable[[Any, Document], bool]
_OPENERS: list[Opener] = []


def also_open_to(opener: Opener) -> Opener:
    """Ask `opener(user, document)` too who may look at a document: who acts for its owner. For AppConfig.ready()."""
    if opener not in _OPENERS:
        _OPENERS.append(opener)
    return opener


def is_owner(user: Any, document: Document) -> bool:
    return bool(user.is_authenticated and document.owner_id == user.pk)


def may_open(user: Any, document: Document) -> bool:
    """Tell whether a person may look at the pages: their own document, or of whom they act for; not removed."""
    if document.removed_at is not None or not user.is_authenticated:
        return False
    return is_owner(user, document) or any(opens(user, document) for opens in _OPENERS)


def may_remove(user: Any, document: Document) -> bool:
    """Tell whether a person may remove it; whoever uses the document asks first whether it still may go."""
    return is_owner(user, document) and document.removed_at is None


def awaits_processing(document: Document) -> bool:
    """Tell whether the pipeline still has work: a settled document is never worked on again."""
    return document.is_in_quarantine and document.removed_at is None


def may_be_downloaded(document: Document) -> bool:
    """Tell whether staff may have the original: nobody opens what is in quarantine or was refused."""
    return document.is_clean and document.removed_at is None


def may_be_arranged(document: Document) -> bool:
    """Tell whether its pages may be turned, moved and left out: once there are any, until it is submitted."""
    return document.is_clean and document.removed_at is None and document.fixed_at is None
