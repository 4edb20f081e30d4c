"""The site reaches people: on a slow line, on paper, in a feed reader, and with nobody looking over their shoulder."""

import re
from pathlib import Path

import brotli
import pypdfium2
import pytest
from django.conf import settings
from playwright.sync_api import Browser

from embassy.alerts.models import Alert
from embassy.feedback.models import Remark
from embassy.officials.actions.switch import switch
from embassy.officials.models import Account
from embassy.officials.status import State
from embassy.website.content import Content
from embassy.website.sitemap import public_pages
from tests.journeys.premises import furnished_site, published_site  # noqa: F401 - the fixtures `site` and `public`
from tests.journeys.traveller import Visitor

pytestmark = pytest.mark.browser

FIRST_VIEW, NEXT_VIEW, MOST_REQUESTS = 30_000, 6_000, 4  # bytes on the wire; interface.md, "Budgets"
SHIFTS = """() => new Promise(tell => {
    new PerformanceObserver(list => tell(list.getEntries().map(each => each.value)))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => tell([]), 300);
})"""
STYLE, SCRIPT = 14_000, 10_000  # bytes with brotli
ANSWER = "visas/check/IRN/ordinary/tourism/30/2027-01-10/"
DIST = Path(settings.BASE_DIR) / "static" / "dist"


@pytest.fixture
def arrive(browser: Browser, public: str):
    """Return a function that opens a browser for a reader: `arrive("fa", javascript=False)`."""
    opened = []

    def visitor(language="en", *, javascript=True, width=360):
        opened.append(Visitor(browser, public, language, javascript=javascript, size=(width, 740)))
        return opened[-1]

    yield visitor
    for each in opened:
        each.leave()


def key_pages():
    """Return the pages that have a budget, by what they are."""
    alert = Alert.objects.published().first()
    return {
        "home": "",
        "visa": "visas/tv/",
        "checker": "visas/check/",
        "answer": ANSWER,
        "finder": "posts/find/",
        "alert": f"alerts/{alert.reference}/",
        "search": "search/?q=passport",
    }


# Budgets -----------------------------------------------------------------------------------------


def on_the_wire(visitor, path):
    """Open a page in a fresh browser; return its addresses, and the bytes that a server packs them into."""
    asked = []
    visitor.page.on("response", lambda response: asked.append(response))  # noqa: PLW0108 - needs a function
    visitor.page.goto(f"{visitor.site}/{visitor.language}/{path}", wait_until="networkidle")
    once = {
        response.url: response for response in asked
    }  # Files with a hash in their name are asked for once
    return [(url, packed(response)) for url, response in once.items()]


def packed(response):
    """Return the bytes of an answer: pages as they came, files as WhiteNoise sends them (brotli)."""
    if "/static/" not in response.url:
        return response.request.sizes()["responseBodySize"]
    return len(brotli.compress(response.body()))


@pytest.mark.parametrize("page", ["home", "visa", "checker", "answer", "finder", "alert", "search"])
@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_the_budgets_hold(arrive, language, page):
    visitor = arrive(language)
    sent = on_the_wire(visitor, key_pages()[page])
    assert len(sent) <= MOST_REQUESTS, sent
    assert sum(size for _, size in sent) <= FIRST_VIEW, sent
    next_view = [size for url, size in sent if "/static/" not in url]
    assert len(next_view) == 1
    assert 0 < next_view[0] <= NEXT_VIEW
    kinds = {url.rpartition(".")[2] for url, _ in sent if "/static/" in url}
    assert kinds <= {"css", "js", "svg"}, "no font, no picture but the emblem"
    assert visitor.page.evaluate(SHIFTS) == [], "something moved while the page appeared"


def test_style_and_script_keep_their_budgets(
    db,
):  # `db` lets the file run alone: the others do not ask for it
    for name, most in {"app.css": STYLE, "app.rtl.css": STYLE, "app.js": SCRIPT}.items():
        assert len(brotli.compress((DIST / name).read_bytes())) <= most, name


def test_a_text_only_page_is_two_requests(arrive):
    visitor = arrive("fa")
    visitor.page.goto(f"{visitor.site}/fa/?view=text")
    sent = on_the_wire(visitor, "visas/tv/")
    assert [url.rpartition("/")[2] for url, _ in sent] == ["", "text.css"]


# Nobody else --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_page_asks_anybody_else_or_complains(arrive, language):
    """A `Visitor` notes each request to another host and each complaint, such as of the Content Security Policy."""
    visitor = arrive(language, width=1280)
    paths = [page.path for page in public_pages(Content.now())]
    for path in [*paths, *key_pages().values()]:
        response = visitor.page.goto(f"{visitor.site}/{language}/{path}", wait_until="commit")
        assert response.status == 200, path
        visitor.page.wait_for_load_state("load")
        assert visitor.complaints == [], path
    assert visitor.context.cookies() == []


