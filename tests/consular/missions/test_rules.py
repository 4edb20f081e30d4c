"""Who serves whom."""

import pytest

from consular.lib import countries
from consular.missions import rules
from consular.missions.models import Arrangement, Mission
from consular.missions.rules import Why, who_serves
from consular.missions.status import FOR_CITIZENS, Service
from embassy.demo import missions as demo
from tests.factories.missions import ArrangementFactory, MissionFactory

pytestmark = pytest.mark.django_db
HOME = "QVM"


@pytest.fixture
def posts():
    demo.load()
    return tuple(Mission.objects.with_times())


def served(posts, residence, nationality, service):
    answer = who_serves(residence, nationality, service, missions=posts, home=HOME)
    return answer.why.value, answer.mission.code if answer.mission else None


@pytest.mark.parametrize(
    ("residence", "nationality", "service", "expected"),
    [
        ("QNR", "QVM", "passports", ("arrangement", "interests-section")),
        ("QNR", "QVM", "notarial", ("arrangement", "interests-section")),
        ("QNR", "QNR", "notarial", ("arrangement", "port-sabel")),
        ("QNR", "QNR", "visas", ("residence", "virtual-naruvia")),
        ("QNR", "QVM", "visas", ("residence", "virtual-naruvia")),
        ("QNR", "QNR", "passports", ("not_a_citizen", None)),
        ("QPB", "QVM", "passports", ("residence", "port-sabel")),
        ("QTI", "QVM", "notarial", ("residence", "dorun")),
        ("QTI", "QVM", "passports", ("arrangement", "port-sabel")),
        ("FRA", "FRA", "visas", ("everyone_else", "virtual-naruvia")),
        ("FRA", "QVM", "citizens", ("everyone_else", "virtual-naruvia")),
        ("FRA", "QVM", "civil-status", ("arrangement", "port-sabel")),
        ("QVM", "QVM", "passports", ("at_home", None)),
        ("UTO", "XXA", "visas", ("everyone_else", "virtual-naruvia")),
    ],
)
def test_the_posts_of_the_demonstration_serve(posts, residence, nationality, service, expected):
    assert served(posts, residence, nationality, service) == expected


def test_everybody_everywhere_has_an_answer_with_a_reason(posts, django_assert_num_queries):
    """Every state and nationality of ISO 3166 and ICAO 9303 × every service: without asking the database."""
    nationalities = [HOME, "QNR", "XXA", "XXB", "FRA"]
    with django_assert_num_queries(0):
        for residence in countries.STATES:
            for nationality in nationalities:
                for service in Service.values:
                    sound(who_serves(residence, nationality, service, missions=posts, home=HOME), service)
        for nationality in countries.NATIONALITIES:
            for service in Service.values:
                sound(who_serves("QNR", nationality, service, missions=posts, home=HOME), service)


def sound(answer, service):
    assert answer.why in Why
    assert (answer.mission is None) == (answer.why in {Why.AT_HOME, Why.NOT_A_CITIZEN, Why.NOBODY})
    assert answer.mission is None or service in answer.mission.services
    assert (answer.arrangement is not None) == (answer.why == Why.ARRANGEMENT)
    assert answer.mission not in answer.others


def test_without_missions_nobody_serves_anybody():
    answer = who_serves("FRA", "FRA", "visas", missions=(), home=HOME)
    assert (answer.why, answer.mission, answer.others) == (Why.NOBODY, None, ())


def test_a_mission_near_by_that_does_not_offer_it_is_named_for_other_things(db):
    near = MissionFactory(jurisdiction=["FR"], services=["visas"])
    answer = who_serves("FRA", HOME, "passports", missions=Mission.objects.with_times(), home=HOME)
    assert (answer.why, answer.others) == (Why.NOBODY, (near,))


def test_of_two_arrangements_the_one_that_names_more_holds():
    ArrangementFactory(mission__code="a", mission__services=["visas"], residences=["FR"])
    ArrangementFactory(
        mission__code="b", mission__services=["visas"], residences=["FR"], nationalities=["QNR"]
    )
    posts = tuple(Mission.objects.with_times())
    assert served(posts, "FRA", "QNR", "visas") == ("arrangement", "b")
    assert served(posts, "FRA", "FRA", "visas") == ("arrangement", "a")


def test_an_arrangement_for_a_service_alone_leaves_alone_whom_a_mission_near_them_serves():
    ArrangementFactory(mission__code="a", services=["notarial"], residences=[])
    MissionFactory(code="b", jurisdiction=["FR"], services=["notarial"])
    posts = tuple(Mission.objects.with_times())
    assert served(posts, "FRA", "FRA", "notarial") == ("residence", "b")
    assert served(posts, "ESP", "FRA", "notarial") == ("arrangement", "a")


def test_the_order_of_the_missions_makes_no_difference(posts):
    for service in Service.values:
        assert served(posts, "QNR", HOME, service) == served(posts[::-1], "QNR", HOME, service)


def test_foreigners_are_offered_nothing_that_is_for_citizens():
    assert set(rules.services_for("FRA", home=HOME)).isdisjoint(FOR_CITIZENS)
    assert set(rules.services_for(HOME, home=HOME)) == set(Service)


def test_neighbours_serve_the_same_people(posts):
    interests = next(each for each in posts if each.protecting_power)
    assert [each.code for each in rules.neighbours(interests, posts)] == ["virtual-naruvia", "port-sabel"]


def test_an_arrangement_names_somebody_or_something():
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="arrangement_names_whom_it_is_for"), transaction.atomic():
        Arrangement.objects.create(mission=MissionFactory(), reason={"en": "x"})
