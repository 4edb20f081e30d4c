"""The demonstration's cases are made once, by the real actions, and every bench finds something on it."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consular.accounts.models import User
from consular.audit.models import Entry
from consular.cases import actions, explain
from consular.cases.models import Attachment, Case, Decision, Event, Recommendation
from consular.cases.status import CheckResult, Status
from consular.documents.models import Document
from consular.documents.status import Refusal
from consular.lib.references import is_reference
from consular.notifications.models import Message
from consular.outbox.models import Effect
from consular.questionnaires.fields import field_for
from consular.questionnaires.filling import Filling
from consular.questionnaires.schema import parse
from consular.questionnaires.status import Progress, Type
from embassy.demo import casework, files, loading, past, questionnaire, specimen_papers, stories
from embassy.demo.casework import Size
from embassy.demo.crowd import crowd
from embassy.demo.rows import read
from embassy.demo.telling import VERB, Telling
from embassy.times.measured import read as read_measured
from tests.factories.documents import DocumentFactory
from visas.applications.actions import discard
from visas.applications.context import answers_of
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication
from visas.issuance.models import EVisa
from visas.policy.book import current
from visas.verification.rules import by_birth_date

TODAY = dt.date(2026, 11, 24)
TEXTS = {
    Type.TEXT,
    Type.LONG_TEXT,
    Type.ADDRESS,
    Type.LATIN_NAME,
    Type.NATIVE_NAME,
    Type.CODE,
    Type.PHONE,
    Type.EMAIL,
}


def reload():
    for _part in loading.load(Size.SMALL):
        pass


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    """Load the small demonstration once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        reload()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("small", "db")


def case_of(story):
    return Case.objects.get(reference=stories.reference(story))


def failed(story):
    """Return the evidence of the checks of a case that failed, by their code."""
    checks = case_of(story).checks.filter(result=CheckResult.FAILED)
    return {check.code: dict(check.evidence) for check in checks}


# What there is ---------------------------------------------------------------------------------


def test_there_is_a_case_in_every_state():
    assert set(Case.objects.values_list("status", flat=True)) == set(Status.values)
    assert VisaApplication.objects.count() == 31


def test_there_is_a_case_of_every_category():
    assert set(Case.objects.values_list("category", flat=True)) == {
        each.code for each in current().categories
    }


def test_two_categories_show_how_long_decisions_took():
    measured = read_measured()
    assert {each.category for each in measured.figures} == {"TR", "TV"}
    transit, tourists = measured.of("TR"), measured.of("TV")
    assert 1 <= transit.half_within < tourists.half_within <= tourists.most_within


def test_whatever_is_asked_for_was_handed_in_and_nothing_contradicts():
    for application in VisaApplication.objects.with_sheet().exclude(case=None):
        assert answers_of(application).broken == {}


def test_the_virtual_embassy_has_work_of_every_kind():
    here = Case.objects.filter(mission__code="virtual-naruvia")
    assert here.unclaimed().count() == 10
    assert here.overdue().count() == 1
    assert here.filter(status=Status.IN_REVIEW).count() == 3
    assert here.waiting_for_applicant().count() == 1
    assert here.filter(status=Status.AWAITING_DECISION).count() == 1


def test_the_other_embassy_has_a_case_too():
    assert Case.objects.filter(mission__code="port-sabel").unclaimed().count() == 2


def test_every_applicant_who_can_sign_in_has_a_history():
    for email in ("shirin@example.org", "daniel@example.org", "amina@example.org"):
        applicant = User.objects.get(email=email)
        assert VisaApplication.objects.of(applicant).count() == 2
        assert Message.objects.inbox_of(applicant).exists()


def test_only_the_newest_message_to_a_person_is_unread():
    for applicant in User.objects.exclude(cases=None):
        newest, *others = Message.objects.inbox_of(applicant)
        assert newest.read_at is None
        assert None not in {message.read_at for message in others}


def test_a_draft_is_half_filled():
    draft = Draft.of(VisaApplication.objects.with_sheet().get(submitted_at=None))
    states = {draft.filling.progress(section) for section in draft.filling.sections()}
    assert {Progress.COMPLETED, Progress.NOT_STARTED} <= states
    assert not draft.is_ready


