"""A traveller asks what she needs and sends the answer on; heads of two posts change the law, and the answer follows."""

import pytest
from playwright.sync_api import Browser

from consular.lib import countries
from tests.journeys import steps
from tests.journeys.premises import furnished_site  # noqa: F401 - the fixture `site`
from tests.journeys.traveller import Visitor

pytestmark = pytest.mark.browser

HEAD, OTHER_HEAD = "consul@velmaris.example.org", "consul.portsabel@velmaris.example.org"
QUESTION = {"nationality": "QWK", "document": "ordinary", "days": "20"}


@pytest.fixture
def person(browser: Browser, site: str, request):
    language, javascript, width = request.param
    visitor = Visitor(browser, site, language, javascript=javascript, size=(width, 740))
    yield visitor
    visitor.leave()


PEOPLE = [("en", True, 360), ("en", True, 1280), ("fa", False, 360), ("fa", True, 1280), ("ar", True, 360)]


def ask(person, purpose="tourism", year="2027"):
    person.go("website:checker")
    person.picture("checker")
    person.select(
        nationality=countries.name(QUESTION["nationality"], person.language), document=QUESTION["document"]
    )
    person.choose(purpose=purpose)
    person.fill(days=QUESTION["days"], on_day="10", on_month="6", on_year=year)
    if person.page.locator('[name="on_calendar"]').count():
        person.choose(on_calendar="gregorian")
    person.press("See what you need")


@pytest.mark.parametrize("person", PEOPLE, indirect=True)
def test_a_traveller_asks_what_she_needs_and_sends_the_answer_on(person, browser, site):
    ask(person)
    person.picture("checker-answer")
    assert person.page.url.endswith("/visas/check/QWK/ordinary/tourism/20/2027-06-10/")
    assert person.sees(person.says("You need a visa"))
    assert person.sees(person.says("No. You do everything on this portal."))
    friend = Visitor(browser, site, person.language, javascript=False, size=(360, 740))
    friend.visit(person.page.url)
    assert friend.sees(friend.says("You need a visa"))
    friend.leave()
    person.follow("Change your answers")
    person.fill(days="400")
    person.press("See what you need")
    person.picture("checker-too-long")


@pytest.mark.parametrize("person", PEOPLE, indirect=True)
def test_a_family_works_out_what_it_pays_and_reads_how_long_it_takes(person):
    person.go("website:fees")
    person.picture("fees")
    person.press("Work out what you pay")
    person.select(category="TV")
    person.fill(people="4", children="1")
    person.choose(extras="express")
    person.press("Work out the price")
    person.picture("fees-price")
    assert person.sees({"en": "270 euros", "fa": "۲۷۰ یورو", "ar": "٢٧٠"}[person.language])
    person.press("Work out the price")
    person.go("website:processing_times")
    person.picture("times")
    person.go("website:visa_detail", "tv")
    person.picture("visa")


def at_the_desk(visitor, email):
    head = visitor("en", width=1280, height=800)
    steps.staff_signs_in(head, email)
    return head


def test_two_heads_change_the_law_and_the_answer_follows(visitor):
    person = visitor("en")
    ask(person)
    assert person.sees("You need a visa")

    head = at_the_desk(visitor, HEAD)
    begin_a_change(head)
    change = head.page.url
    add_a_rule(head)
    head.picture("law-change")
    head.page.set_viewport_size({"width": 360, "height": 740})
    head.look()
    head.picture("law-change")
    head.page.set_viewport_size({"width": 1280, "height": 800})
    assert head.sees("other nationalities; Ordinary passport")
    assert head.sees("No visa instead of Visa")
    head.page.get_by_role("button", name="Give to a second person").click()
    assert head.sees("Some scenarios fail. Mend the change or the scenarios first.")
    assert head.sees("Scenarios that fail")
    assert head.sees("Others: a short holiday in summer 2027")
    head.picture("law-scenario-fails")
    mend_the_scenario(head)

    head.visit(change)
    assert head.sees("Scenarios written since this change was begun:")
    head.page.get_by_role("button", name="Give to a second person").click()
    assert head.sees("another person must put it in force")
    ask(person)
    assert person.sees("You need a visa")

    second = at_the_desk(visitor, OTHER_HEAD)
    second.visit(change)
    second.picture("law-second-person")
    second.page.get_by_role("button", name="Put in force").click()
    assert second.sees("Put in force by Noor Selwyn")

    person.visit(person.page.url + "?now")
    assert person.sees("You do not need a visa")
    assert person.sees("Visits of up to 30 days are free in the summer of 2027.")
    person.picture("checker-after-the-change")


def begin_a_change(head):
    head.visit(head.address("admin:legislation_scenario_add"))
    head.fill(note="Others: a short holiday in summer 2027", days="20", on="2027-07-01", fee="60")
    head.select(nationality="BRA", document="ordinary", purpose="tourism", outcome="visa", category="TV")
    head.page.get_by_role("button", name="Save", exact=True).click()
    head.visit(head.address("admin:legislation_change_add"))
    head.fill(title="A free summer", why="Decided by the cabinet on 20 November 2026.")
    head.page.get_by_role("button", name="Save", exact=True).click()


def add_a_rule(head):
    head.page.get_by_text("Edit a table of the law").click()
    head.page.get_by_role("link", name="Rules", exact=True).click()
    head.picture("law-rows")
    head.page.get_by_role("link", name="Add a row").click()
    for name, label in [("group", "C · All other nationalities"), ("purpose", "Holiday or sightseeing")]:
        head.page.select_option(f'[name="{name}"]', label=label)
    head.page.select_option('[name="source"]', index=1)
    head.select(outcome="exempt", interview="none")
    head.fill(valid_from_day="1", valid_from_month="6", valid_from_year="2027")
    head.fill(valid_to_day="31", valid_to_month="8", valid_to_year="2027", max_days="30", clause="§ 1")
    for language in ("en", "fa", "ar", "fr", "es"):
        head.fill(**{f"reason_{language}": "Visits of up to 30 days are free in the summer of 2027."})
    head.picture("law-row")
    head.page.get_by_role("button", name="Keep this edit").click()
    assert head.sees("The edit is kept in this change. The law is as it was.")


def mend_the_scenario(head):
    head.page.get_by_role("link", name="Others: a short holiday in summer 2027").first.click()
    head.select(outcome="exempt", category="")
    head.fill(fee="")
    head.page.get_by_role("button", name="Save", exact=True).click()
