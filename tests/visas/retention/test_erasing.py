"""Documents go when their time is over, with their keys, and never before: what waits for us stays."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from consular.audit.models import Entry
from consular.cases import actions as cases
from consular.cases.status import Outcome
from consular.documents.models import Document
from consular.outbox.actions import owe
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from consular.vault.models import Safe
from tests.factories.applications import VisaApplicationFactory, complete, submitted_application
from tests.factories.cases import CaseFactory
from tests.factories.documents import CleanDocumentFactory, DocumentFactory
from tests.factories.missions import PostingFactory
from tests.factories.visas import approved_application, conditions
from visas.applications.models import VisaApplication
from visas.issuance.actions.issue import issue
from visas.policy.models import KeepingTime
from visas.retention import actions
from visas.retention.candidates import candidates
from visas.retention.models import Run

pytestmark = pytest.mark.django_db

# Of the demonstration's law
DRAFT, WITHDRAWN, REFUSED, APPEAL, SUPPORTING, PASSPORT = 90, 90, 365, 60, 90, 730
TWO_OFFICERS = 2


@pytest.fixture
def tonight(time_machine):
    """Return a function that moves time on by so many days, pays what is owed and looks for what is over."""
    begun = timezone.now()

    def look(days):
        time_machine.move_to(begun + timedelta(days=days), tick=False)
        pay_due()
        actions.owe_run()
        while pay_due():
            pass

    return look


def refused_application():
    application = submitted_application()
    first, second = (PostingFactory(mission=application.mission).user for _ in range(TWO_OFFICERS))
    cases.claim(application.case, by=first)
    terms = {"grounds": ["purpose-unclear"], "reason": "It does not fit."}
    cases.recommend(application.case, by=first, outcome=Outcome.REFUSE, **terms)
    cases.decide(application.case, by=second, outcome=Outcome.REFUSE, **terms)
    application.refresh_from_db()
    return application


def kinds_kept(case):
    return set(case.attachments.filter(document__removed_at=None).values_list("document__kind", flat=True))


def test_refused_documents_go_after_the_appeal_and_their_time_and_the_case_s_key_with_them(tonight):
    case = refused_application().case
    tonight(APPEAL + REFUSED - 1)
    assert kinds_kept(case) == {"passport", "photo", "supporting"}
    tonight(APPEAL + REFUSED)
    assert kinds_kept(case) == set()
    for attachment in case.attachments.select_related("document"):
        document = attachment.document
        assert (document.original.name, document.filename, document.fields) == ("", "", {})
        folder = f"documents/{document.pk}"
        assert not default_storage.exists(folder) or default_storage.listdir(folder)[1] == []
    safe = Safe.objects.get(name=f"cases.case:{case.pk}")
    assert safe.is_destroyed


def test_the_trail_proves_what_went_when_and_by_which_rule(tonight):
    case = refused_application().case
    digests = set(case.attachments.values_list("document__sha256", flat=True))
    tonight(APPEAL + REFUSED)
    entries = Entry.objects.about(case).filter(verb="case.files_erased")
    assert {each["sha256"] for entry in entries for each in entry.detail["documents"]} == digests
    detail = entries.first().detail
    assert detail["rule"].startswith("refused/")
    assert (detail["days"], detail["appeal_days"]) == (REFUSED, APPEAL)
    assert detail["law"] == "visa-documents-regulation § 21 (3)"
    assert detail["reference"] == case.reference
    assert (
        Entry.objects.about(case)
        .filter(verb="vault.safe_destroyed", detail__rule__startswith="refused/")
        .count()
        == 1
    )


def test_looking_and_erasing_again_changes_nothing(tonight):
    case = refused_application().case
    tonight(APPEAL + REFUSED)
    entries, effects = Entry.objects.count(), Effect.objects.count()
    actions.owe_run()
    actions.run(timezone.localdate())
    for kind in ("passport", "photo", "supporting"):
        assert not actions.erase(kind=kind, on=timezone.localdate(), case_id=case.pk)
    assert (Entry.objects.count(), Effect.objects.count()) == (entries, effects)
    assert Run.objects.count() == 1


def test_withdrawn_ones_go_sooner(tonight):
    application = submitted_application()
    cases.withdraw(application.case, by=application.applicant)
    tonight(WITHDRAWN - 1)
    assert kinds_kept(application.case)
    tonight(WITHDRAWN)
    assert not kinds_kept(application.case)


def test_of_an_issued_visa_each_kind_goes_in_its_own_time_and_the_key_with_the_last(tonight):
    application = approved_application(conditions(first=0, last=80))
    issue(application)
    case = application.case
    tonight(80 + APPEAL + SUPPORTING - 1)
    assert "supporting" in kinds_kept(case)
    tonight(80 + APPEAL + SUPPORTING)
    assert kinds_kept(case) == {"passport", "photo"}
    assert not Safe.objects.get(name=f"cases.case:{case.pk}").is_destroyed
    tonight(80 + APPEAL + PASSPORT)
    assert kinds_kept(case) == set()
    assert Safe.objects.get(name=f"cases.case:{case.pk}").is_destroyed


def test_an_approval_whose_visa_is_not_made_waits_for_it_however_long(tonight, time_machine):
    application = approved_application()
    Effect.objects.filter(topic="issuance.issue").update(status="dead")
    tonight(5000)
    assert kinds_kept(application.case)


def test_an_open_case_never_loses_anything(tonight):
    case = submitted_application().case
    tonight(5000)
    assert kinds_kept(case) == {"passport", "photo", "supporting"}


@pytest.mark.parametrize("status", ["waiting", "dead"])
def test_work_that_is_not_done_holds_documents_back_and_only_these(tonight, status):
    held, free = refused_application().case, refused_application().case
    owe("cases.check", key="test:check", available_at=timezone.now() + timedelta(days=9000), case_id=held.pk)
    Effect.objects.filter(key="test:check").update(status=status)
    tonight(APPEAL + REFUSED)
    assert kinds_kept(held)
    assert not kinds_kept(free)
    assert Run.objects.get().held == 3
    Effect.objects.filter(key="test:check").update(status="done", done_at=timezone.now())
    tonight(APPEAL + REFUSED + 1)
    assert not kinds_kept(held)


def test_files_of_a_draft_go_when_nobody_has_worked_on_it_for_long_and_the_answers_stay(tonight):
    draft = complete(VisaApplicationFactory())
    documents = [each.document_id for each in draft.evidence.all()]
    answers = draft.sheet.answers.count()
    tonight(DRAFT - 1)
    assert draft.evidence.count() == len(documents)
    tonight(DRAFT)
    assert draft.evidence.count() == 0
    assert Document.objects.filter(pk__in=documents).kept().count() == 0
    assert draft.sheet.answers.count() == answers


def test_a_draft_that_somebody_comes_back_to_keeps_its_files(tonight, time_machine):
    draft = complete(VisaApplicationFactory())
    tonight(DRAFT - 5)
    draft.sheet.answers.update(saved_at=timezone.now())
    tonight(DRAFT + 5)
    assert draft.evidence.exists()


def test_a_file_that_belongs_nowhere_goes_as_those_of_a_draft_do(tonight):
    complete(VisaApplicationFactory())  # for the law
    loose = CleanDocumentFactory(kind="supporting")
    tonight(DRAFT - 1)
    assert Document.objects.kept().filter(pk=loose.pk).exists()
    tonight(DRAFT)
    assert not Document.objects.kept().filter(pk=loose.pk).exists()


def test_what_no_rule_names_is_kept(tonight):
    case = refused_application().case
    KeepingTime.objects.all().delete()
    tonight(9000)
    assert kinds_kept(case)


def test_a_rule_that_was_changed_after_the_look_is_obeyed(time_machine):
    case = refused_application().case
    time_machine.move_to(timezone.now() + timedelta(days=APPEAL + REFUSED), tick=False)
    actions.run(timezone.localdate())
    KeepingTime.objects.filter(fate="refused").update(days=9000)
    assert not actions.erase(kind="passport", on=timezone.localdate(), case_id=case.pk)
    assert "passport" in kinds_kept(case)


def test_a_draft_submitted_after_the_look_keeps_everything(time_machine):
    draft = complete(VisaApplicationFactory())
    time_machine.move_to(timezone.now() + timedelta(days=DRAFT), tick=False)
    actions.run(timezone.localdate())
    assert Effect.objects.filter(topic="retention.erase").count() == 3
    case = CaseFactory(applicant=draft.applicant)
    VisaApplication.objects.filter(pk=draft.pk).update(case=case, submitted_at=timezone.now())
    assert not actions.erase(kind="passport", on=timezone.localdate(), application_id=draft.pk)
    assert draft.evidence.filter(document__removed_at=None).count() >= 3


def test_a_subject_that_is_gone_is_nothing_to_do():
    assert not actions.erase(kind="photo", on=timezone.localdate(), case_id=0)


def test_killed_in_the_middle_nothing_is_half_done_and_it_is_owed(time_machine, monkeypatch):
    case = refused_application().case
    time_machine.move_to(timezone.now() + timedelta(days=APPEAL + REFUSED), tick=False)
    pay_due()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("visas.retention.actions.destroy_safe_of", die)
    for kind in ("photo", "supporting"):
        assert actions.erase(kind=kind, on=timezone.localdate(), case_id=case.pk)
    with pytest.raises(KeyboardInterrupt):
        actions.erase(kind="passport", on=timezone.localdate(), case_id=case.pk)
    assert kinds_kept(case) == {"passport"}
    monkeypatch.undo()
    assert actions.erase(kind="passport", on=timezone.localdate(), case_id=case.pk)
    assert Safe.objects.get(name=f"cases.case:{case.pk}").is_destroyed


def test_looking_asks_the_database_as_often_for_many_as_for_few(django_assert_num_queries):
    refused_application()
    DocumentFactory()
    by = timezone.localdate() + timedelta(days=9000)
    with django_assert_num_queries(7):
        few = candidates(by, on=timezone.localdate())
    for _ in range(3):
        refused_application()
    with django_assert_num_queries(7):
        many = candidates(by, on=timezone.localdate())
    assert len(many) == len(few) + 9
