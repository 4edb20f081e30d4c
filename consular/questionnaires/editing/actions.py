"""The verbs of the editor, one transaction each: each locks the questionnaire, asks the rules, writes, and is in the trail."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.refusal import RefusedError, allow
from consular.questionnaires import actions
from consular.questionnaires.editing import pieces, rules
from consular.questionnaires.editing.findings import english
from consular.questionnaires.editing.pieces import LISTS, STILL_RIGHT, Content, Place
from consular.questionnaires.editing.status import NAMED, Kind, Obstacle
from consular.questionnaires.models import Questionnaire, Revision


def _lock(draft: Revision) -> Revision:
    """Return a revision read again, its questionnaire locked: one verb on a questionnaire at a time."""
    Questionnaire.objects.select_for_update().get(pk=draft.questionnaire_id)
    found = Revision.objects.select_related("questionnaire").filter(pk=draft.pk).first()
    if found is None:
        raise RefusedError(Obstacle.GONE)
    return found


@transaction.atomic
def begin(questionnaire: Questionnaire, *, by: Any, copy_of: Revision) -> Revision:
    """Open a draft with what a published revision says: the newest, or an older one to go back to."""
    allow(None if rules.may_write(by) else Obstacle.NOT_ALLOWED)
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    allow(Obstacle.HAS_DRAFT if rules.draft_of(questionnaire) else None)
    newest = questionnaire.revisions.order_by("number").last()
    content = {name: value for name, value in copy_of.content.items() if name != STILL_RIGHT}
    number = newest.number + 1 if newest else 1
    draft = Revision.objects.create(
        questionnaire=questionnaire, number=number, content=content, writers=[by.pk]
    )
    record("questionnaire.begun", draft, by=by, number=number, copy_of=copy_of.number)
    return draft


@transaction.atomic
def discard(draft: Revision, *, by: Any, version: int) -> None:
    """Give a draft up. What is published stays as it is."""
    draft = _lock(draft)
    allow(rules.obstacle_to_writing(by, draft, version))
    record("questionnaire.given_up", draft, by=by, number=draft.number)
    draft.delete()


@transaction.atomic
def write(  # noqa: PLR0913 - all by name
    draft: Revision, where: str, piece: Content, *, by: Any, seen: str, still_right: bool = False
) -> Place:
    """Write what a piece says itself; `seen` is the token of what its editor saw.

    Who writes another piece at the same time is in nobody's way; who writes the same one is told (`CHANGED`).
    """
    draft = _lock(draft)
    allow(rules.obstacle_to_writing(by, draft))
    content = pieces.changed(draft.content)
    place = _found(content, where)
    allow(Obstacle.CHANGED if pieces.token(place.piece) != seen else None)
    kept = {name: value for name, value in place.piece.items() if name in pieces.NOT_OWN}
    place.owner[place.key] = {**pieces.own(piece), **kept}
    if place.kind == Kind.WHOLE:
        content = place.piece
    if still_right:
        content.setdefault(STILL_RIGHT, {})[where] = english(place)
    _save(draft, content, by, "questionnaire.written", where)
    return place


@transaction.atomic
def add(draft: Revision, parent: str, name: str, piece: Content, *, by: Any) -> None:
    """Add a piece at the end of the list `name` of another, or as its details."""
    draft = _lock(draft)
    allow(rules.obstacle_to_writing(by, draft))
    content = pieces.changed(draft.content)
    above = _found(content, parent)
    kind = pieces.KINDS[name]
    allow(Obstacle.DOUBLE if _is_taken(content, above, kind, piece) else None)
    if name in LISTS:
        above.piece.setdefault(name, []).append(piece)
    else:
        allow(Obstacle.DOUBLE if above.piece.get(name) else None)
        above.piece[name] = piece
    _save(draft, content, by, "questionnaire.added", f"{parent}/{name}/{pieces.key_of(piece)}")


def _is_taken(content: Content, above: Place, kind: Kind, piece: Content) -> bool:
    """Tell whether another piece has the name: columns and choices among themselves, all others everywhere."""
    if kind in {Kind.CHOICE, Kind.COLUMN}:
        return pieces.key_of(piece) in {each.name for each in pieces.inside(above) if each.kind == kind}
    alike = {Kind.QUESTION, Kind.DETAILS} if kind in {Kind.QUESTION, Kind.DETAILS} else {kind}
    names = {each.name for each in pieces.walk(content) if each.kind in alike}
    return kind in NAMED and piece.get("id") in names


@transaction.atomic
def shift(draft: Revision, where: str, by_places: int, *, by: Any, version: int) -> None:
    """Move a piece up (-1) or down (1) among those that it stands with; at the end it stays."""
    draft = _lock(draft)
    allow(rules.obstacle_to_writing(by, draft, version))
    content = pieces.changed(draft.content)
    place = _found(content, where)
    siblings, to = place.siblings, int(place.key) + by_places if place.siblings else 0
    if siblings is None or not 0 <= to < len(siblings):
        return
    siblings[place.key], siblings[to] = siblings[to], siblings[place.key]
    _save(draft, content, by, "questionnaire.moved", where)


@transaction.atomic
def remove(draft: Revision, where: str, *, by: Any, version: int) -> None:
    """Remove a piece and all that stands in it. Answers to its questions stay where they are."""
    draft = _lock(draft)
    allow(rules.obstacle_to_writing(by, draft, version))
    content = pieces.changed(draft.content)
    place = _found(content, where)
    allow(None if may_be_removed(place) else Obstacle.NOT_ALLOWED)
    del place.owner[place.key]
    _save(draft, content, by, "questionnaire.removed", where)


def may_be_removed(place: Place) -> bool:
    return place.kind != Kind.WHOLE and place.where != "closing"


@transaction.atomic
def publish(draft: Revision, *, by: Any, version: int, reason: str) -> Revision:
    """Publish a draft that others wrote; `version` is the one that `by` has read. From then on nobody changes it."""
    draft = _lock(draft)
    allow(rules.obstacle_to_publishing(by, draft, version))
    draft.published_by, draft.reason = by, reason
    draft.save(update_fields=["published_by", "reason"])
    return actions.publish(draft, by=by)


def _found(content: Content, where: str) -> Place:
    try:
        return pieces.find(content, where)
    except pieces.GoneError as error:
        raise RefusedError(Obstacle.GONE) from error


def _save(draft: Revision, content: Content, by: Any, verb: str, where: str) -> None:
    draft.content, draft.version = content, draft.version + 1
    draft.writers = sorted({*draft.writers, by.pk})
    draft.changed_at = timezone.now()
    draft.save(update_fields=["content", "version", "writers", "changed_at"])
    record(verb, draft, by=by, version=draft.version, piece=where)
