"""Write a text: begin a draft, save it, hand it in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.folding import fold
from consular.lib.refusal import allow
from embassy.content import markdown, rules
from embassy.content.actions.demand import lock, lock_page
from embassy.content.models import Node, Revision
from embassy.content.status import SOURCE, Obstacle, State


@dataclass(frozen=True)
class Words:
    """What somebody typed. `live_from` and `live_to` are wishes: who approves decides."""

    title: str
    summary: str = ""
    body: str = ""
    reason: str = ""
    live_from: datetime | None = None
    live_to: datetime | None = None


@transaction.atomic
def begin(
    node: Node, language: str, words: Words, *, by: Any, translates: Revision | None = None
) -> Revision:
    """Make a new draft; `translates` is the English text that a translation was written from."""
    allow(None if rules.may_write(by, language) else Obstacle.NOT_ALLOWED)
    lock_page(node)
    already = Revision.objects.open().filter(node=node, language=language).exists()
    allow(Obstacle.OPEN if already else None)
    draft = Revision(node=node, language=language, author=by, translates=_source(language, translates))
    _put(draft, words, by)
    record("text.begun", draft, by=by, page=node.path, language=language)
    return draft


@transaction.atomic
def save(
    revision: Revision, words: Words, *, by: Any, version: int, translates: Revision | None = None
) -> Revision:
    """Save an open text that was at `version` when it was opened. One that waited for approval is a draft again."""
    revision = lock(revision)
    allow(rules.obstacle_to_saving(revision, by, version))
    revision.version += 1
    revision.state = State.DRAFT
    revision.translates = _source(revision.language, translates) or revision.translates
    _put(revision, words, by)
    record("text.saved", revision, by=by, version=revision.version)
    return revision


@transaction.atomic
def hand_in(revision: Revision, *, by: Any, version: int) -> Revision:
    """Ask a second person to approve a draft."""
    revision = lock(revision)
    allow(rules.obstacle_to_saving(revision, by, version))
    revision.state = State.REVIEW
    revision.save(update_fields=["state"])
    record("text.handed_in", revision, by=by, version=revision.version)
    return revision


@transaction.atomic
def discard(revision: Revision, *, by: Any, version: int) -> None:
    """Give an open text up. It stays among the texts of the page, sent back by its writer."""
    revision = lock(revision)
    allow(rules.obstacle_to_saving(revision, by, version))
    revision.state = State.REJECTED
    revision.save(update_fields=["state"])
    record("text.discarded", revision, by=by, version=revision.version)


def _source(language: str, translates: Revision | None) -> Revision | None:
    return None if language == SOURCE else translates


def _put(revision: Revision, words: Words, by: Any) -> None:
    """Write the words, and what is made from them."""
    for name, value in vars(words).items():
        setattr(revision, name, value)
    compose(revision)
    revision.changed_at = timezone.now()
    revision.writers = sorted({*revision.writers, by.pk})
    revision.save()


def compose(revision: Revision) -> None:
    """Draw what readers see and what search looks through from the words of a text."""
    revision.html = markdown.render(revision.body, revision.language)
    words = "\n".join([revision.title, revision.summary, markdown.plain(revision.body)])
    revision.search_text = "\n".join(map(fold, words.splitlines()))
