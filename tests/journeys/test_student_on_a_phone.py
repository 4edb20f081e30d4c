"""A student begins with the passport: photographed, read, confirmed; on a small telephone in Persian without JavaScript."""

import pytest
from playwright.sync_api import expect

from consular.questionnaires.status import Source
from tests.factories.applications import tourist
from tests.journeys import steps
from visas.applications.models import VisaApplication

pytestmark = pytest.mark.browser

READ = ("name.surname", "name.given", "birth.on", "person.sex", "nationality.current", "passport.number",
        "passport.issuer", "passport.expires_on")  # fmt: skip


def start(visitor):
    visitor.go("applications:start")
    visitor.choose(category="ST")
    visitor.select(residence="QNR")
    visitor.press("Start the application")
    visitor.picture("passport-first")


def photograph(visitor, folder):
    papers = steps.draw_papers(folder, tourist())
    visitor.page.set_input_files('main input[type="file"]', papers["passport"])
    visitor.press("Upload the photograph")


def confirm(visitor):
    visitor.picture("confirm")
    assert visitor.page.locator('main input[name="fill"]:checked').count() == len(READ)
    visitor.press("Save and continue")
    kept = VisaApplication.objects.latest("created_at").sheet.entries()
    assert {name: (kept[name].value, kept[name].source) for name in READ} == {
        name: (tourist()[name], Source.PASSPORT) for name in READ
    }


def test_the_passport_answers_eight_questions_without_javascript(visitor, mailbox, tmp_path, settled):
    student = visitor("fa", javascript=False, width=360, height=640)
    steps.open_an_account(student, mailbox, "student@example.org")
    start(student)
    photograph(student, tmp_path)
    student.picture("waiting")
    settled()
    with student.page.expect_navigation():
        student.page.get_by_role("link", name=student.says("Go on"), exact=True).click()
    student.picture("tasks")
    student.page.locator('main .govuk-task-list a[href*="passport-first"]').click()
    confirm(student)
    student.page.goto(student.page.url + "questions/names/")
    student.picture("names")
    assert student.sees(str(Source.PASSPORT.label)) or student.sees(student.says("Read from the passport"))


def test_the_waiting_page_hears_when_the_passport_was_read(visitor, mailbox, tmp_path, settled):
    student = visitor("en", width=360, height=640)
    steps.open_an_account(student, mailbox, "waiting@example.org")
    start(student)
    photograph(student, tmp_path)
    see = student.page.get_by_role("button", name="See what we read")
    settled()
    expect(see).to_be_visible(timeout=20_000)
    student.look()
    student.picture("read")
    with student.page.expect_navigation():
        see.click()
    confirm(student)