def test_nobody_else_can_sign_in():
    others = User.objects.exclude(emailaddress__verified=True)
    assert others.count() == 12
    assert not any(user.has_usable_password() for user in others)


# What stands out -------------------------------------------------------------------------------


def test_the_zone_of_one_passport_disagrees_with_the_answers():
    assert failed("rafi") == {
        "passport-agrees": {"number": "N7004651 | N7004561", "birth_on": "1986-07-19 | 1996-07-19"}
    }


def test_one_passport_ends_earlier_than_its_holder_says():
    said, read_there = failed("kian")["passport-agrees"]["expires_on"].split(" | ")
    trip = case_of("kian").application.trip
    assert read_there < (trip.leaves_on + dt.timedelta(180)).isoformat() < said


def test_one_document_was_refused_after_the_application_was_submitted():
    document = Attachment.objects.get(case=case_of("lina"), purpose="means").document
    assert document.refusal == Refusal.LOCKED
    assert set(failed("lina")) == {"documents"}


def test_whoever_applies_again_is_recognised():
    assert case_of("amina for the second time").checks.get(code="earlier").result == CheckResult.LOOK


def test_all_other_documents_were_read_and_are_clean():
    others = Document.objects.exclude(refusal=Refusal.LOCKED)
    assert {document.state for document in others} == {Document.State.CLEAN}
    for passport in others.filter(kind=Document.Kind.PASSPORT):
        assert passport.fields["number"]
        assert passport.findings == []


# What one can do -------------------------------------------------------------------------------


def test_shirin_can_answer_what_she_is_asked_in_her_language():
    shirin, case = User.objects.get(email="shirin@example.org"), case_of("shirin in the autumn")
    request = case.requests.open().get()
    text, document = request.items.all()
    assert "لطفاً" in text.text
    assert document.purpose == "means"
    assert request.answer_by > timezone.localdate()
    statement = DocumentFactory(owner=shirin)
    assert actions.answer(
        request, by=shirin, texts={text.pk: "از دانشگاه"}, documents={document.pk: [statement]}
    )
    assert case_of("shirin in the autumn").status == Status.IN_REVIEW


def test_the_visa_of_daniel_is_good_today():
    visa = casework.visa_to_check()
    assert by_birth_date(visa.number, dt.date(1985, 3, 9), on=timezone.localdate()).is_good


def test_an_earlier_visa_has_ended():
    ended = EVisa.objects.get(application__applicant__email="shirin@example.org")
    assert ended.valid_until < timezone.localdate()
    assert ended.is_ready


def test_the_logins_say_what_can_be_looked_up(settings):
    settings.DEBUG = True
    out = StringIO()
    call_command("demo_logins", stdout=out)
    assert casework.case_to_follow().spaced_reference in out.getvalue()
    assert casework.visa_to_check().number in out.getvalue()
    assert "9 March 1985" in out.getvalue()


# How it came about -----------------------------------------------------------------------------


def test_nobody_decided_alone_or_on_their_own():
    assert not Decision.objects.filter(decided_by=F("recommended_by")).exists()
    assert not Decision.objects.filter(decided_by=F("case__applicant")).exists()
    refusals = Decision.objects.filter(outcome="refuse")
    assert refusals
    for refusal in refusals:
        assert refusal.recommended_outcome == "refuse"
        assert not Recommendation.objects.filter(case=refusal.case, by=refusal.decided_by).exists()


def test_what_happened_lies_in_the_past_and_in_order():
    for case in Case.objects.all():
        moments = [moment for moment, _words in explain.history(case)]
        assert moments == sorted(moments)
        assert moments[0] == case.opened_at
        assert moments[-1] == case.moved_at
        assert case.opened_at < timezone.now() - dt.timedelta(hours=1)


def test_the_trail_runs_forward_and_ends_with_the_true_time():
    entries = Entry.objects.filter(subject_type="applications.visaapplication").order_by("pk")
    moments = [entry.at for entry in entries]
    assert moments == sorted(moments)
    true = entries.filter(verb=VERB)
    assert true.count() == 31
    assert timezone.now() - min(entry.at for entry in true) < dt.timedelta(hours=1)


