"""Save what somebody gave to some questions, right or wrong."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.questionnaires import rows
from consular.questionnaires.filling import Entry
from consular.questionnaires.models import Answer, AnswerSheet
from consular.questionnaires.values import to_json


class SheetIsFrozenError(Exception):
    """The answers were submitted; they take no change."""


class SheetMovedError(Exception):
    """The answers are to another revision by now."""


@transaction.atomic
def save(sheet: AnswerSheet, entries: Mapping[str, Entry], *, by: Any | None = None) -> None:
    """Write these entries, by question id, and leave all others alone; the last to write a question wins. Two queries.

    `by` is who gives them on behalf of the person whose sheet it is, None where that is the person.
    Of rows, each is a question of its own: who adds one and who changes another at the same time keep both (a third
    query). Raises `SheetIsFrozenError` when the sheet was
    submitted meanwhile, `SheetMovedError` when it moved to a newer revision: read the answers again in its terms.
    """
    locked = AnswerSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
    if locked.frozen_at:
        raise SheetIsFrozenError
    if locked.revision_id != sheet.revision_id:
        raise SheetMovedError
    _note_as_seen(locked, entries)
    merged = _with_what_others_wrote(sheet, entries)
    Answer.objects.bulk_create(
        [_answer(sheet, question, entry, by) for question, entry in merged.items()],
        update_conflicts=True,
        unique_fields=["sheet", "question", "row"],
        update_fields=["value", "typed", "source", "saved_at", "saved_by"],
    )


def _with_what_others_wrote(sheet: AnswerSheet, entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """Do what pages did to rows again, to the rows as they are under the lock."""
    changed = [question for question, entry in entries.items() if entry.change]
    if not changed:
        return entries
    saved = sheet.answers.filter(question__in=changed, row=0).values_list("question", "value", "typed")
    known = {question: rows.given(Entry(value, typed)) for question, value, typed in saved}
    return {name: _merged(entry, known.get(name, [])) for name, entry in entries.items()}


def _note_as_seen(sheet: AnswerSheet, entries: Mapping[str, Entry]) -> None:
    """Forget that questions changed that were answered as they are now."""
    seen = {name for name, entry in entries.items() if name in sheet.changed and not entry.unseen}
    if seen:
        sheet.changed = {name: note for name, note in sheet.changed.items() if name not in seen}
        sheet.save(update_fields=["changed"])


def _merged(entry: Entry, known: list[dict[str, Any]]) -> Entry:
    if not entry.change:
        return entry
    found = entry.change.on(known)
    return Entry(found.value, found.typed, entry.source)


def _answer(sheet: AnswerSheet, question: str, entry: Entry, by: Any | None) -> Answer:
    return Answer(
        sheet=sheet,
        question=question,
        value=to_json(entry.value),
        typed=entry.typed,
        source=entry.source,
        saved_at=timezone.now(),
        saved_by=by,
    )
