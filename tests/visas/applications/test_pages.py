"""Answering page by page: everything is saved, right or wrong, and shown again on any device."""

import re

import pytest
from django.urls import reverse

from consular.questionnaires.filling import Entry
from tests.factories.applications import (
    DECLARATION,
    VisaApplicationFactory,
    answer,
    complete,
    day,
    tourist,
)
from visas.applications.actions import submit

pytestmark = pytest.mark.django_db


def date_of(name, date, calendar="gregorian"):
    return {
        f"{name}_day": date.day,
        f"{name}_month": date.month,
        f"{name}_year": date.year,
        f"{name}_calendar": calendar,
    }


def shown(client, url):
    """Return what the page says that it asks, for posting it back."""
    return {"shown": re.search(r'name="shown" value="([^"]*)"', client.get(url).content.decode())[1]}


def post(client, url, **data):
    form = shown(client, url) | {name.replace("__", "-"): value for name, value in data.items()}
    return client.post(url, form)


def entries(draft):
    return draft.sheet.entries()


# Saving


def test_a_page_saves_what_it_got_and_leads_on(client, at, draft):
    response = post(client, at("page", "names"), name__surname="azad", name__given="Shirin")
    assert response.url == at("page", "birth")
    assert entries(draft)["name.surname"] == Entry("azad")
    assert entries(draft)["name.native"] == Entry()


def test_an_empty_page_is_saved_and_shows_an_error_a_question(client, at, draft):
    url = at("page", "names")
    assert post(client, url).url == url
    page = client.get(url).content.decode()
    assert "<title>Error: Your names" in page
    assert page.count("Enter your surname") == 2  # In the summary, and at the question
    assert "#id_name-surname" in page
    assert entries(draft)["name.surname"].is_wrong


def test_a_wrong_answer_comes_back_as_typed_on_another_device(client, at, applicant, signed_in):
    post(client, at("page", "names"), name__surname="آزاد", name__given="Shirin")
    page = signed_in(applicant).get(at("page", "names")).content.decode()
    assert 'value="آزاد"' in page
    assert "Latin letters" in page
    assert 'value="Shirin"' in page


def test_a_first_visit_shows_no_errors(client, at):
    page = client.get(at("page", "names")).content.decode()
    assert "Error" not in page
    assert "There is a problem" not in page


def test_save_and_come_back_later_leads_to_the_task_list_even_with_errors(client, at, draft):
    response = post(client, at("page", "names"), name__surname="", then="tasks")
    assert response.url == at("tasks")
    assert "In progress" in client.get(at("tasks")).content.decode()


def test_two_tabs_write_different_pages_without_losing_anything(client, at, draft):
    for page_id, data in {
        "names": {"name__surname": "AZAD"},
        "contact": {"contact__email": "a@example.org"},
    }.items():
        post(client, at("page", page_id), **data)
    saved = entries(draft)
    assert saved["name.surname"].value == "AZAD"
    assert saved["contact.email"].value == "a@example.org"


def test_in_two_tabs_with_the_same_page_the_last_to_write_a_question_wins(client, at, draft):
    form = shown(client, at("page", "names"))
    client.post(at("page", "names"), form | {"name-surname": "FIRST"})
    client.post(at("page", "names"), form | {"name-surname": "SECOND"})
    assert entries(draft)["name.surname"].value == "SECOND"


def test_a_post_of_an_older_page_does_not_touch_questions_that_it_did_not_show(client, at, draft):
    answer(draft, {"name.given": "SHIRIN"})
    client.post(at("page", "names"), {"shown": "name-surname", "name-surname": "AZAD"})
    assert entries(draft)["name.given"].value == "SHIRIN"


def test_fields_that_nobody_asked_for_are_passed_over(client, at, draft):
    post(client, at("page", "names"), name__surname="AZAD", passport__number="X1", shown__more="x", csrf="1")
    assert "passport.number" not in entries(draft)


def test_the_back_button_and_a_second_post_change_nothing(client, at, draft):
    form = shown(client, at("page", "names")) | {"name-surname": "AZAD"}
    first, second = client.post(at("page", "names"), form), client.post(at("page", "names"), form)
    assert first.url == second.url
    assert draft.sheet.answers.filter(question="name.surname").count() == 1


# Bad input


PERSIAN = {
    "passport__type": "ordinary",
    "passport__number": "N۱۲۳۴۵۶۷",
    "passport__issuer": "QNR",
    "passport-issued_on_day": "۷", "passport-issued_on_month": "۱", "passport-issued_on_year": "۱۴۰۴",
    "passport-issued_on_calendar": "solar_hijri",
    "passport-expires_on_day": "٧", "passport-expires_on_month": "١", "passport-expires_on_year": "١٤١٤",
    "passport-expires_on_calendar": "solar_hijri",
}  # fmt: skip


