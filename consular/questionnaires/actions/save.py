"""Save what somebody gave to some questions, right or wrong."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from consular.questionnaires.filling import Entry
from consular.questionnaires.models import Answer, AnswerSheet
from consular.questionnaires.values import to_json


class SheetIsFrozenError(Exception):
    """The answers were submitted; they take no change."""


@transaction.atomic
def save(sheet: AnswerSheet, entries: Mapping[str, Entry]) -> None:
    """Write these entries, by question id, and leave all others alone; the last to write a question wins. Two queries.

    Raises `SheetIsFrozenError` when the sheet was submitted meanwhile.
    """
    locked = AnswerSheet.objects.select_for_update(no_key=True).only("frozen_at").get(pk=sheet.pk)
    if locked.frozen_at:
        raise SheetIsFrozenError
    rows = [_row(sheet, question, entry) for question, entry in entries.items()]
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["sheet", "question", "row"],
        update_fields=["value", "typed", "source", "saved_at"],
    )


def _row(sheet: AnswerSheet, question: str, entry: Entry) -> Answer:
    return Answer(
        sheet=sheet,
        question=question,
        value=to_json(entry.value),
        typed=entry.typed,
        source=entry.source,
        saved_at=timezone.now(),
    )
