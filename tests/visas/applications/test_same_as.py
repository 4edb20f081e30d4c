"""Answering as another traveller of the party does, whatever anybody does in whatever order."""

import datetime as dt
import threading
from collections.abc import Iterable

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings, strategies as st

from consular.audit.models import Entry as AuditEntry
from consular.questionnaires.filling import Entry
from consular.questionnaires.models import OWN, Answer
from consular.questionnaires.status import Source
from tests.factories.applications import DECLARATION, answer, complete, day, tourist
from tests.factories.party import companion, type_in
from tests.visas.applications.test_revisions import worded_anew
from visas.applications import actions, same_as
from visas.applications.models import SameAs, VisaApplication

pytestmark = pytest.mark.django_db

STAY = {"trip.lodging": "booked", "trip.place": "Velmar", "org.invites": False, "place.name": "Hotel Lantern"}


@pytest.fixture
def leila(draft):
    """Return a draft whose stay is answered."""
    type_in(draft, {"name.given": "LEILA", "name.surname": "AZAD", **STAY})
    return draft


@pytest.fixture
def omid(leila):
    return companion(leila)


def now(application):
    return VisaApplication.objects.with_sheet().get(pk=application.pk)


def said(application) -> dict[str, object]:
    return {name: entry.value for name, entry in now(application).sheet.entries().items()}


def alike(application, other, section="stay"):
    actions.answer_alike(now(application), section, now(other), by=application.applicant)


def apart(application, section="stay"):
    actions.answer_apart(now(application), section, by=application.applicant)


def test_the_answers_come_over_with_their_source(leila, omid):
    alike(omid, leila)
    entries = now(omid).sheet.entries()
    assert {name: entries[name].value for name in STAY} == STAY
    assert {entries[name].source for name in STAY} == {Source.MEMBER}
    assert "name.given" not in entries


def test_what_one_changes_the_others_have_at_once(leila, omid):
    alike(omid, leila)
    type_in(leila, {"trip.place": "Sabel"})
    assert said(omid)["trip.place"] == "Sabel"


def test_a_wrong_answer_is_wrong_for_both(leila, omid):
    alike(omid, leila)
    type_in(leila, {"place.email": Entry(typed="no address")})
    assert now(omid).sheet.entries()["place.email"] == Entry(typed="no address", source=Source.MEMBER)


def test_what_is_left_empty_is_empty_for_both(leila, omid):
    alike(omid, leila)
    type_in(leila, {"place.phone": Entry()})
    assert now(omid).sheet.entries()["place.phone"].is_empty


def test_who_types_another_answer_ends_it_and_keeps_the_rest(leila, omid):
    alike(omid, leila)
    type_in(omid, {"trip.place": "Dorun"})
    assert not SameAs.objects.exists()
    assert said(omid) | STAY == said(omid) | STAY
    type_in(leila, {"place.name": "Hotel Beacon"})
    assert said(omid)["trip.place"] == "Dorun"
    assert said(omid)["place.name"] == "Hotel Lantern"
    assert AuditEntry.objects.about(omid).get(verb="application.apart").detail["section"] == "stay"


def test_who_leafs_through_the_page_without_changing_anything_goes_on_following(leila, omid):
    alike(omid, leila)
    type_in(omid, STAY)
    assert SameAs.objects.count() == 1
    assert now(omid).sheet.entries()["trip.place"].source == Source.MEMBER


def test_what_the_other_has_not_answered_is_answered_alone_without_ending_it(leila, omid):
    alike(omid, leila)
    type_in(omid, {"place.phone": "+442079460000"})
    assert SameAs.objects.count() == 1
    assert said(omid)["place.phone"] == "+442079460000"


def test_own_answers_stand_back_and_come_back(leila, omid):
    type_in(
        omid,
        {"trip.place": "Dorun", "place.email": Entry(typed="no address"), "place.phone": "+442079460000"},
    )
    type_in(leila, {"place.email": "lantern@example.org"})
    alike(omid, leila)
    assert said(omid)["trip.place"] == "Velmar"
    assert said(omid)["place.phone"] == "+442079460000"
    apart(omid)
    assert said(omid)["trip.place"] == "Dorun"
    assert now(omid).sheet.entries()["place.email"] == Entry(typed="no address")
    assert said(omid)["place.name"] == "Hotel Lantern"
    assert not Answer.objects.filter(row=OWN).exists()


def test_a_chain_follows_to_its_end(leila, omid):
    child = companion(leila)
    alike(child, omid)
    alike(omid, leila)
    assert said(child)["trip.place"] == "Velmar"
    type_in(leila, {"trip.place": "Sabel"})
    assert said(child)["trip.place"] == "Sabel"
    type_in(omid, {"trip.place": "Dorun"})
    assert (said(child)["trip.place"], said(leila)["trip.place"]) == ("Dorun", "Sabel")


def test_nobody_follows_themselves_or_in_a_circle(leila, omid):
    child = companion(leila)
    alike(omid, leila)
    alike(child, omid)
    for other in (leila, omid, child):
        with pytest.raises(actions.NotAlikeError):
            alike(leila, other)
    assert SameAs.objects.count() == 2