def test_linked_data_stands_under_the_content_security_policy(arrive):
    visitor = arrive()
    visitor.go("website:visa_detail", "tv")
    data = visitor.page.locator('script[type="application/ld+json"]')
    assert "GovernmentService" in data.text_content()
    assert visitor.complaints == []


# Text only ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fa", False), ("ar", True)])
def test_somebody_on_a_slow_line_reads_text_only_and_comes_back(arrive, language, javascript):
    visitor = arrive(language, javascript=javascript)
    visitor.go("website:visa_detail", "tv")
    visitor.follow("Text only")
    visitor.picture("text-visa")
    assert visitor.page.locator("img, svg").count() == 0
    visitor.go("website:checker")
    visitor.fill(nationality="IRN", days="30", on_day="10", on_month="1", on_year="2027")
    visitor.choose(purpose="tourism", on_calendar="gregorian")
    visitor.press("See what you need")
    visitor.picture("text-answer")
    assert visitor.page.url.endswith(ANSWER)
    visitor.follow("Show the full version")
    assert visitor.page.locator("header img").count() == 1


@pytest.mark.parametrize(
    "name", ["website:home", "website:post_list", "alerts:list", "website:official_accounts"]
)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_text_only_pages_are_accessible(arrive, language, name):
    visitor = arrive(language)
    visitor.page.goto(f"{visitor.site}/{language}/?view=text")
    visitor.go(name)  # `Visitor.look` asks axe


# Paper --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_page_on_paper_has_its_links_addresses_and_no_navigation(arrive, language, tmp_path):
    visitor = arrive(language, width=1280)
    visitor.go("website:visa_detail", "tv")
    paper = tmp_path / "page.pdf"
    visitor.page.pdf(path=str(paper), format="A4")
    document = pypdfium2.PdfDocument(paper)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    for part in ("visas", "check"):
        assert part in text or part[::-1] in text  # Out of right-to-left lines it is read from either end
    assert "Español" not in text
    visitor.page.emulate_media(media="print")
    for name in ("header nav", ".footer__links", ".language-bar"):
        assert not visitor.page.locator(name).first.is_visible(), name


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(arrive, tmp_path):
    visitor = arrive("en", width=1280)
    for path in ("visas/tv/", "visas/tr/", "citizens/whole/", "posts/port-sabel/", ANSWER):
        visitor.page.goto(f"{visitor.site}/en/{path}")
        headings = {text.strip() for text in visitor.page.locator("main :is(h1, h2, h3)").all_inner_texts()}
        paper = tmp_path / "page.pdf"
        visitor.page.pdf(path=str(paper), format="A4")
        for sheet in list(pypdfium2.PdfDocument(paper))[:-1]:
            lines = [
                line.strip() for line in sheet.get_textpage().get_text_range().splitlines() if line.strip()
            ]
            assert lines, path
            assert lines[-1] not in headings, (path, lines[-1])


# Remarks and accounts -----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fa", False)])
def test_a_reader_says_what_went_wrong_without_a_cookie(arrive, language, javascript):
    Remark.objects.all().delete()
    visitor = arrive(language, javascript=javascript)
    visitor.go("website:visa_detail", "tv")
    visitor.follow("Was this page useful?")
    visitor.press("Send")
    assert visitor.page.locator(".govuk-error-summary").count() == 1
    visitor.choose(is_useful="no")
    visitor.fill(text="I am ali@example.org, +44 1632 960 101. Where is the fee?")
    visitor.picture("feedback")
    visitor.press("Send")
    assert visitor.sees(visitor.says("Thank you"))
    remark = Remark.objects.get()
    assert (remark.page, remark.text) == ("/visas/tv/", "I am [e-mail] [number]. Where is the fee?")
    visitor.follow("Back to the page")
    assert visitor.page.url.endswith(f"/{language}/visas/tv/")
    assert visitor.context.cookies() == []


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_a_reader_is_warned_of_an_account_in_other_hands(arrive, language):
    visitor = arrive(language)
    visitor.go("website:home")
    assert visitor.page.locator(".alarm").is_visible()
    visitor.follow("Official accounts")
    visitor.picture("accounts")
    assert visitor.page.locator("main .govuk-warning-text").count() == 1
    account = Account.objects.get(code="mastodon-dorun")
    switch(account, State.ACTIVE, by=None)
    visitor.go("website:visa_list")  # The browser keeps a page that it has seen for a minute
    assert visitor.page.locator(".alarm").count() == 0
    switch(account, State.COMPROMISED, by=None)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    "name", ["website:page_cookies", "website:page_privacy", "website:page_accessibility", "developers"]
)
def test_the_pages_about_the_site_are_accessible(arrive, language, name):
    visitor = arrive(language)
    visitor.go(name)
    visitor.picture(name.replace(":", "-"))
    assert re.search(r"\w", visitor.page.locator("h1").inner_text())
