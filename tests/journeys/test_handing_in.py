"""A bank statement photographed as five pages: turned, put in order, one left out, one replaced, over a line that breaks."""

import re

import pytest
from django.conf import settings
from django.test import Client
from PIL import ImageDraw, ImageFont

from consular.accounts.models import User
from consular.documents.models import Upload
from consular.missions.models import Mission
from tests.consular.documents import files
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.applications import VisaApplicationFactory, complete
from tests.journeys import steps
from visas.applications.draft import Draft

pytestmark = pytest.mark.browser

OFFICER = "officer@velmaris.example.org"
SLICES = re.compile(r".*/documents/uploads/[0-9a-f-]{36}/")
SIZES = ((360, 740), (1280, 800))


@pytest.fixture
def photographs(tmp_path):
    """Return photographs of six numbered pages, of some hundred kilobytes each; the second was held upside down."""
    paths = []
    for number in range(1, 7):
        page = files.noise((900, 1200), seed=number)
        ImageDraw.Draw(page).text(
            (300, 250), str(number), fill=(10, 10, 10), font=ImageFont.load_default(600)
        )
        paths.append(tmp_path / f"statement{number}.jpg")
        paths[-1].write_bytes(files.saved(page.rotate(180) if number == 2 else page, "JPEG", quality=88))
    return paths


@pytest.fixture
def at_the_statement(visitor):
    """Return a function that brings somebody whose application lacks nothing but the statement to its page."""

    def arrive(language, **how):
        mission = Mission.objects.of(User.objects.get(email=OFFICER)).get()
        draft = complete(VisaApplicationFactory(applicant=UserFactory(language=language), mission=mission))
        draft.evidence.filter(purpose="means").delete()
        traveller = visitor(language, **how)
        key = (
            sign_in(Client(), draft.applicant, second_factor=False)
            .cookies[settings.SESSION_COOKIE_NAME]
            .value
        )
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": traveller.site}
        traveller.context.add_cookies([cookie])
        traveller.go("applications:tasks", draft.pk)
        traveller.tasks = traveller.page.url
        traveller.go("applications:document", draft.pk, "means")
        return traveller, draft

    return arrive


def pictures(visitor, name):
    """Take a picture at both sizes."""
    before = visitor.page.viewport_size
    for width, height in SIZES:
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.picture(name)
    visitor.page.set_viewport_size(before)


def upload(visitor, *paths):
    visitor.give("means-file", *paths)
    with visitor.page.expect_navigation(timeout=60_000):
        visitor.page.locator("#add button[type=submit]").click()
    visitor.look()


def names(draft):
    return [each.document.filename for each in Draft.of(draft).checklist.item("means").evidence]


def evidence(draft, name):
    return draft.evidence.select_related("document").get(document__filename=name)


