"""Freeze a sheet: what was submitted stays as it is."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from consular.questionnaires.models import AnswerSheet


@transaction.atomic
def freeze(sheet: AnswerSheet, *, asked: Collection[str]) -> None:
    """Freeze the answers to the questions in `asked`, for ever.

    Answers to anything else were never submitted, so they are removed. Freezing twice changes nothing.
    """
    locked = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.frozen_at:
        return
    locked.answers.exclude(question__in=list(asked), row=0).delete()
    sheet.frozen_at = locked.frozen_at = timezone.now()
    sheet.changed = locked.changed = {}
    locked.save(update_fields=["frozen_at", "changed"])
