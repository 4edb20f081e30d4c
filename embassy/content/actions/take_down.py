"""Take what readers see away, bring an earlier text back as a draft, and note that a page was read through."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.refusal import allow
from embassy.content import rules
from embassy.content.actions.demand import lock_page
from embassy.content.actions.write import Words, begin
from embassy.content.models import Node, Revision
from embassy.content.status import SOURCE, Obstacle, State


@transaction.atomic
def take_down(node: Node, language: str, *, by: Any, reason: str) -> int:
    """Show nothing of a page in a language any more, nor later; without its English text nothing in any language.

    Returns how many texts were taken down. Takes effect at once, so one person is enough: a wrong text must not
    wait for a second one. The trail and the page's history say who and why.
    """
    allow(None if rules.may_approve(by) else Obstacle.NOT_ALLOWED)
    lock_page(node)
    standing = Revision.objects.filter(node=node, state=State.APPROVED)
    chosen = standing if language == SOURCE else standing.filter(language=language)
    allow(None if chosen.exists() else Obstacle.NOT_LIVE)
    taken = chosen.update(state=State.RETIRED, changed_at=timezone.now(), remark=reason)
    record("page.taken_down", node, by=by, language=language, texts=taken)
    return taken


@transaction.atomic
def restore(revision: Revision, *, by: Any) -> Revision:
    """Begin a draft with the words of an earlier text. It is approved like any other, by nobody who wrote those."""
    words = Words(revision.title, revision.summary, revision.body)
    draft = begin(revision.node, revision.language, words, by=by, translates=revision.translates)
    draft.writers = sorted({*revision.writers, *draft.writers})
    draft.save(update_fields=["writers"])
    record("text.restored", draft, by=by, earlier=revision.pk)
    return draft


@transaction.atomic
def reviewed(node: Node, *, by: Any, review_by: date) -> Node:
    """Note that a page was read through today and found right, and when to do it again."""
    allow(None if rules.may_write(by, SOURCE) or rules.may_approve(by) else Obstacle.NOT_ALLOWED)
    node = lock_page(node)
    node.reviewed_on, node.review_by = timezone.localdate(), review_by
    node.save(update_fields=["reviewed_on", "review_by"])
    record("page.reviewed", node, by=by, review_by=review_by.isoformat())
    return node
