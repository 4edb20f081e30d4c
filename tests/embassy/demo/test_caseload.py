"""A caseload is drawn the same for a seed, holds every state, and is what the database accepts as real."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consular.accounts.models import User
from consular.cases.models import Case, Decision, Event
from consular.cases.status import Status
from consular.lib.references import is_reference
from embassy.demo import missions, people
from embassy.demo.caseload import drawing, gathering, writing
from embassy.demo.caseload.copying import put
from embassy.demo.caseload.drawing import Part
from tests.factories.applications import ensure_law
from visas.applications.context import answers_of
from visas.applications.models import VisaApplication

ENOUGH = 1500


@pytest.fixture
def facts(db):
    missions.load()
    people.load()
    ensure_law()
    return gathering.gather(7, gathering.midnight())


@pytest.fixture
def written(facts):
    """Have a part of a caseload in the database, with everything looked up that a row refers to."""
    applicants = writing._applicants(facts, 300)
    chunk = drawing.draw(facts, Part(0, ENOUGH, writing._reserved(ENOUGH), applicants))
    with connection.cursor() as cursor:
        put(cursor, chunk)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return chunk


def test_the_same_seed_draws_the_same_and_another_another(facts):
    part = Part(0, 50, 1, (1, 10))
    assert drawing.draw(facts, part) == drawing.draw(facts, part)
    assert drawing.draw(facts, part) != drawing.draw(facts, Part(50, 50, 1, (1, 10)))


@pytest.mark.usefixtures("written")
def test_all_states_missions_and_languages_are_there():
    cases = Case.objects.all()
    assert cases.count() == ENOUGH
    assert set(cases.values_list("status", flat=True)) == set(Status.values)
    assert set(cases.values_list("language", flat=True)) == {"en", "fa", "ar", "fr", "es"}
    assert cases.values("mission").distinct().count() >= 2
    assert all(is_reference(each) for each in cases.values_list("reference", flat=True))


@pytest.mark.usefixtures("written")
def test_a_decided_case_has_its_decision_and_its_story():
    decided = Case.objects.filter(status__in=[Status.APPROVED, Status.REFUSED]).count()
    assert Decision.objects.count() == decided
    assert Event.objects.filter(to_status=Status.SUBMITTED).count() == ENOUGH
    last = {event.case_id: event.to_status for event in Event.objects.order_by("pk")}
    assert last == dict(Case.objects.values_list("pk", "status"))


@pytest.mark.usefixtures("written")
def test_an_open_case_has_answers_that_its_questionnaire_reads():
    application = VisaApplication.objects.with_sheet().filter(case__status=Status.IN_REVIEW).first()
    answers = answers_of(application).submitted()
    assert answers["name.surname"] == application.traveller.surname
    assert answers["passport.number"] == application.traveller.passport_number


def test_a_name_can_be_searched_for_as_any_other(written):
    case = Case.objects.exclude(name_native="").first()
    assert case in Case.objects.matching(case.name_native)
    before = case.names_folded
    case.save()
    assert case.names_folded == before


def test_nothing_can_be_drawn_without_a_law_and_officers(db):
    with pytest.raises(gathering.NothingToWorkWithError):
        gathering.gather(1, gathering.midnight())


@pytest.mark.parametrize("count", [0, -1, 1_000_001])
def test_the_command_takes_one_to_a_million(count, settings, db):
    settings.DEBUG = True
    with pytest.raises(CommandError, match="from 1 to"):
        call_command("generate_caseload", applications=count, stdout=StringIO())


def test_a_caseload_is_written_once_a_day_and_seed(facts, settings):
    settings.DEBUG = True
    User.objects.create_user(f"caseload.7.{facts.now:%Y%m%d}.0@example.org")
    with pytest.raises(CommandError, match="another --seed"):
        call_command("generate_caseload", applications=5, seed=7, stdout=StringIO())


def test_processes_write_it_side_by_side(transactional_db, settings):
    settings.DEBUG = True
    missions.load()
    people.load()
    ensure_law()
    out = StringIO()
    call_command("generate_caseload", applications=writing.AT_A_TIME + 20, stdout=out)
    assert "a second" in out.getvalue()
    assert VisaApplication.objects.count() == writing.AT_A_TIME + 20