@pytest.mark.parametrize("section", ["names", "birth", "passport", "security", "nationality", "nowhere", ""])
def test_what_is_about_one_person_alone_is_never_shared(leila, omid, section):
    with pytest.raises(actions.NotAlikeError):
        alike(omid, leila, section)


def test_no_shared_section_holds_the_passport_the_birth_or_a_declaration(leila):
    document = leila.sheet.revision.document
    shared = {each.id for each in document.sections if each.shared}
    assert shared == {"contact", "purpose", "business", "dates", "stay", "onward", "paying", "helper"}
    named = {
        question.id.split(".")[0] for each in document.sections if each.shared for question in each.questions
    }
    assert not named & {"name", "birth", "person", "passport", "nationality", "permit", "security", "declare"}


def test_somebody_elses_application_is_no_companion(leila, omid, stranger):
    from tests.factories.applications import VisaApplicationFactory

    other = answer(VisaApplicationFactory(applicant=stranger), STAY)
    with pytest.raises(actions.NotAlikeError):
        alike(omid, other)
    alone = VisaApplicationFactory(applicant=leila.applicant)
    with pytest.raises(actions.NotAlikeError):
        alike(alone, leila)


def test_a_question_that_the_other_is_not_asked_is_not_taken(leila):
    business = companion(leila, category="BV")
    type_in(
        leila, {"trip.arrives_on": day(30), "trip.leaves_on": day(40), "trip.entries": "1", "trip.days": 77}
    )
    alike(business, leila, "dates")
    assert said(business) == {"trip.arrives_on": day(30), "trip.leaves_on": day(40), "trip.entries": "1"}
    type_in(business, {"trip.days": 11})
    assert SameAs.objects.count() == 1


def test_a_choice_that_is_not_offered_here_is_not_taken(leila):
    passenger = companion(leila, category="TR")
    type_in(leila, {"trip.purpose": "tourism", "trip.details": "Lanterns"})
    alike(passenger, leila, "purpose")
    assert said(passenger) == {"trip.details": "Lanterns"}


def test_what_is_invisible_here_is_not_submitted(leila, omid):
    alike(omid, leila)
    type_in(leila, {"trip.lodging": "host", "host.name": "Dana"})
    complete(omid, tourist() | {"trip.lodging": "booked"} | DECLARATION)
    actions.submit(now(omid), by=omid.applicant, language="en")
    assert "host.name" not in said(omid)
    assert said(omid)["place.name"] == "Hotel Lantern"


def test_whose_leader_is_sent_or_thrown_away_keeps_the_answers(leila, omid):
    child = companion(leila)
    alike(omid, leila)
    alike(child, omid)
    complete(leila, tourist() | DECLARATION)
    actions.submit(now(leila), by=leila.applicant, language="en")
    assert not SameAs.objects.filter(other=leila).exists()
    actions.discard(now(omid), by=leila.applicant)
    assert not SameAs.objects.exists()
    assert said(child)["trip.place"] == "Velmar"


def test_the_answers_of_one_who_was_sent_are_taken_once(leila, omid):
    complete(leila, tourist() | DECLARATION)
    actions.submit(now(leila), by=leila.applicant, language="en")
    worded_anew(
        lambda listed, content: listed["stay"]["questions"][1].update(label={"en": "Town", "fa": "شهر"})
    )
    actions.keep_up(now(omid), by=omid.applicant)
    alike(omid, leila)
    assert said(omid)["trip.place"] == "Velmar"
    assert not SameAs.objects.exists()


def test_a_follower_who_has_moved_to_a_newer_wording_is_answered_in_it(leila, omid):
    alike(omid, leila)
    worded_anew(lambda listed, content: listed["stay"]["questions"][1].update(length=5))
    actions.keep_up(now(omid), by=omid.applicant)
    type_in(leila, {"trip.place": "Sabel"}, keep_up=False)
    assert said(omid)["trip.place"] == "Sabel"
    type_in(leila, {"trip.place": "Port Sabel"}, keep_up=False)
    assert now(omid).sheet.entries()["trip.place"] == Entry(typed="Port Sabel", source=Source.MEMBER)


def test_a_section_that_a_newer_wording_keeps_apart_is_not_followed_any_more(leila, omid):
    alike(omid, leila)

    def own(listed, content):
        next(each for each in content["sections"] if each["id"] == "stay")["shared"] = False

    worded_anew(own)
    actions.keep_up(now(omid), by=omid.applicant)
    type_in(leila, {"trip.place": "Sabel"})
    assert said(omid)["trip.place"] == "Velmar"


def test_an_adult_fills_in_who_signs_for_a_minor_and_keeps_it_right(leila, omid):
    child = companion(leila)
    type_in(child, {"birth.on": day(-3000)})
    type_in(leila, {"nationality.current": "QNR", "birth.on": dt.date(1990, 5, 17)})
    type_in(omid, {"contact.phone": "+442079460000", "contact.address": "1 Harbour Street"})
    alike(leila, omid, "contact")
    alike(child, leila, same_as.GUARDIAN)
    entries = now(child).sheet.entries()
    assert entries["guardian.surname"] == Entry("AZAD", source=Source.MEMBER)
    assert entries["guardian.phone"].value == "+442079460000"
    assert "guardian.relation" not in entries
    type_in(omid, {"contact.phone": "+442079460001"})
    assert said(child)["guardian.phone"] == "+442079460001"
    type_in(child, {"guardian.relation": "mother"})
    assert SameAs.objects.filter(application=child).exists()
    type_in(child, {"guardian.phone": "+442079460002"})
    assert not SameAs.objects.filter(application=child).exists()


