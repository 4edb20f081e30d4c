"""Move answers that were not submitted to a newer revision of their questionnaire."""

from typing import Any

from django.db import models, transaction

from consular.audit.trail import record
from consular.questionnaires.models import Answer, AnswerSheet, Revision
from consular.questionnaires.moving import Moved, moved
from consular.questionnaires.values import to_json


@transaction.atomic
def move(
    sheet: AnswerSheet, to: Revision, *, by: Any | None, about: models.Model | None = None
) -> AnswerSheet:
    """Return the sheet as it is after the move; nothing that was given is lost, and what changed is noted on it.

    Moved twice, or to an older revision, or once submitted, it stays as it is. The trail's entry is about `about`,
    the sheet by default; `by` is who looked.
    """
    locked = AnswerSheet.objects.select_for_update(of=("self",)).select_related("revision").get(pk=sheet.pk)
    if locked.frozen_at or to.number <= locked.revision.number:
        return locked
    answers = {each.question: each for each in locked.answers.filter(row=0)}
    since = locked.revision.number
    aside = {(each.question, each.row): each.value for each in locked.answers.filter(row__gt=0)}
    result = moved(locked.revision.document, to.document, since, answers, aside, locked.changed)
    _write(locked, answers, result, since)
    locked.revision, locked.changed = to, result.changed
    locked.save(update_fields=["revision", "changed"])
    record("answers.moved", about or locked, by=by, revision=to.number)
    return locked


def _write(sheet: AnswerSheet, answers: dict[str, Answer], result: Moved, since: int) -> None:
    """Write the answers that fit otherwise than before; each that fitted stands aside under the older number."""
    for name, (value, typed) in result.refitted.items():
        answer = answers[name]
        if answer.value is not None:
            kept = {"value": answer.value, "source": answer.source}
            sheet.answers.update_or_create(question=name, row=since, defaults=kept)
        answer.value, answer.typed = to_json(value), typed
    Answer.objects.bulk_update([answers[name] for name in result.refitted], ["value", "typed"])
