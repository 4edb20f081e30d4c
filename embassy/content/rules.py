"""Who may do what with a text, and what stands in the way."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from embassy.content.models import Node, Revision, Translator
from embassy.content.status import OPEN, SOURCE, Obstacle, State


def may_write(user: Any, language: str) -> bool:
    """Tell whether `user` writes texts in a language: an editor in all, a translator in their own."""
    if user.has_perm("content.write_revision"):
        return True
    translates = user.has_perm("content.translate_revision")
    return translates and Translator.objects.filter(person=user, language=language).exists()


def may_approve(user: Any) -> bool:
    return bool(user.has_perm("content.approve_revision"))


def may_look(user: Any) -> bool:
    return bool(user.has_perm("content.view_revision"))


def source_of(node: Node, at: datetime | None = None) -> Revision | None:
    """Return the English text that a translation should be of: the one shown at that time, else the next one."""
    english = Revision.objects.filter(node=node, language=SOURCE, state=State.APPROVED)
    live = english.live(at).first()
    return live or english.filter(live_from__gt=at or timezone.now()).order_by("live_from").first()


def is_stale(revision: Revision, at: datetime | None = None) -> bool:
    """Tell whether a translation is of another text than the English one shown at that time."""
    if revision.language == SOURCE:
        return False
    source = source_of(revision.node, at)
    return source is not None and revision.translates_id != source.pk


def shown_or_coming(node: Node, language: str) -> Any:
    """Return the approved texts of a page that are shown or will be."""
    approved = Revision.objects.filter(node=node, language=language, state=State.APPROVED)
    return approved.filter(Q(live_to=None) | Q(live_to__gt=timezone.now()))


def obstacle_to_saving(revision: Revision, by: Any, version: int) -> Obstacle | None:
    if not may_write(by, revision.language):
        return Obstacle.NOT_ALLOWED
    if revision.state not in OPEN:
        return Obstacle.NOT_OPEN
    return Obstacle.CHANGED if revision.version != version else None


def obstacle_to_reading(revision: Revision, by: Any, version: int) -> Obstacle | None:
    """Return what keeps a second person from approving or sending back what they read."""
    if not may_approve(by):
        return Obstacle.NOT_ALLOWED
    if revision.version != version:
        return Obstacle.CHANGED
    if revision.state != State.REVIEW:
        return Obstacle.NOT_IN_REVIEW
    return Obstacle.OWN if revision.was_written_by(by) else None


def obstacle_to_approving(
    revision: Revision, by: Any, version: int, live_from: datetime, live_to: datetime | None
) -> Obstacle | None:
    if obstacle := obstacle_to_reading(revision, by, version):
        return obstacle
    if is_stale(revision, live_from):
        return Obstacle.SOURCE_MOVED
    return Obstacle.OVER if live_to and live_to <= live_from else None
