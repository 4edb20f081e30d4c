"""The checker asks plainly, answers at an address of its own, and never breaks on what it is given."""

import re
from html import escape
from urllib.parse import quote

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings, strategies

from consular.lib import countries
from visas.policy.models import Category, Fingerprints, Rule

QUESTION = {
    "nationality": "IRN",
    "document": "ordinary",
    "purpose": "tourism",
    "days": "30",
    "on_day": "24",
    "on_month": "12",
    "on_year": "2026",
    "on_calendar": "gregorian",
}
ADDRESS = "/en/visas/check/IRN/ordinary/tourism/30/2026-12-24/"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def ask(site, language="en", **changes):
    return site.get(f"/{language}/visas/check/?" + urlencode(QUESTION | changes))


def test_a_complete_question_leads_to_its_answer(site):
    assert ask(site).headers["Location"] == ADDRESS


@pytest.mark.parametrize(
    "changes",
    [
        {"days": "۳۰", "on_day": "۲۴", "on_month": "۱۲", "on_year": "۲۰۲۶"},
        {"days": "٣٠", "on_day": "٢٤", "on_month": "١٢", "on_year": "٢٠٢٦"},
        {"on_day": "۳", "on_month": "۱۰", "on_year": "۱۴۰۵", "on_calendar": "solar_hijri"},
    ],
)
def test_digits_and_calendars_of_the_reader_are_understood(site, changes):
    assert ask(site, **changes).headers["Location"] == ADDRESS


def test_the_answer_says_what_why_since_when_where_how_long_and_how_much(site):
    page = text(site.get(ADDRESS))
    for words in [
        "You need a visa",
        "Tourist visa",
        "No agreement on visa-free visits covers your nationality",
        "In force since 1 January 2024",
        "Entry and Stay Act (No. 14 of 2023)",
        "60 euros",
        "10 working days",
        "No interview",
        "No. You do everything on this portal.",
        "Express handling: 50 % of the fee",
        "On this portal",
        "Passport page with your photo",
        "6 months after the day you leave",
    ]:
        assert words in page


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ("QSD/ordinary/business/20/2026-12-24", "You may stay up to 90 days in any 180 days"),
        ("QTI/ordinary/tourism/20/2026-12-24", "You need an electronic travel authorisation"),
        ("QTI/ordinary/tourism/20/2026-12-24", "if you arrive on 1 March 2027 or later"),
        ("QTI/ordinary/tourism/75/2026-12-24", "A stay of 60 days or less has another answer"),
        ("QNR/ordinary/tourism/20/2026-12-24", "You need a visa and an interview"),
        (
            "QNR/refugee/tourism/20/2026-12-24",
            "Refugees with a travel document under the 1951 Convention pay nothing",
        ),
        ("IRN/ordinary/tourism/120/2026-12-24", "No visa covers a stay of 120 days"),
        ("IRN/ordinary/tourism/10/2025-07-01", "This day is in the past"),
        ("QVM/ordinary/work/900/2026-12-24", "You do not need a visa"),
    ],
)
def test_each_kind_of_answer_is_plain(site, parts, words):
    assert words in text(site.get(f"/en/visas/check/{parts}/"))


@pytest.mark.parametrize(
    ("parts", "offered"),
    [
        ("IRN/ordinary/tourism/30", True),
        ("IRN/ordinary/tourism/120", False),
        ("IRN/ordinary/work/30", True),
        ("QSD/ordinary/tourism/30", False),
    ],
)
def test_an_application_is_offered_only_where_one_can_be_made(site, parts, offered):
    page = site.get(f"/en/visas/check/{parts}/2026-12-24/").content.decode()
    assert ("/apply/" in page) == offered


def test_an_answer_leads_back_to_the_question_with_its_answers(site):
    page = site.get(ADDRESS).content.decode()
    change = re.search(r'href="(/en/visas/check/\?[^"]+)"', page)[1].replace("&amp;", "&")
    form = site.get(change).content.decode()
    assert "<option selected>Iran</option>" in form
    assert 'value="30"' in form
    assert "govuk-error-summary" not in form


