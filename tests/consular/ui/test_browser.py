"""The gallery in a real browser: nothing for axe to find, nothing on the console, nothing cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.consular.ui.urls"),
    pytest.mark.django_db(transaction=True),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE, SCREEN = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture
def visit(browser, live_server):
    """Return a function that opens the gallery; whatever the console says fails the test."""
    said, page = [], browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    def opened(language="en", query="", size=PHONE):
        page.set_viewport_size(size)
        page.goto(f"{live_server.url}/{language}/gallery/{query}")
        assert said == []
        return page

    yield opened
    page.close()


@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
@pytest.mark.parametrize("query", ["", "?errors"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_axe_finds_nothing_in_any_component(visit, language, query, size):
    page = visit(language, query, size)
    found = Axe().run(page, options=RULES).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["incomplete"]] == []


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_no_page_is_wider_than_the_narrowest_phone(visit, language):
    page = visit(language, "?errors", {"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_error_summary_is_focused_and_its_links_lead_to_the_boxes(visit):
    page = visit("en", "?errors")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="There is no 31 Mehr").click()
    expect(page.locator("#id_birth_day")).to_be_focused()


def test_the_skip_link_leads_past_the_header(visit):
    page = visit()
    page.get_by_role("link", name="Skip to main content").press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_characters_are_counted_in_the_digits_of_the_reader(visit):
    page = visit("fa")
    page.fill("[name=more]", "سلام")
    expect(page.locator(".govuk-character-count__status").last).to_contain_text("۴۹۶")


def test_a_form_is_sent_once(visit):
    page = visit()
    sent = []
    page.route("**/gallery/", lambda route: sent.append(route.request.method))
    page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('main form').requestSubmit()")
    page.wait_for_timeout(200)
    assert sent == ["POST"]


def test_a_waiting_part_of_the_page_asks_until_nothing_more_can_come(visit, browser, live_server):
    page, asked = visit(), []
    answers = [{"status": 200, "body": "<b>checked</b>", "headers": {"ETag": '"2"'}}, {"status": 204}]
    page.clock.install()
    page.route(
        "**/news",
        lambda route: (asked.append(route.request.headers), route.fulfill(**answers[len(asked) - 1])),
    )
    page.route(
        "**/gallery/", lambda route: route.fulfill(response=(r := route.fetch()), body=with_poll(r.text()))
    )
    page.reload()
    page.clock.run_for(3500)
    expect(page.locator("#state")).to_have_text("checked")
    page.clock.run_for(3500)
    page.clock.run_for(600_000)
    assert [headers.get("if-none-match") for headers in asked] == [None, '"2"']


def with_poll(html):
    return html.replace("<h1", '<div id="state" data-poll-url="/news">waiting</div><h1', 1)


def test_the_language_can_be_changed_by_keyboard(visit):
    page = visit()
    page.get_by_role("link", name="فارسی").press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_photo_is_made_smaller_before_it_is_sent(visit, tmp_path):
    page = visit()
    page.set_input_files("[name=photo]", photo(tmp_path / "passport.jpg"))
    expect(page.locator("[name=photo]")).not_to_have_attribute("data-busy", "true")
    size = page.evaluate("document.querySelector('[name=photo]').files[0].size")
    assert 0 < size < (tmp_path / "passport.jpg").stat().st_size / 2


def test_what_is_no_photo_is_sent_as_it_was_chosen(visit, tmp_path):
    page = visit()
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8" + b"x" * 1_000_000)
    page.set_input_files("[name=photo]", path)
    expect(page.locator("[name=photo]")).not_to_have_attribute("data-busy", "true")
    assert page.evaluate("document.querySelector('[name=photo]').files[0].size") == 1_000_002


def photo(path):
    """Write a noisy picture of 12 megapixels, as a phone would."""
    from PIL import Image

    noise = Image.effect_noise((1000, 750), 60).convert("RGB").resize((4000, 3000))
    noise.save(path, quality=95)
    return path
