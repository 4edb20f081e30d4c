"""A photo with too small a head: the traveller reads the figure, sees the lines, takes it again, and it is right."""

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from consular.accounts.models import User
from consular.missions.models import Mission
from embassy.demo import specimens
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.applications import VisaApplicationFactory, complete
from tests.journeys import steps

pytestmark = pytest.mark.browser

OFFICER = "officer@velmaris.example.org"
GROUND = (236, 238, 240)
SIZES = ((360, 740), (1280, 800))
PLACE = "#photo"


@pytest.fixture
def near(tmp_path):
    """Return the photo of somebody at the right distance."""
    path = tmp_path / "near.jpg"
    specimens.photo("AZAD", size=(1050, 1350), marked=False).save(path, quality=90)
    return path


@pytest.fixture
def far(tmp_path):
    """Return the photo of the same person from too far away: the head is half as large."""
    person = specimens.photo("AZAD", marked=False)
    small = person.resize((person.width // 2, person.height // 2), Image.Resampling.LANCZOS)
    wall = Image.new("RGB", person.size, GROUND)
    wall.paste(small, (person.width // 4, person.height // 2))
    path = tmp_path / "far.jpg"
    wall.resize((1050, 1350), Image.Resampling.LANCZOS).save(path, quality=90)
    return path


@pytest.fixture
def at_the_photo(visitor):
    """Return a function that brings somebody whose application lacks nothing but the photo to the documents."""

    def arrive(language, **how):
        mission = Mission.objects.of(User.objects.get(email=OFFICER)).get()
        draft = complete(VisaApplicationFactory(applicant=UserFactory(language=language), mission=mission))
        draft.evidence.filter(purpose="photo").delete()
        traveller = visitor(language, **how)
        client = sign_in(Client(), draft.applicant, second_factor=False)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        traveller.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": traveller.site}]
        )
        traveller.go("applications:tasks", draft.pk)
        traveller.tasks = traveller.page.url
        traveller.visit(traveller.tasks + "documents/")
        return traveller

    return arrive


def hand_in(visitor, path, settled):
    """Upload a photo, and come back when it has been measured."""
    section = visitor.page.locator(PLACE)
    section.locator('input[type="file"]').set_input_files(path)
    with visitor.page.expect_navigation(timeout=60_000):
        section.locator("button[type=submit]").last.click()
    settled()
    visitor.visit(visitor.tasks + "documents/")


def pictures(visitor, name):
    """Take a picture at both sizes."""
    before = visitor.page.viewport_size
    for width, height in SIZES:
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.picture(name)
    visitor.page.set_viewport_size(before)


def lines_over(visitor, picture):
    """Return the rows of the lines that are drawn over the picture, in shares of its height, crown first."""
    drawn = visitor.page.locator(f'svg:has(image[href*="{picture}"])').first
    height = float(drawn.get_attribute("viewBox").split()[3])
    rows = [float(line.get_attribute("y1")) / height for line in drawn.locator("line").all()]
    return sorted(set(rows))


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fa", False)])
def test_a_head_too_small_is_seen_measured_and_taken_again(
    at_the_photo, visitor, near, far, settled, language, javascript
):
    traveller = at_the_photo(language, javascript=javascript)
    traveller.page.locator(f"{PLACE} summary").click()
    pictures(traveller, "asked")

    hand_in(traveller, far, settled)
    section = traveller.page.locator(PLACE)
    assert {"en": "36", "fa": "۳۶"}[language] in section.inner_text()
    assert {"en": "70 to 80", "fa": "۷۰"}[language] in section.inner_text()
    pictures(traveller, "far-documents")
    traveller.follow("How your photo measures")
    pictures(traveller, "far-photo")
    crown, eyes, chin = lines_over(traveller, "/pages/1/")
    assert chin - crown == pytest.approx(0.36, abs=0.02)
    assert crown < eyes < chin
    assert traveller.sees(traveller.says("Look again"))

    traveller.press("Back to your documents")
    hand_in(traveller, near, settled)
    traveller.follow("How your photo measures")
    pictures(traveller, "near-photo")
    assert not traveller.sees(traveller.says("Look again"))
    crown, _, chin = lines_over(traveller, "/pages/1/")
    assert 0.7 <= chin - crown <= 0.8

    reference = steps.submit(traveller)
    settled()
    officer = visitor(language, javascript=javascript, width=1280, height=800)
    steps.staff_signs_in(officer, OFFICER)
    steps.open_case(officer, reference)
    officer.page.locator(".desk-photo summary").click()
    pictures(officer, "desk")
    assert lines_over(officer, "/pages/1/")[0] == pytest.approx(crown)
