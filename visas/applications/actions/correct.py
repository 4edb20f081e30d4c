"""Correct what was submitted: in a buffer first, then all at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.cases.actions import Subject, correct
from consular.cases.actions.demand import demand
from consular.cases.status import Act
from consular.questionnaires.actions import freeze
from consular.questionnaires.models import Answer, AnswerSheet
from visas.applications import snapshot
from visas.applications.actions.lock import lock
from visas.applications.consents import record_consents
from visas.applications.copies import versions
from visas.applications.corrections_buffer import Buffer
from visas.applications.models import Correction, Traveller, VisaApplication


class NotSendableError(Exception):
    """Something stands in the way of sending the correction; `buffer` says what."""

    def __init__(self, buffer: Buffer) -> None:
        super().__init__("the correction is not ready to be sent")
        self.buffer = buffer


@transaction.atomic
def open_correction(application: VisaApplication, *, by: Any) -> Correction:
    """Return the open correction, made with the answers as they are when there is none."""
    application = lock(application)
    demand(Act.CORRECT, application.submitted_case, by=by)
    standing = application.corrections.filter(sent_at=None).first()
    if standing:
        return standing
    sheet = AnswerSheet.objects.create(revision=application.sheet.revision)
    _copy_answers(application.sheet, sheet, without=_declarations(sheet))
    record("application.correction_opened", application, by=by, **application.on_behalf(by))
    made: Correction = application.corrections.create(before=application.sheet, after=sheet, by=by)
    return made


@transaction.atomic
def discard_correction(correction: Correction, *, by: Any) -> None:
    """Throw an open correction away; one that was sent meanwhile stays."""
    lock(correction.application)
    if Correction.objects.filter(pk=correction.pk, sent_at=None).delete()[0]:
        behalf = correction.application.on_behalf(by)
        record("application.correction_discarded", correction.application, by=by, **behalf)
        correction.after.delete()


@transaction.atomic
def put_back(correction: Correction, questions: Collection[str]) -> None:
    """Answer these questions in the buffer as they were answered before."""
    sheet = AnswerSheet.objects.select_for_update().get(pk=correction.after_id)
    if sheet.frozen_at:
        return
    sheet.answers.filter(question__in=questions).delete()
    _copy_answers(correction.before, sheet, only=questions)


@transaction.atomic
def send_correction(correction: Correction, *, by: Any, language: str) -> VisaApplication:
    """Make the corrected answers those of the application; the earlier ones stay for ever. Sent twice, it is sent once.

    `RefusedError` when the case was decided meanwhile, `NotSendableError` when something is wrong, or may not be
    changed any more; then nothing is lost.
    """
    application = lock(correction.application)
    correction = Correction.objects.select_related("before__revision", "after__revision").get(
        pk=correction.pk
    )
    if correction.sent_at:
        return application
    case = application.case = demand(Act.CORRECT, application.submitted_case, by=by)
    AnswerSheet.objects.select_for_update().get(pk=correction.after_id)
    buffer = Buffer.of(application, correction)
    if not (buffer.may_be_sent(case.status) and buffer.is_declared):
        raise NotSendableError(buffer)
    _replace(buffer, at=timezone.now(), by=by, language=language)
    return application


def _replace(buffer: Buffer, *, at: datetime, by: Any, language: str) -> None:
    application, correction, answers = buffer.application, buffer.correction, buffer.outcome.after
    freeze(correction.after, asked=answers.asked_ids())
    correction.sent_at, application.sheet = at, correction.after
    correction.save(update_fields=["sent_at"])
    traveller = _snapshot(application, buffer)
    record_consents(application, answers, at=at, by=by, language=language)
    application.digest = versions(application)[-1].digest
    application.save(update_fields=["sheet", "digest"])
    correct(application.submitted_case, _subject(traveller), by=by)
    record(
        "application.corrected", application, by=by,
        reference=application.submitted_case.reference, digest=application.digest,
        questions=[change.question.id for change in buffer.outcome.changes], **application.on_behalf(by),
    )  # fmt: skip


def _snapshot(application: VisaApplication, buffer: Buffer) -> Traveller:
    """Write again what everybody after us reads."""
    answers, kept = buffer.outcome.after, (application.traveller.pk, application.trip.pk)
    traveller, trip = snapshot.traveller(application, answers), snapshot.trip(application, answers)
    traveller.pk, trip.pk = kept
    traveller.save(force_update=True)
    trip.save(force_update=True)
    return traveller


def _subject(traveller: Traveller) -> Subject:
    return Subject(traveller.name_latin, traveller.name_native, traveller.nationality, traveller.birth_on)


def _declarations(sheet: AnswerSheet) -> list[str]:
    return [question.id for question in sheet.revision.document.closing.questions]


def _copy_answers(
    source: AnswerSheet, target: AnswerSheet, *, only: Collection[str] = (), without: Collection[str] = ()
) -> None:
    answers = source.answers.exclude(question__in=without)
    if only:
        answers = answers.filter(question__in=only)
    copied = list(answers)
    for answer in copied:
        answer.pk, answer.sheet = None, target
    Answer.objects.bulk_create(copied)