def test_persian_and_arabic_digits_are_read_everywhere(client, at, draft):
    post(client, at("page", "passport"), **PERSIAN)
    saved = entries(draft)
    assert saved["passport.number"].value == "N1234567"
    assert saved["passport.issued_on"].value.isoformat() == "2025-03-27"
    assert saved["passport.expires_on"].value.isoformat() == "2035-03-27"
    post(client, at("page", "contact"), contact__phone="۰۰۴۴ ۲۰ ۷۹۴۶ ۰۰۰۰")
    assert entries(draft)["contact.phone"].value == "+442079460000"


@pytest.mark.parametrize(
    "name", ["Suharto", "O'Connor", "O’Connor", "D'Arcy-Müller", "Nuñez de la Peña", "X"]
)
def test_names_that_people_have_are_taken(client, at, draft, name):
    post(client, at("page", "names"), name__surname=name)
    assert entries(draft)["name.surname"].value == name.replace("’", "'")
    assert not entries(draft)["name.given"].is_wrong


def test_five_thousand_characters_are_kept_and_told_in_numbers(client, at, draft):
    url = at("page", "purpose")
    text = "a" * 5000
    assert post(client, url, trip__purpose="tourism", trip__details=text).url == url
    page = client.get(url).content.decode()
    assert "1\N{NO-BREAK SPACE}000 characters or fewer. You have entered 5\N{NO-BREAK SPACE}000" in page
    assert text in page


@pytest.mark.parametrize(("typed", "says"), [("A\x00B", "character was lost"), ("A\u202eB", "invisible")])
def test_characters_that_cannot_be_kept_or_seen_are_told(client, at, typed, says):
    url = at("page", "names")
    assert post(client, url, name__surname=typed).url == url
    page = client.get(url).content.decode()
    assert says in page
    assert "A\N{REPLACEMENT CHARACTER}B" in page


def test_a_birth_date_in_the_future_is_told(client, at):
    url = at("page", "birth")
    data = {"birth__place": "Sabel", "birth__country": "QNR", **date_of("birth-on", day(3))}
    assert post(client, url, **data).url == url
    assert "Date of birth must be in the past" in client.get(url).content.decode()


def test_an_expired_passport_is_told(client, at):
    url = at("page", "passport")
    dates = date_of("passport-issued_on", day(-4000)) | date_of("passport-expires_on", day(-1))
    data = {"passport__type": "ordinary", "passport__number": "N1", "passport__issuer": "QNR", **dates}
    assert post(client, url, **data).url == url
    assert "This passport has expired" in client.get(url).content.decode()


def test_a_trip_that_outlasts_the_passport_sends_back_to_the_passport(client, at, draft):
    answer(draft, tourist() | {"passport.expires_on": day(200)})
    page = client.get(at("check")).content.decode()
    assert f"{at('page', 'passport')}?from=check" in page
    assert "must be valid until" in client.get(at("page", "passport")).content.decode()


def test_errors_are_in_the_language_of_the_page(client, draft, settings):
    url = f"/fa/apply/{draft.pk}/questions/names/"
    client.post(url, {"shown": "name-surname", "name-surname": ""})
    page = client.get(url).content.decode()
    assert "نام خانوادگی خود را وارد کنید" in page
    assert 'dir="rtl"' in page


# Order


def test_the_page_that_depends_on_an_answer_follows_it(client, at, draft):
    answer(draft, {"nationality.current": "QNR"})
    response = post(
        client, at("page", "nationality"), nationality__current="QNR", nationality__has_others="yes"
    )
    assert response.url == at("page", "other-nationalities")
    response = post(
        client, at("page", "nationality"), nationality__current="QNR", nationality__has_others="no"
    )
    assert response.url == at("page", "passport")


def test_a_page_that_is_not_asked_leads_to_the_task_list(client, at, draft):
    assert client.get(at("page", "guardian")).url == at("tasks")
    answer(draft, {"birth.on": day(-3650)})
    assert client.get(at("page", "guardian")).status_code == 200


def test_what_is_posted_to_a_page_that_is_no_longer_asked_is_kept(client, at, draft):
    client.post(at("page", "host"), {"shown": "host-name", "host-name": "Maryam"})
    assert entries(draft)["host.name"].value == "Maryam"


def test_answers_come_back_when_their_page_reappears(client, at, draft):
    answer(draft, {"trip.lodging": "host", "trip.place": "V", "org.invites": False, "host.name": "Maryam"})
    post(client, at("page", "stay"), trip__lodging="booked", trip__place="V", org__invites="no")
    assert "Maryam" not in client.get(at("check")).content.decode()
    post(client, at("page", "stay"), trip__lodging="host", trip__place="V", org__invites="no")
    assert 'value="Maryam"' in client.get(at("page", "host")).content.decode()


