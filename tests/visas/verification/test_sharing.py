"""Share codes: the purpose decides what is seen, guesses tell nothing, and the holder sees every look."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from visas.issuance.actions.suspend import suspend
from visas.verification import actions, sharing, sharing_views
from visas.verification.models import DailyCount, Look, Share
from visas.verification.status import FIELDS, Purpose

pytestmark = pytest.mark.django_db
SHARE = "/en/verify/share/"


@pytest.fixture(autouse=True)
def _no_tries_yet(db):
    cache.clear()


@pytest.fixture
def make(evisa, applicant):
    return lambda purpose=Purpose.EMPLOYER, days=30: actions.share(
        evisa, purpose=purpose, days=days, by=applicant
    )


@pytest.fixture
def page(evisa):
    return reverse("verification:shares", args=[evisa.application_id])


def typed(code, born, **more):
    parts = {"birth_on_day": born.day, "birth_on_month": born.month, "birth_on_year": born.year}
    return {"code": code, "birth_on_calendar": "gregorian", **parts, **more}


@pytest.fixture
def look(client, evisa):
    born = evisa.application.traveller.birth_on
    return lambda code, **more: client.post(SHARE, typed(code, born, **more)).content.decode()


def test_the_holder_makes_a_code_and_somebody_sees_the_visa(signed_in, applicant, page, look, evisa):
    response = signed_in(applicant, second_factor=False).post(page, {"purpose": "E", "days": "30"})
    code = re.search(r"[AESLB][2-9A-Z]{2}-[2-9A-Z]{3}-[2-9A-Z]{3}", response.content.decode())[0]
    assert code.startswith("E")
    for written in (code, code.lower(), code.replace("-", " ")):
        assert "Genuine and in force" in look(written) or "not yet in force" in look(written)
    again = signed_in(applicant, second_factor=False).get(page).content.decode()
    assert code not in again
    assert "Somebody looked" in again
    assert Entry.objects.get(verb="evisa.shared").detail["purpose"] == "E"


@pytest.mark.parametrize("purpose", Purpose.values)
def test_each_purpose_shows_its_fields_and_no_others(look, make, evisa, purpose):
    person, shown = evisa.application.traveller, look(make(Purpose(purpose)))
    assert person.surname in shown
    assert (person.passport_number in shown) == (purpose == Purpose.AIRLINE)
    assert ("Nationality" in shown) == ("nationality" in FIELDS[purpose])
    assert evisa.number not in shown


def test_only_an_airline_sees_a_passport_number():
    assert [purpose for purpose, names in FIELDS.items() if "passport_number" in names] == [Purpose.AIRLINE]
    assert set(FIELDS) == set(Purpose)


def test_a_wrong_code_a_wrong_date_and_an_ended_code_get_one_answer(look, make, client, evisa):
    code = make()
    assert evisa.application.traveller.birth_on.year != 1950
    answers = [look(code, birth_on_year="1950"), look("E22222222")]
    Share.objects.update(revoked_at=timezone.now())
    answers.append(look(code))
    Share.objects.update(revoked_at=None, made_at=timezone.now() - timedelta(days=40))
    Share.objects.update(ends_at=timezone.now() - timedelta(days=10))
    answers.append(look(code))
    assert all("No visa is shown with this code" in each for each in answers)
    assert len({re.sub(r'value="[^"]*"|nonce="[^"]*"', "", each) for each in answers}) == 1
    assert Look.objects.count() == 0


def test_wrong_code_and_wrong_date_cost_the_same_queries(look, make, django_assert_num_queries):
    code = make()
    with django_assert_num_queries(1):
        assert sharing.find("E22222222", timezone.localdate(), at=timezone.now()) is None
    with django_assert_num_queries(1):
        assert sharing.find(code, timezone.localdate(), at=timezone.now()) is None


def test_after_five_wrong_dates_the_code_is_closed_even_for_the_right_one(look, make):
    code = make()
    for _ in range(5):
        assert "No visa is shown" in look(code, birth_on_year="1950")
    assert "No visa is shown" in look(code)
    cache.clear()
    assert "No visa is shown" not in look(code)
    assert Look.objects.count() == 1


def test_after_thirty_wrong_dates_the_code_is_closed_for_the_week(look, make, monkeypatch):
    code = make()
    week = (("share-code-week", 2, 7 * 24 * 3600),)
    monkeypatch.setattr(sharing_views, "WRONG_TRIES_FOR_A_CODE", week)
    for _ in range(2):
        look(code, birth_on_year="1950")
    assert "No visa is shown" in look(code)


def test_right_looks_do_not_count_as_tries(look, make):
    code = make()
    for _ in range(7):
        look(code)
    assert Look.objects.count() == 7


def test_an_address_has_twenty_tries_in_ten_minutes(client, evisa):
    born = evisa.application.traveller.birth_on
    codes = [f"E{place:08}".replace("0", "2").replace("1", "3") for place in range(25)]
    answers = [client.post(SHARE, typed(code, born)).status_code for code in codes]
    assert answers == [200] * sharing_views.TRIES_OF_AN_ADDRESS + [429] * 5


def test_a_suspended_visa_is_shown_as_suspended(look, make, evisa, head):
    code = make()
    suspend(evisa, by=head)
    assert "Suspended" in look(code)


def test_a_code_ends_when_its_holder_says_so(signed_in, applicant, stranger, page, look, make):
    code, shared = make(), Share.objects.get()
    end = f"{page}{shared.pk}/end/"
    assert signed_in(stranger).post(end).status_code == 404
    assert signed_in(applicant, second_factor=False).get(end).status_code == 405
    assert signed_in(applicant, second_factor=False).post(end).status_code == 302
    assert "No visa is shown" in look(code)


def test_to_a_stranger_and_to_staff_there_is_no_such_page(signed_in, stranger, head, page, client):
    assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(head).post(page, {"purpose": "E", "days": "30"}).status_code == 404
    assert client.get(page).status_code == 302


def test_a_revoked_visa_is_not_shared(signed_in, applicant, page, revoked):
    assert signed_in(applicant, second_factor=False).get(page).status_code == 404


@pytest.mark.parametrize("wrong", [{"purpose": "X", "days": "30"}, {"purpose": "E", "days": "91"}, {}])
def test_what_is_not_offered_makes_no_code(signed_in, applicant, page, wrong):
    assert signed_in(applicant, second_factor=False).post(page, wrong).status_code == 200
    assert not Share.objects.exists()


def test_the_database_keeps_no_code_and_none_for_longer_than_ninety_days(make):
    code = make(days=90)
    shared = Share.objects.get()
    assert code not in str(vars(shared))
    for change in ({"ends_at": shared.made_at + timedelta(days=91)}, {"purpose": "X"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Share.objects.update(**change)


def test_a_visa_has_at_most_twenty_codes(signed_in, applicant, page, make):
    for _ in range(20):
        make()
    response = signed_in(applicant, second_factor=False).post(page, {"purpose": "E", "days": "7"})
    assert "End one before you make another" in response.content.decode()


@pytest.mark.parametrize(
    "code", ["", "E", "Z22222222", "E2222222", "E222222222", "E0000OIL1", "٣" * 9, "E\x0022222222"]
)
def test_what_cannot_be_a_code_is_told_at_once(look, code, evisa):
    assert "share code" in look(code).lower()
    assert not DailyCount.objects.exists()


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_the_page_is_there_in_five_languages(client, language):
    assert client.get(f"/{language}/verify/share/").status_code == 200


def test_the_case_page_leads_there(signed_in, applicant, evisa, page):
    case = evisa.application.submitted_case
    assert (
        page
        in signed_in(applicant, second_factor=False)
        .get(reverse("portal:case_detail", args=[case.reference]))
        .content.decode()
    )
