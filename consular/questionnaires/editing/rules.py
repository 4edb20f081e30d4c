"""Who may do what with a questionnaire, and what stands in the way."""

from typing import Any

from consular.questionnaires.editing.findings import findings
from consular.questionnaires.editing.pieces import STILL_RIGHT
from consular.questionnaires.editing.status import Obstacle
from consular.questionnaires.models import AnswerSheet, Questionnaire, Revision

LOOK = "questionnaires.view_questionnaire"
WRITE, PUBLISH = "questionnaires.change_revision", "questionnaires.publish_revision"


def may_look(user: Any) -> bool:
    return bool(user.is_staff and user.has_perm(LOOK))


def may_write(user: Any) -> bool:
    return bool(user.is_staff and user.has_perm(WRITE))


def may_publish(user: Any) -> bool:
    return bool(user.is_staff and user.has_perm(PUBLISH))


def published_of(questionnaire: Questionnaire) -> Revision | None:
    """Return the newest published revision, with its content."""
    return questionnaire.revisions.filter(published_at__isnull=False).order_by("number").last()


def draft_of(questionnaire: Questionnaire) -> Revision | None:
    return questionnaire.revisions.filter(published_at__isnull=True).first()


def will_move(questionnaire: Questionnaire) -> int:
    """Return how many applications were not submitted yet: they move to what is published next."""
    return AnswerSheet.objects.filter(revision__questionnaire=questionnaire, frozen_at__isnull=True).count()


def obstacle_to_writing(user: Any, draft: Revision, version: int | None = None) -> Obstacle | None:
    """Return why `user` may not change a draft that was at `version` when they opened it."""
    if not may_write(user):
        return Obstacle.NOT_ALLOWED
    if draft.published_at:
        return Obstacle.NOT_A_DRAFT
    return Obstacle.CHANGED if version is not None and version != draft.version else None


def obstacle_to_publishing(user: Any, draft: Revision, version: int | None = None) -> Obstacle | None:
    """Return why `user` may not publish a draft that was at `version` when they read it."""
    if not may_publish(user):
        return Obstacle.NOT_ALLOWED
    if draft.published_at:
        return Obstacle.NOT_A_DRAFT
    if version is not None and version != draft.version:
        return Obstacle.CHANGED
    if user.pk in draft.writers:
        return Obstacle.OWN
    return _obstacle_in(draft)


def _obstacle_in(draft: Revision) -> Obstacle | None:
    """Return what in the draft itself stands in the way."""
    published = published_of(draft.questionnaire)
    before = published.content if published else None
    if before is not None and _said(before) == _said(draft.content):
        return Obstacle.UNCHANGED
    return Obstacle.FINDINGS if findings(draft.questionnaire.code, draft.content, before) else None


def _said(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != STILL_RIGHT}