def test_a_change_leads_back_to_the_check(client, at, draft):
    complete(draft)
    url = f"{at('page', 'names')}?from=check"
    assert at("check") in client.get(url).content.decode()
    assert post(client, url, name__surname="AZADI").url == at("check")


def test_a_change_that_opens_questions_asks_them_before_the_check(client, at, draft):
    complete(draft)
    url = f"{at('page', 'work')}?from=check"
    assert post(client, url, work__occupation="student").url == f"{at('page', 'school')}?from=check"


def test_the_last_page_leads_to_the_task_list(client, at, draft):
    complete(draft)
    assert post(client, at("page", "helper"), helper__fills="no").url == at("tasks")


@pytest.mark.parametrize("page_id", ["nothing", "declaration"])
def test_a_page_that_does_not_exist_is_not_found(client, at, page_id):
    assert client.get(at("page", page_id)).status_code == 404


# Every page


def test_every_page_of_the_questionnaire_can_be_shown_empty_and_after_an_empty_post(client, at, draft):
    answer(draft, tourist() | {
        "birth.on": day(-3650), "person.civil": "other", "nationality.has_others": True, "work.occupation": "clerks",
        "family.citizen": True, "trip.entries": "M", "trip.lodging": "host", "org.invites": True,
        "paying.by": "sponsor", "sponsor.who": "other", "prints.taken": True, "helper.fills": True,
        "nationality.current": "QPB",
    })  # fmt: skip
    filling = draft.sheet.filling(lambda answers: {"category": "TV", "residence": "QNR", "age": 10})
    assert len(filling.pages()) > 25
    for page in filling.pages():
        url = at("page", page.id)
        assert client.get(url).status_code == 200
        client.post(url, shown(client, url) | {"then": "tasks"})
        assert client.get(url).status_code in {200, 302}
        answer(
            draft,
            {name: filling.facts[name] for name in (q.id for q in page.questions) if filling.facts.get(name)},
        )


# Who and when


@pytest.mark.parametrize(
    "name", ["tasks", "documents", "check", "declaration", "discard", "submitted", "receipt", "passport"]
)
def test_a_stranger_gets_404_everywhere(signed_in, stranger, at, name):
    assert signed_in(stranger).get(at(name)).status_code == 404


def test_a_stranger_can_neither_read_nor_write_a_page(signed_in, stranger, at, draft):
    browser = signed_in(stranger)
    assert browser.get(at("page", "names")).status_code == 404
    assert (
        browser.post(at("page", "names"), {"shown": "name-surname", "name-surname": "X"}).status_code == 404
    )
    assert not entries(draft)


def test_an_officer_is_a_stranger_here(signed_in, officer, at):
    assert signed_in(officer).get(at("tasks")).status_code == 404


def test_who_is_signed_out_is_asked_to_sign_in(db, at):
    from django.test import Client

    assert Client().get(at("tasks")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["tasks", "documents", "check", "declaration", "discard", "passport"])
def test_after_submission_every_page_leads_to_the_receipt(client, at, draft, applicant, name):
    submit(answer(complete(draft), DECLARATION), by=applicant, language="en")
    assert client.get(at(name)).url == at("submitted")
    assert client.post(at("page", "names"), {"shown": "name-surname", "name-surname": "X"}).url == at(
        "submitted"
    )


def test_a_page_that_was_left_open_while_another_tab_submitted_leads_to_the_receipt(
    client, at, draft, applicant
):
    submit(answer(complete(draft), DECLARATION), by=applicant, language="en")
    response = client.post(at("declaration"), {"shown": "declare-truth", "declare-truth": "on"})
    assert response.url == at("submitted")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_page_takes_get_and_post_only(client, at, method):
    assert getattr(client, method)(at("page", "names")).status_code == 405


# What it costs


def test_a_page_is_shown_with_five_queries(client, at, draft, django_assert_num_queries):
    answer(draft, tourist())
    client.get(at("page", "names"))
    with django_assert_num_queries(5):  # session, user, application, version of the policy, answers
        client.get(at("page", "names"))


def test_a_page_is_saved_with_nine_queries(client, at, draft, django_assert_num_queries):
    answer(draft, tourist())
    form = shown(client, at("page", "names")) | {"name-surname": "AZAD"}
    with django_assert_num_queries(9):  # the five, a savepoint, a lock, one upsert
        client.post(at("page", "names"), form)


def test_other_drafts_and_answers_do_not_make_a_page_dearer(
    client, at, draft, applicant, django_assert_num_queries
):
    for other in VisaApplicationFactory.create_batch(3, applicant=applicant):
        answer(other, tourist())
    client.get(at("page", "names"))
    with django_assert_num_queries(5):
        client.get(at("page", "names"))