@pytest.mark.parametrize(
    "parts",
    [
        "irn/ordinary/tourism/30/2026-12-24",
        "IRN/ordinary/tourism/۳۰/2026-12-24",
        "IR/ordinary/tourism/30/2026-12-24",
    ],
)
def test_an_address_written_otherwise_leads_to_the_right_one_or_asks_again(site, parts):
    response = site.get(f"/en/visas/check/{parts}/")
    assert response.status_code == 404 or response.headers["Location"] == ADDRESS


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ("XYZ/ordinary/tourism/30/2026-12-24", "Select a nationality from the list"),
        ("IRN/library-card/tourism/30/2026-12-24", "Select one of the answers that are offered"),
        ("IRN/ordinary/espionage/30/2026-12-24", "Select one of the answers that are offered"),
        ("IRN/ordinary/tourism/many/2026-12-24", "Number of days must be a whole number"),
        ("IRN/ordinary/tourism/0/2026-12-24", "Number of days must be 1 or more"),
        ("IRN/ordinary/tourism/-5/2026-12-24", "Number of days must be 1 or more"),
        ("IRN/ordinary/tourism/99999/2026-12-24", "Number of days must be 3 660 or fewer"),
        ("IRN/ordinary/tourism/30/tomorrow", "Date of arrival must include a month"),
        ("IRN/ordinary/tourism/30/2026-02-30", "There is no 30 February 2026"),
        ("IRN/ordinary/tourism/30/2026-13-01", "The month of date of arrival must be a number from 1 to 12"),
        ("IRN/ordinary/tourism/30/1999-01-01", "Date of arrival must be 1 January 2024 or later"),
        ("IRN/ordinary/tourism/30/2199-01-01", "Date of arrival must be 26 November 2029 or earlier"),
    ],
)
def test_an_address_that_makes_no_sense_asks_again_and_says_why(site, parts, message):
    response = site.get(f"/en/visas/check/{parts}/")
    assert response.status_code == 404
    assert "There is a problem" in text(response)
    assert message in text(response)


@pytest.mark.parametrize(
    "nasty",
    [
        "%3Cscript%3E",
        "%E2%80%AE",
        "%F0%9F%92%A9",
        "a" * 2000,
        "'",
        "%22",
        "..",
        "%25",
        "٣",
        "1e9",
        "९९",
        "%0d%0a",
    ],
)
@pytest.mark.parametrize("place", range(5))
def test_nothing_in_an_address_breaks_the_page(site, nasty, place):
    parts = ["IRN", "ordinary", "tourism", "30", "2026-12-24"]
    parts[place] = nasty
    response = site.get(f"/en/visas/check/{'/'.join(parts)}/")
    assert response.status_code in {302, 404}
    assert "<script>" not in response.content.decode()


# What people paste, mistype and try: text of any kind, numbers in any digits, dates that are none.
PART = strategies.one_of(
    strategies.text(min_size=1, max_size=30).filter(lambda text: text not in {".", ".."}),
    strategies.from_regex(r"[-+]?[0-9۰-۹٠-٩]{1,12}", fullmatch=True),
    strategies.from_regex(r"[0-9۰-۹]{1,5}-[0-9۰-۹]{1,3}-[0-9۰-۹]{1,3}", fullmatch=True),
    strategies.sampled_from(
        ["IRN", "irn", "XXA", "ordinary", "refugee", "tourism", "30", "2026-12-24", "QNR"]
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=strategies.lists(PART, min_size=5, max_size=5), language=strategies.sampled_from(["en", "fa", "ar"])
)
def test_whatever_stands_in_the_address_it_is_an_answer_or_a_clear_page(site, parts, language):
    path = "/".join(quote(part, safe="") for part in parts)
    response = site.get(f"/{language}/visas/check/{path}/")
    assert response.status_code in {200, 301, 302, 400, 404}
    if response.status_code == 404:
        assert f'lang="{language}"' in response.content.decode()


def test_an_address_that_makes_no_sense_is_explained_in_the_readers_language(site):
    response = site.get("/fa/visas/check/IRN/ordinary/tourism/۰/2026-12-24/")
    assert response.status_code == 404
    assert 'dir="rtl"' in response.content.decode()


def test_a_day_for_which_the_law_has_a_gap_is_a_clear_page(site):
    Rule.objects.filter(group__code="C").update(valid_to="2026-12-31")
    response = site.get("/en/visas/check/IRN/ordinary/tourism/30/2027-02-01/")
    assert response.status_code == 404
    assert "The law that we keep here says nothing about this day." in text(response)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ("IRN/ordinary/tourism/30", "No. You do everything on this portal."),
        ("QNR/ordinary/tourism/30", "Yes, for an interview, unless the officer holds it by video."),
        ("QNR/ordinary/tourism/30", "Who comes gives fingerprints. Children under 12 give none."),
        (
            "IRN/ordinary/study/300",
            "Only if the officer has questions. Then you are invited to an interview.",
        ),
        ("IRN/ordinary/business/30", "No. You do everything on this portal."),
        ("IRN/ordinary/humanitarian/20", "No. An officer telephones you."),
    ],
)
def test_the_answer_says_whether_to_come(site, parts, words):
    assert words in text(site.get(f"/en/visas/check/{parts}/2026-12-24/"))


