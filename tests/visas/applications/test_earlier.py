"""Beginning with the answers of an earlier application: what lasts, of whom, once."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry as Trail
from consular.cases.actions.withdraw import withdraw
from consular.questionnaires.filling import Entry
from consular.questionnaires.models import Revision
from consular.questionnaires.status import Source
from tests.factories.applications import (
    VisaApplicationFactory,
    VisaMissionFactory,
    answer,
    day,
    submitted_application,
    tourist,
)
from tests.factories.party import companion, type_in
from visas.applications import actions, earlier
from visas.applications.context import FORM
from visas.applications.models import Mandate, Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(applicant):
    """Return an application that the applicant submitted earlier."""
    return submitted_application(applicant=applicant)


@pytest.fixture
def draft(before, applicant):
    return VisaApplicationFactory(applicant=applicant)


def text(response):
    return " ".join(response.content.decode().split())


def begin(client, at, application):
    return client.post(at("earlier"), {"begin_with": str(application.pk)})


def given(draft):
    return draft.sheet.entries()


def test_who_has_applied_before_is_offered_it_right_after_the_start(client, before):
    VisaMissionFactory(code="for-naruvia")
    url = reverse("applications:start")
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode())[1]
    response = client.post(url, {"token": token, "category": "ST", "residence": "QNR"})
    page = text(client.get(response.url))
    assert "Begin with earlier answers" in page
    assert "(AZAD SHIRIN)" in page
    assert "With empty pages" in page


def test_who_has_not_is_led_on(signed_in, stranger):
    first = VisaApplicationFactory(applicant=stranger)
    client, pages = signed_in(stranger), [first.pk]
    offered = reverse("applications:earlier", args=pages)
    assert client.get(offered).url == reverse("applications:passport_first", args=pages)
    assert offered not in text(client.get(reverse("applications:tasks", args=pages)))


def test_what_lasts_is_filled_in_with_its_source(client, at, draft, before):
    assert begin(client, at, before).url == at("passport_first")
    kept = given(draft)
    assert kept["name.surname"] == Entry("AZAD", source=Source.EARLIER)
    assert kept["birth.on"] == Entry(tourist()["birth.on"], source=Source.EARLIER)
    for name in (
        "passport.number",
        "contact.phone",
        "work.occupation",
        "family.citizen",
        "nationality.current",
    ):
        assert kept[name] == Entry(tourist()[name], source=Source.EARLIER)


def test_the_trip_the_means_and_the_declarations_are_asked_anew(client, at, draft, before):
    begin(client, at, before)
    asked_anew = (
        "trip.",
        "place.",
        "org.",
        "paying.",
        "prints.",
        "helper.",
        "declare.",
        "security.",
        "travel.",
    )
    assert not [name for name in given(draft) if name.startswith(asked_anew)]


def test_what_the_new_category_does_not_ask_is_not_copied(client, at, draft, before):
    draft.category = "OF"
    draft.save()
    begin(client, at, before)
    assert "work.occupation" not in given(draft)
    assert "family.citizen" not in given(draft)
    assert "name.surname" in given(draft)


def test_a_passport_that_has_ended_is_left_out(client, at, draft, before, time_machine):
    time_machine.move_to(day(2001))
    client.force_login(draft.applicant)
    begin(client, at, before)
    assert not [name for name in given(draft) if name.startswith("passport.")]
    assert "name.surname" in given(draft)


def test_what_fits_no_more_is_left_out(client, at, draft, before):
    newest = Revision.objects.current(FORM)
    content = Revision.objects.values_list("content", flat=True).get(pk=newest.pk)
    for section in content["sections"]:
        for question in section["pages"][0]["questions"]:
            if question.get("id") == "birth.place":
                question["length"] = 3
    next_one = Revision.objects.create(
        questionnaire=newest.questionnaire, number=newest.number + 1, content=content
    )
    Revision.objects.filter(pk=next_one.pk).update(published_at=newest.published_at)
    begin(client, at, before)
    assert "birth.place" not in given(draft)
    assert given(draft)["birth.country"].value == "QNR"


def test_what_was_answered_already_stays(client, at, draft, before):
    answer(draft, {"name.surname": "KARIMI", "contact.phone": None})
    begin(client, at, before)
    assert given(draft)["name.surname"] == Entry("KARIMI")
    assert given(draft)["contact.phone"].is_empty


def test_pressed_twice_it_happens_once(client, at, draft, before):
    begin(client, at, before)
    answer(draft, {"name.surname": "KARIMI"})
    begin(client, at, before)
    assert given(draft)["name.surname"] == Entry("KARIMI")
    assert Trail.objects.about(draft).filter(verb="application.begun_with").count() == 1


def test_empty_pages_copy_nothing(client, at, draft):
    assert client.post(at("earlier"), {"begin_with": "none"}).url == at("passport_first")
    assert not given(draft)


@pytest.mark.parametrize("chosen", ["", "x", "\x00", "0" * 10_000, "00000000-0000-0000-0000-000000000000"])
def test_what_was_not_offered_is_told(client, at, draft, chosen):
    assert "Error:" in text(client.post(at("earlier"), {"begin_with": chosen}))
    assert not given(draft)


def test_that_of_somebody_else_is_not_offered(client, at, draft):
    foreign = submitted_application()
    assert "Error:" in text(begin(client, at, foreign))
    assert not given(draft)


def test_a_draft_is_not_offered_and_a_withdrawn_one_is(client, at, draft, before, applicant):
    unsent = answer(VisaApplicationFactory(applicant=applicant), tourist())
    withdraw(before.case, by=applicant)
    page = text(client.get(at("earlier")))
    assert str(before.pk) in page
    assert str(unsent.pk) not in page


def test_of_each_traveller_the_last_one_is_offered(draft, before, applicant):
    again = submitted_application(applicant=applicant)
    child = submitted_application(applicant=applicant, answers=tourist() | {"name.given": "LEILA"})
    assert [offer.application for offer in earlier.offers(draft, applicant)] == [child, again]


def test_who_acts_for_the_applicant_is_offered_what_their_mandate_opens(draft, before, stranger):
    own = submitted_application(applicant=stranger)
    assert earlier.offers(draft, stranger) == []
    assert [offer.application for offer in earlier.offers(own, stranger)] == []


def test_the_page_and_the_check_say_so_and_let_everything_be_changed(client, at, draft, before):
    begin(client, at, before)
    page = text(client.get(at("page", "names")))
    assert "From your earlier application: still right? <strong>Surname, Given names and" in page
    assert 'value="AZAD"' in page
    assert "From your earlier application: still right?" in text(client.get(at("check")))
    client.post(
        at("page", "names"),
        {"shown": "name-surname name-given", "name-surname": "KARIMI", "name-given": "SHIRIN"},
    )
    assert given(draft)["name.surname"] == Entry("KARIMI")
    assert given(draft)["name.given"].source == Source.EARLIER


def test_a_fresh_task_list_leads_there(client, at, draft, before):
    assert at("earlier") in text(client.get(at("tasks")))
    begin(client, at, before)
    assert at("earlier") not in text(client.get(at("tasks")))


def test_offers_take_one_query(draft, before, applicant, django_assert_num_queries):
    with django_assert_num_queries(1):
        earlier.offers(draft, applicant)


def test_strangers_see_nothing(signed_in, stranger, at):
    assert signed_in(stranger).get(at("earlier")).status_code == 404


def test_every_section_that_lasts_is_one_of_the_questionnaire(draft):
    known = {section.id for section in draft.sheet.revision.document.sections}
    assert set(earlier.LASTING) <= known


def test_the_action_tells_how_many(draft, before, applicant):
    assert actions.begin_with(draft, before, by=applicant) == 20
    assert actions.begin_with(draft, before, by=applicant) == 0


def test_who_answers_as_this_one_does_has_the_answers_too(draft, before, applicant):
    other = companion(draft)
    type_in(draft, {"contact.email": "shirin@example.org"})
    actions.answer_alike(other, "contact", draft, by=applicant)
    actions.begin_with(draft, before, by=applicant)
    assert given(draft)["contact.phone"].value == given(other)["contact.phone"].value


def test_a_mandate_for_the_earlier_application_lets_its_holder_begin_with_it(
    draft, before, applicant, stranger
):
    for application in (draft, before):
        Mandate.objects.create(
            application=application, given_by=applicant, email=stranger.email, scope=Scope.FILL, ends_on=day(30),
            token_digest=str(application.pk), holder=stranger, accepted_at=timezone.now(),
        )  # fmt: skip
    assert [offer.application for offer in earlier.offers(draft, stranger)] == [before]
    actions.begin_with(draft, before, by=stranger)
    assert set(draft.sheet.answers.values_list("saved_by", flat=True)) == {stranger.pk}