def test_nothing_is_owed_but_mail():
    owed = Effect.objects.open().values_list("topic", flat=True)
    assert set(owed) == {"notifications.deliver"}


def test_the_references_are_the_same_in_every_demonstration():
    assert stories.reference("kian") == stories.reference("kian")
    told = list(stories.told(TODAY))
    assert all(is_reference(story.reference) for story in told)
    assert len({story.reference for story in told}) == len(told)
    submitted = {story.reference for story in told if not story.until}
    assert set(Case.objects.values_list("reference", flat=True)) == submitted


# Loading again ---------------------------------------------------------------------------------


def test_loading_again_writes_nothing():
    with CaptureQueriesContext(connection) as queries:
        casework.load(Size.SMALL)
    assert [each["sql"] for each in queries if not each["sql"].startswith("SELECT")] == []
    assert len(queries) == 1


def test_a_draft_that_was_thrown_away_stays_away():
    draft = VisaApplication.objects.get(submitted_at=None)
    discard(draft, by=draft.applicant)
    casework.load(Size.SMALL)
    assert not VisaApplication.objects.drafts().exists()


# The file --------------------------------------------------------------------------------------


@pytest.mark.parametrize("story", list(stories.told(TODAY)), ids=lambda story: story.name)
def test_the_answers_are_as_a_form_would_clean_them(story):
    form = parse(questionnaire.content())
    filling = Filling(form, {})
    assert set(story.answers) <= set(form.questions)
    for name, value in story.answers.items():
        question = form.questions[name]
        if question.type in TEXTS:
            assert field_for(question, filling).clean(value) == value


# The crowd -------------------------------------------------------------------------------------


def test_the_full_demonstration_has_120_applications_and_is_always_the_same():
    one, two = list(crowd(TODAY)), list(crowd(TODAY))
    assert one == two
    assert len({story.application_id for story in [*stories.told(TODAY), *one]}) == 120
    assert len({story.traveller.email for story in one}) == len(one)


def test_people_of_the_crowd_are_asked_in_their_language():
    asked = [step.values["items"][0]["text"] for story in crowd(TODAY) for step in story.steps
             if step.act == "ask" and story.traveller.language == "fa"]  # fmt: skip
    assert asked
    assert {text for text in asked if text.isascii()} == set()


@pytest.fixture
def one_face(monkeypatch):
    """Draw the pictures of one person for everybody: drawing and reading are what takes long."""
    drawn = files.pictures(next(stories.told(TODAY)))
    monkeypatch.setattr(files, "pictures", lambda story: drawn)


def test_every_plot_of_the_crowd_can_be_told(one_face):
    plots = {story.name.rpartition(" ")[0]: story for story in crowd(timezone.localdate())}
    assert set(plots) == {plot["name"] for plot in read("crowd")["plot"]}
    with files.Files(plots.values()) as drawn:
        casework.tell([Telling(story, drawn) for story in plots.values()])
    status = {
        name: VisaApplication.objects.get(pk=story.application_id).case for name, story in plots.items()
    }
    assert status["not answered"].requests.get().expired_at
    assert status["sent back"].status == Status.IN_REVIEW
    assert status["approved for the way"].application.evisas.get().is_ready
    assert status["left lying"].is_overdue


# The past --------------------------------------------------------------------------------------


def test_the_clock_stands_still_in_the_past_and_goes_on_afterwards():
    moment = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with past.at(moment):
        assert timezone.now() == moment
        assert timezone.localdate() == moment.date()
        user = User.objects.create(email="somebody@example.org")
    assert user.date_joined == moment
    assert timezone.now() > moment
    assert User.objects.create(email="nobody@example.org").date_joined > moment


def test_a_row_that_is_saved_again_keeps_its_moment():
    case = case_of("kian")
    opened_at = case.opened_at
    with past.at(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)):
        case.save()
    assert Case.objects.get(pk=case.pk).opened_at == opened_at


def test_a_public_event_is_never_dated_back_by_hand():
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Event.objects.update(at=timezone.now())


def test_a_letter_and_a_locked_letter_are_pdfs():
    letter = specimen_papers.letter_pdf("Plan <1>", ["Day 1 & 2"])
    assert letter.startswith(b"%PDF")
    assert specimen_papers.locked(letter) != letter
