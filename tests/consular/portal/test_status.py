import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consular.cases import actions
from consular.cases.models.case import CaseQuerySet
from consular.lib.references import new_reference

pytestmark = pytest.mark.django_db

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def look_up(
    client, reference, day="17", month="5", year="1990", calendar="gregorian", language="en", **extra
):
    data = {
        "reference": reference, "birth_on_day": day, "birth_on_month": month, "birth_on_year": year,
        "birth_on_calendar": calendar,
    }  # fmt: skip
    return client.post(f"/{language}/status/", data, **extra)


def test_the_page_needs_no_account(client):
    assert client.get("/en/status/").status_code == 200
    assert client.get("/fa/status/").status_code == 200


def test_a_right_pair_opens_the_status(client, received):
    response = look_up(client, received.spaced_reference)
    assert response["Location"] == reverse("portal:status_result", args=[received.reference])
    text = client.get(response["Location"]).content.decode()
    assert "Received, and in the queue" in text
    assert "acts next" in text


@pytest.mark.parametrize(
    "way",
    [str.lower, lambda r: r.replace("-", " "), lambda r: r.replace("-", ""), lambda r: r.translate(PERSIAN)],
)
def test_a_reference_may_be_typed_in_many_ways(client, received, way):
    assert look_up(client, way(received.spaced_reference)).status_code == 302


def test_a_birth_date_may_be_persian_digits_in_the_solar_hijri_calendar(client, received):
    response = look_up(client, received.reference, "۲۷", "۲", "۱۳۶۹", calendar="solar_hijri", language="fa")
    assert response.status_code == 302


def test_the_result_names_nobody_and_holds_no_birth_date(client, received):
    response = look_up(client, received.reference)
    text = client.get(response["Location"]).content.decode()
    for personal in ("AZAD", "آزاد", "1990", "1369", "applicant@example.org", "Shirin"):
        assert personal not in text
        assert personal not in response["Location"]


def test_a_wrong_reference_and_a_wrong_date_get_one_answer(client, received):
    wrong_date, wrong_reference = (
        look_up(client, received.reference, year="1991"),
        look_up(client, new_reference()),
    )

    def shown(response):
        return [message for messages in response.context["form"].errors.values() for message in messages]

    assert wrong_date.status_code == wrong_reference.status_code == 200
    assert shown(wrong_date) == shown(wrong_reference) != []


def test_both_wrong_answers_do_the_same_work(client, received):
    with CaptureQueriesContext(connection) as wrong_date:
        look_up(client, received.reference, year="1991", REMOTE_ADDR="10.0.0.1")
    with CaptureQueriesContext(connection) as wrong_reference:
        look_up(client, new_reference(), REMOTE_ADDR="10.0.0.2")
    assert len(wrong_date) == len(wrong_reference)


def test_a_mistyped_reference_is_told_at_once(client):
    text = look_up(client, "QV7K-M3WF-D2H3").content.decode()
    assert "12 letters and digits" in text


@pytest.mark.parametrize("reference", ["", "'; DROP TABLE--", "%", "a\x00b", "QV7K%", "۱" * 12, "x" * 5000])
def test_bad_references_get_a_message(client, reference):
    response = look_up(client, reference)
    assert response.status_code == 200
    assert response.context["form"].errors["reference"]


def test_an_impossible_date_gets_a_message(client, received):
    for day, month, year in (("31", "2", "1990"), ("", "", ""), ("1", "1", "2999"), ("x", "y", "z")):
        response = look_up(client, received.reference, day, month, year)
        assert response.context["form"].errors["birth_on"]


def test_after_five_wrong_dates_a_reference_is_closed_for_an_hour(client, received):
    for year in range(1991, 1996):
        look_up(client, received.reference, year=str(year), REMOTE_ADDR=f"10.0.0.{year - 1990}")
    response = look_up(client, received.reference, REMOTE_ADDR="10.0.0.99")
    assert response.status_code == 200
    assert "Too many wrong tries" in response.content.decode()


def test_right_tries_close_nothing(client, received):
    for number in range(8):
        assert look_up(client, received.reference, REMOTE_ADDR=f"10.0.0.{number}").status_code == 302


def test_an_address_has_ten_tries_a_minute(client):
    answers = [look_up(client, new_reference()).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_result_is_not_open_to_another_browser(client, received):
    address = look_up(client, received.reference)["Location"]
    response = Client().get(address)
    assert response.status_code == 200
    assert "Received, and in the queue" not in response.content.decode()
    assert received.spaced_reference in response.content.decode()


def test_a_reference_that_is_nobodys_looks_the_same_to_who_only_knows_the_address(client, received):
    known = client.get(reverse("portal:status_result", args=[received.reference])).content.decode()
    other = new_reference()
    unknown = client.get(reverse("portal:status_result", args=[other])).content.decode()
    assert known.count("govuk") == unknown.count("govuk")


def test_a_result_closes_after_half_an_hour(client, received):
    address = look_up(client, received.reference)["Location"]
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "Received, and in the queue" not in client.get(address).content.decode()
        assert client.get(address + "state/").status_code == 204


def test_checking_again_asks_nothing(client, received, officer):
    address = look_up(client, received.reference)["Location"]
    actions.claim(received, by=officer)
    assert "Being reviewed by an officer" in client.get(address).content.decode()


def test_the_state_is_asked_for_by_script_with_an_etag(client, received):
    address = look_up(client, received.reference)["Location"] + "state/"
    first = client.get(address)
    assert "<html" not in first.content.decode()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert Client().get(address).status_code == 204


def test_a_withdrawn_case_says_so_and_asks_no_more(client, received, applicant):
    actions.withdraw(received, by=applicant)
    text = client.get(look_up(client, received.reference)["Location"]).content.decode()
    assert "Withdrawn by you" in text
    assert "data-poll-url" not in text


@pytest.mark.django_db(transaction=True)
def test_of_thirty_parallel_guesses_at_one_reference_five_are_answered(received, monkeypatch):
    asked: list[str] = []
    find = CaseQuerySet.exists
    monkeypatch.setattr(CaseQuerySet, "exists", lambda self: asked.append("") or find(self))
    start = threading.Barrier(6)

    def guess(worker: int) -> None:
        start.wait()
        try:
            for number in range(5):
                look_up(
                    Client(),
                    received.reference,
                    year=str(1950 + worker),
                    REMOTE_ADDR=f"10.1.{worker}.{number}",
                )
        finally:
            connection.close()

    workers = [threading.Thread(target=guess, args=[worker]) for worker in range(6)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(asked) == 5
