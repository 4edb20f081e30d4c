"""What was declared is kept: which words, in which language, when, by whom."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.factories.applications import DECLARATION, answer, complete, submitted_application
from visas.applications.actions import submit
from visas.applications.models import Consent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "fa"])
def test_each_declaration_is_kept_in_the_words_that_were_shown(draft, applicant, language):
    submit(answer(complete(draft), DECLARATION), by=applicant, language=language)
    draft.refresh_from_db()
    kept = {consent.question: consent for consent in draft.consents.all()}
    assert set(kept) == set(DECLARATION)
    truth = kept["declare.truth"]
    with override(language):
        assert truth.text == str(draft.sheet.revision.document.questions["declare.truth"].label)
    assert (truth.language, truth.by, truth.agreed_at) == (language, applicant, draft.submitted_at)
    assert truth.revision == draft.sheet.revision


def test_a_declaration_that_was_not_asked_for_is_not_kept(draft, applicant):
    answer(complete(draft), DECLARATION | {"declare.guardian": True})
    submit(draft, by=applicant, language="en")
    assert not Consent.objects.filter(question="declare.guardian").exists()


@pytest.mark.parametrize("change", [lambda rows: rows.update(text="Other words"), lambda rows: rows.delete()])
def test_the_database_keeps_what_was_declared(change):
    submitted_application()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(Consent.objects.all())