def press(visitor, draft, control, name):
    """Press a page's button; the focus is back on it, or on its counterpart."""
    key = f"{control}-{evidence(draft, name).document_id}-1"
    with visitor.page.expect_navigation():
        visitor.page.locator(f"#{key}").press("Enter")
    visitor.look()
    if visitor.javascript:
        focused = visitor.page.evaluate("document.activeElement.id")
        assert focused.split("-", 1)[1] == key.split("-", 1)[1]


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fa", False)])
def test_five_photographs_become_four_pages_in_order(
    at_the_statement, photographs, visitor, settled, language, javascript
):
    traveller, draft = at_the_statement(language, javascript=javascript)
    pictures(traveller, "nothing-yet")
    upload(traveller, *photographs[:5])
    settled()
    traveller.visit(traveller.page.url.split("#")[0])
    pictures(traveller, "five-pages")
    assert names(draft) == [path.name for path in photographs[:5]]

    for _ in range(2):
        press(traveller, draft, "turn", "statement2.jpg")
    press(traveller, draft, "up", "statement5.jpg")
    press(traveller, draft, "up", "statement5.jpg")
    press(traveller, draft, "drop", "statement4.jpg")
    place = traveller.page.locator(f"#place-{evidence(draft, 'statement1.jpg').document_id}-1")
    place.select_option("2")
    with traveller.page.expect_navigation():
        place.locator("xpath=ancestor::form").get_by_role("button").click()

    page3 = traveller.page.locator(f"#page-{evidence(draft, 'statement3.jpg').document_id}-1")
    page3.locator("summary").click()
    page3.locator("input[type=file]").set_input_files(photographs[5])
    with traveller.page.expect_navigation(timeout=60_000):
        page3.locator("details button").click()
    settled()
    traveller.visit(traveller.page.url.split("#")[0])
    pictures(traveller, "arranged")
    assert names(draft) == [
        "statement2.jpg",
        "statement1.jpg",
        "statement5.jpg",
        "statement6.jpg",
        "statement4.jpg",
    ]

    traveller.visit(traveller.tasks + "documents/")
    pictures(traveller, "documents")
    reference = steps.submit(traveller)

    officer = visitor(language, javascript=javascript, width=1280, height=800)
    steps.staff_signs_in(officer, OFFICER)
    steps.open_case(officer, reference)
    shown = officer.page.locator(".desk-document bdi").all_inner_texts()
    assert [name for name in shown if name.startswith("statement")] == [
        f"statement{number}.jpg" for number in (2, 1, 5, 6)
    ]
    officer.picture("desk-pages")


def test_a_line_that_breaks_costs_a_slice_and_not_the_file(at_the_statement, photographs, settled):
    traveller, draft = at_the_statement("fa")
    broken, offsets = [], []

    def wire(route):
        if route.request.method != "PATCH":
            return route.continue_()
        offsets.append(int(route.request.headers["upload-offset"]))
        if len(offsets) in {2, 3}:
            broken.append(route.request.url)
            traveller.picture("line-broken")
            return route.abort("connectionreset")
        return route.continue_()

    traveller.page.route(SLICES, wire)
    upload(traveller, photographs[0])
    assert len(broken) == 2
    assert offsets[1] == offsets[2] > 0
    settled()
    assert names(draft) == ["statement1.jpg"]
    traveller.complaints = [each for each in traveller.complaints if "ERR_CONNECTION_RESET" not in each]


def test_after_a_reload_and_in_another_window_the_sending_goes_on(at_the_statement, photographs, settled):
    traveller, draft = at_the_statement("en")
    page, offsets = traveller.page, []

    def stop_after_the_first(route):
        if route.request.method == "PATCH" and "upload-offset" in route.request.headers:
            offsets.append(int(route.request.headers["upload-offset"]))
            return route.abort("connectionreset") if len(offsets) > 1 else route.continue_()
        return route.continue_()

    page.route(SLICES, stop_after_the_first)
    page.on("dialog", lambda dialog: dialog.accept())
    traveller.give("means-file", photographs[0])
    button = page.locator("#add button[type=submit]")
    button.click()
    page.get_by_text("We try again by ourselves").wait_for()
    page.wait_for_timeout(1200)  # Within a second it would count as one press
    button.click()
    page.get_by_text("Files are still being sent").wait_for()
    traveller.picture("still-sending")
    first = Upload.objects.get()
    assert 0 < first.received < first.size

    page.unroute(SLICES)
    window = traveller.page = traveller.context.new_page()
    page.close()
    begun = []
    window.on("request", lambda request: begun.append((request.method, request.url)))
    traveller.go("applications:document", draft.pk, "means")
    upload(traveller, photographs[0])
    settled()
    assert ("POST", traveller.site + "/en/documents/uploads/supporting/") not in begun
    assert names(draft) == ["statement1.jpg"]
    assert Upload.objects.get().document == draft.evidence.get(purpose="means").document
    traveller.complaints = [each for each in traveller.complaints if "ERR_CONNECTION_RESET" not in each]
