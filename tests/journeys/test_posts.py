"""Somebody looks for the post that serves her, and prints what she needs in her pocket."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser

from consular.lib import countries
from tests.journeys.premises import furnished_site  # noqa: F401 - the fixture `site`
from tests.journeys.traveller import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def person(browser: Browser, site: str, request):
    language, javascript, width = request.param
    visitor = Visitor(browser, site, language, javascript=javascript, size=(width, 800))
    yield visitor
    visitor.leave()


PEOPLE = [("en", True, 360), ("fa", False, 360), ("fa", True, 1280), ("ar", True, 360)]


@pytest.mark.parametrize("person", PEOPLE, indirect=True)
def test_a_citizen_in_naruvia_finds_who_serves_her_and_prints_the_card(person):
    person.go("website:post_list")
    person.picture("posts")
    person.press("Find the post that serves you")
    person.picture("posts-find")
    home, own = (countries.name(code, person.language) for code in ("QNR", "QVM"))
    person.select(residence=home, nationality=own)
    person.choose(service="passports")
    person.press("Show the post")
    person.picture("posts-answer")
    assert person.page.url.endswith("/posts/find/QNR/QVM/passports/")
    assert person.sees("+44 1632 960197")
    card = paper(person, "Card with the emergency numbers, to print and keep in your wallet (PDF)")
    assert "+44 1632 960197" in card
    assert "+44 1632 960199" in card


@pytest.mark.parametrize("person", PEOPLE, indirect=True)
def test_a_visitor_reads_when_the_post_is_open_and_takes_its_calendar(person):
    person.go("website:post_detail", "port-sabel")
    person.picture("post")
    assert person.says("Closed") in person.page.locator("table").first.inner_text()
    link = person.page.get_by_role("link", name=person.says("These days for your own calendar (iCal)"))
    calendar = person.page.request.get(person.site + link.get_attribute("href"))
    assert calendar.text().startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize("person", [("en", True, 360), ("fa", True, 360)], indirect=True)
def test_who_asks_for_what_is_not_theirs_reads_what_to_do(person):
    person.go("website:post_answer", "FRA", "FRA", "passports")
    person.picture("posts-not-yours")
    assert person.sees(person.says("What you can do"))


def paper(person, english):
    """Return the words of the PDF behind a link."""
    link = person.page.get_by_role("link", name=person.says(english)).first
    answer = person.page.request.get(person.site + link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.body())
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", words)