def test_it_is_in_the_trail_who_did_it(leila, omid):
    alike(omid, leila)
    entry = AuditEntry.objects.about(omid).get(verb="application.alike")
    assert (entry.actor, entry.detail) == (leila.applicant, {"section": "stay", "other": str(leila.pk)})


@pytest.mark.django_db(transaction=True)
def test_people_who_write_in_one_party_at_once_wait_for_each_other(leila, omid):
    child, told = companion(leila), []
    alike(omid, leila)

    def write(what):
        try:
            what()
        except Exception as error:  # noqa: BLE001 - told by the thread that looks
            told.append(error)
        finally:
            connection.close()

    def leaf():
        for number in range(4):
            type_in(leila, {"trip.place": f"Town {number}"})

    def change_their_mind():
        for _ in range(3):
            alike(child, omid)
            apart(child)
        alike(child, omid)

    people = [threading.Thread(target=write, args=[what]) for what in (leaf, change_their_mind)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert told == []
    assert {said(each)["trip.place"] for each in (leila, omid, child)} == {"Town 3"}


# Whatever is done, in whatever order ------------------------------------------------------------

QUESTIONS = ("trip.place", "place.name", "place.phone", "trip.lodging")
VALUES = {"trip.lodging": ("booked", "own", "host"), "place.phone": ("+442079460000", "+442079460001")}
PEOPLE = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(st.just("type"), PEOPLE, st.sampled_from(QUESTIONS), st.integers(0, 2)),
    st.tuples(st.just("alike"), PEOPLE, PEOPLE),
    st.tuples(st.just("apart"), PEOPLE),
    st.tuples(st.just("move"), PEOPLE),
    st.tuples(st.just("publish")),
    st.tuples(st.just("leave"), PEOPLE),
)


def value_of(question, number):
    listed = VALUES.get(question, ("Velmar", "Sabel", "Dorun"))
    return listed[number % len(listed)]


class Family:
    """Three travellers, and what each of them was the last to give to a question."""

    def __init__(self, draft) -> None:
        self.people = [draft, companion(draft), companion(draft)]
        self.given: dict[tuple[int, str], object] = {}

    def do(self, what, *arguments) -> None:
        if all(isinstance(each, str) or self.people[each] or what == "type" for each in arguments):
            getattr(self, what)(*arguments)

    def type(self, who, question, number) -> None:
        if person := self.people[who]:
            value, known = value_of(question, number), now(person).sheet.entries().get(question)
            type_in(person, {question: value})
            if known is None or known.value != value:
                self.given[who, question] = value

    def alike(self, who, other) -> None:
        try:
            alike(self.people[who], self.people[other])
        except actions.NotAlikeError:
            assert who == other or SameAs.objects.exists()

    def apart(self, who) -> None:
        apart(self.people[who])

    def move(self, who) -> None:
        actions.keep_up(now(self.people[who]), by=self.people[who].applicant)

    def publish(self) -> None:
        worded_anew(lambda listed, content: listed["stay"].update(intro={"en": "Tell us.", "fa": "بگویید."}))

    def leave(self, who) -> None:
        if sum(map(bool, self.people)) > 1:
            actions.discard(now(self.people[who]), by=self.people[who].applicant)
            self.people[who] = None
            self.given = {key: value for key, value in self.given.items() if key[0] != who}

    def kept(self) -> Iterable[tuple[object, set[object]]]:
        """Yield what somebody gave last to a question, beside all that is kept of theirs."""
        for (who, question), value in self.given.items():
            answers = self.people[who].sheet.answers.filter(question=question)
            yield value, set(answers.values_list("value", flat=True))

    def followers(self) -> Iterable[tuple[dict, dict]]:
        for link in SameAs.objects.all():
            mine, other = now(link.application), now(link.other)
            yield said(mine), {name: value for name, value in said(other).items() if name in QUESTIONS}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=10))
def test_whatever_is_done_what_somebody_gave_is_kept_and_followers_have_what_their_leader_says(
    steps, applicant
):
    from django.db import transaction

    from tests.factories.applications import VisaApplicationFactory

    with transaction.atomic():
        family = Family(VisaApplicationFactory(applicant=applicant))
        for step in steps:
            family.do(*step)
            assert all(value in known for value, known in family.kept())
            assert all(mine.items() >= visible(other).items() for mine, other in family.followers())
        transaction.set_rollback(True)


def visible(answers):
    """Return what is asked in a stay: a hotel's name is not, where somebody stays with a host."""
    in_a_hotel = answers.get("trip.lodging") in {"booked", "own"}
    return {name: value for name, value in answers.items() if in_a_hotel or not name.startswith("place.")}
