"""Beginning: which visa, which mission, one draft a form."""

import re

import pytest
from django.urls import reverse

from consular.missions.models import Mission
from tests.factories.applications import VisaApplicationFactory, VisaMissionFactory, answer, ensure_law
from tests.factories.missions import MissionFactory
from visas.applications import rules
from visas.applications.models import VisaApplication
from visas.policy.book import current
from visas.policy.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _missions(db):
    ensure_law()
    VisaMissionFactory(code="for-naruvia")
    MissionFactory(code="citizens-only", jurisdiction=["QS"], services=["citizens"])


@pytest.fixture
def url():
    return reverse("applications:start")


def token(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def begin(client, url, **data):
    form = {"token": token(client.get(url)), "category": "TV", "residence": "QNR", **data}
    return client.post(url, form), form


def test_the_form_offers_what_this_portal_takes(client, url):
    page = client.get(url).content.decode()
    names = [str(category.name) for category in current().categories]
    assert len(names) == 12
    for name in names:
        assert name in page
    assert "Study, research, work and reporting" in page
    assert "For citizens of: Iltera and Utopia." in page


def test_a_visa_that_this_portal_does_not_take_is_not_offered(client, url):
    Category.objects.filter(code="ST").update(online=False)
    assert "Student visa" not in client.get(url).content.decode()


def test_a_category_may_be_chosen_by_the_link(client, url):
    page = client.get(url, {"category": "TR"}).content.decode()
    assert re.search(r'value="TR"[^>]*checked', page)


def test_it_makes_a_draft_at_the_mission_for_the_country(client, url, applicant):
    response, _ = begin(client, url)
    draft = VisaApplication.objects.get()
    assert response.url == reverse("applications:passport_first", args=[draft.pk])
    assert (draft.applicant, draft.category, draft.residence, draft.mission.code) == (
        applicant,
        "TV",
        "QNR",
        "for-naruvia",
    )


def test_the_same_form_sent_twice_makes_one_draft(client, url):
    first, form = begin(client, url)
    second = client.post(url, form)
    assert second.url == first.url
    assert VisaApplication.objects.count() == 1


def test_after_the_back_button_the_same_draft_takes_the_other_answer(client, url):
    first, form = begin(client, url)
    assert client.post(url, form | {"category": "TR"}).url == first.url
    assert VisaApplication.objects.get().category == "TR"


def test_a_fresh_form_makes_another_draft(client, url):
    begin(client, url)
    begin(client, url)
    assert VisaApplication.objects.count() == 2


def test_a_form_of_another_person_makes_nothing(client, url, signed_in, stranger):
    form = {"token": token(signed_in(stranger).get(url)), "category": "TV", "residence": "QNR"}
    response = client.post(url, form)
    assert "was open for another person" in response.content.decode()
    assert not VisaApplication.objects.exists()
    assert client.post(url, form | {"token": "nonsense"}).status_code == 200


def test_an_empty_form_says_what_to_select(client, url):
    response, _ = begin(client, url, category="", residence="")
    page = response.content.decode()
    assert "<title>Error:" in page
    assert "Select which visa you need" in page
    assert "Select the country where you live" in page


def test_a_country_that_no_mission_takes_is_told(client, url):
    response, _ = begin(client, url, residence="QSD")
    assert "None of our missions takes applications" in response.content.decode()
    assert not VisaApplication.objects.exists()


@pytest.mark.parametrize(
    ("residence", "code"), [("QNR", "for-naruvia"), ("QSD", "all"), ("FRA", "all"), ("UTO", "all")]
)
def test_the_mission_nearest_to_the_traveller_takes_the_application(residence, code):
    VisaMissionFactory(code="all", jurisdiction=[], serves_everyone_else=True)
    assert rules.mission_for(residence) == Mission.objects.get(code=code)


def test_the_home_page_lists_my_drafts_and_nobody_elses(client, draft, signed_in, stranger):
    response = client.get(reverse("applications:list"), follow=True)
    assert response.redirect_chain == [(reverse("portal:home"), 302)]
    assert reverse("applications:tasks", args=[draft.pk]) in response.content.decode()
    assert str(draft.pk) not in signed_in(stranger).get(reverse("portal:home")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_drafts_are_found_with_one_query_the_last_saved_first(applicant, number, django_assert_num_queries):
    begun = VisaApplicationFactory.create_batch(number, applicant=applicant)
    answer(begun[0], {"name.surname": "AZAD"})
    with django_assert_num_queries(1):
        found = list(VisaApplication.objects.drafts_of(applicant))
    assert found[0] == begun[0]
    assert all(draft.saved_at for draft in found)
