"""What is declared on the last page: its exact words, kept as rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override

from consular.lib.isolates import isolated
from consular.questionnaires.filling import Filling
from consular.questionnaires.schema import Question
from consular.questionnaires.status import Type
from visas.applications.models import Consent, VisaApplication


def declared(filling: Filling) -> Iterator[Question]:
    """Yield the declarations that were asked for and made, wherever in the questionnaire they stand."""
    for question in filling.document.questions.values():
        if question.type == Type.DECLARATION and filling.submitted().get(question.id) is True:
            yield question


def words_of(question: Question, language: str) -> str:
    """Return what the page shows in a language: the sentence, and what stands below it."""
    with override(language):
        return "\n".join(filter(None, (str(question.label), str(question.hint))))


def signed(by: Any, application: VisaApplication, language: str) -> str:
    """Return the sentence above declarations that somebody signs for the applicant; '' for the applicant."""
    if application.acting(by) is None:
        return ""
    with override(language):
        return gettext("Signed by %(name)s on behalf of %(applicant)s, who gave a mandate for it:") % {
            "name": isolated(str(by)),
            "applicant": isolated(str(application.applicant)),
        }


def record_consents(
    application: VisaApplication, filling: Filling, *, at: datetime, by: Any, language: str
) -> list[Consent]:
    """Keep what `by` declared at a moment; call it inside the transaction that submits or corrects."""
    above = signed(by, application, language)
    return Consent.objects.bulk_create(
        Consent(
            application=application,
            question=question.id,
            revision_id=application.sheet.revision_id,
            language=language,
            text="\n".join(filter(None, (above, words_of(question, language)))),
            by=by,
            agreed_at=at,
        )
        for question in declared(filling)
    )