def test_a_visa_that_this_portal_does_not_take_is_applied_for_at_an_embassy(site):
    Category.objects.filter(code="WK").update(online=False)
    page = text(site.get("/en/visas/check/IRN/ordinary/work/300/2026-12-24/"))
    assert "Embassy Port Sabel" in page
    assert "/apply/" not in page


@pytest.mark.parametrize(
    "parts", ["IRN/ordinary/tourism/30", "IRN/ordinary/humanitarian/20", "QTI/ordinary/tourism/9"]
)
def test_who_does_not_come_gives_no_fingerprints(site, parts):
    assert "fingerprints" not in text(site.get(f"/en/visas/check/{parts}/2026-12-24/"))


def test_where_the_law_asks_for_no_fingerprints_none_are_mentioned(site):
    Fingerprints.objects.all().delete()
    assert "fingerprints" not in text(site.get("/en/visas/check/QNR/ordinary/tourism/30/2026-12-24/"))


def test_express_is_not_offered_where_the_law_does_not_offer_it(site):
    page = text(site.get("/en/visas/check/IRN/ordinary/work/300/2026-12-24/"))
    assert "Return by courier: 15 euros" in page
    assert "Express" not in page


def test_the_answer_leads_to_the_checklist_on_paper_and_to_the_fee_of_several(site):
    page = site.get(ADDRESS).content.decode()
    assert 'href="checklist.pdf"' in page
    assert "/en/visas/fees/calculator/?category=TV&amp;document=ordinary&amp;people=1" in page
    none = site.get("/en/visas/check/QSD/ordinary/tourism/30/2026-12-24/").content.decode()
    assert "checklist.pdf" not in none


def test_an_answer_costs_one_query_and_a_few_when_this_process_knows_nothing(site, django_assert_num_queries):
    site.get(ADDRESS)
    with django_assert_num_queries(1):
        site.get(ADDRESS + "?again")


def test_an_empty_form_is_asked_without_complaint(site):
    page = site.get("/en/visas/check/")
    assert page.status_code == 200
    assert "There is a problem" not in text(page)


def test_a_form_sent_empty_says_what_is_missing(site):
    page = text(site.get("/en/visas/check/?nationality=&document=&days=&on_day=&on_month=&on_year="))
    for message in [
        "Select the nationality in your passport",
        "Select the kind of your travel document",
        "Select what you are travelling for",
        "Enter how many days you will stay",
        "Enter the day on which you will arrive",
    ]:
        assert message in page


def test_every_nationality_is_offered_in_the_readers_language(site):
    page = site.get("/fa/visas/check/").content.decode()
    for code in countries.NATIONALITIES:
        assert f"<option>{escape(countries.name(code, 'fa'))}</option>" in page


def test_a_nationality_is_read_by_its_code_and_by_its_name_in_any_language(site):
    asked = {"document": "ordinary", "purpose": "tourism", "days": "30", "on_calendar": "gregorian"}
    asked |= {"on_day": "10", "on_month": "1", "on_year": "2027"}
    for language, told in [("en", "Iran"), ("fa", "ایران"), ("en", "ایران"), ("fr", "IRN"), ("ar", "Irán")]:
        response = site.get(f"/{language}/visas/check/", {**asked, "nationality": told})
        assert response["Location"] == f"/{language}/visas/check/IRN/ordinary/tourism/30/2027-01-10/"
    again = site.get("/fa/visas/check/", {"nationality": "Iran"}).text
    assert "<option selected>ایران</option>" in again
