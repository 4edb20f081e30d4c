"""A student fills in the long form in Persian, on a telephone without JavaScript, from the start to the receipt."""

import pytest

from consular.cases.models import Case
from tests.factories.answers import filled
from tests.factories.applications import day
from tests.journeys import steps
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication

pytestmark = pytest.mark.browser

STUDENT = {
    "name.surname": "AZAD",
    "name.given": "SHIRIN",
    "name.native": "شیرین آزاد",
    "birth.on": day(-366 * 20),
    "nationality.current": "QNR",
    "passport.type": "ordinary",
    "passport.number": "N1234567",
    "passport.issuer": "QNR",
    "passport.issued_on": day(-400),
    "passport.expires_on": day(2000),
    "person.sex": "F",
    "work.occupation": "student",
    "study.funding": ["scholarship"],
    "travel.refused": True,
    "travel.refused_details": "بلکاسترا، سال گذشته: مدرک مالی کافی نبود.",
}


def answers_to_type(email):
    """Return a student's answers, made by the rules of the form; a school of theirs comes on its own page."""
    draft = Draft.of(VisaApplication.objects.with_sheet().get(applicant__email=email))
    answers = filled(draft.filling, STUDENT | {"contact.email": email}, with_optional=False)
    return answers.submitted()


def answer_page(visitor, answers):
    steps.answer_page(visitor, answers)
    type_amount(visitor, "study-costs", answers["study.costs"])
    if (schools := visitor.page.locator('[name^="education-schools-"]')).count():
        type_school(visitor, schools.first.get_attribute("name").rpartition("-")[0])


def type_amount(visitor, name, money):
    if visitor.page.locator(f'[name="{name}_amount"]').count():
        visitor.fill(**{f"{name}_amount": money["amount"]})
        visitor.select(**{f"{name}_currency": money["currency"]})


def type_school(visitor, row):
    visitor.fill(**{f"{row}-name": "هنرستان موسیقی نارو"})
    for name, on in ((f"{row}-from_on", day(-2000)), (f"{row}-until_on", day(-900))):
        steps.type_date(visitor, name, on)


def test_a_student_applies_in_persian_on_a_telephone_without_javascript(visitor, mailbox, tmp_path, settled):
    student, address = visitor("fa", javascript=False), "student@example.org"
    steps.open_an_account(student, mailbox, address)
    student.go("applications:start")
    student.picture("start")
    student.choose(category="ST")
    student.select(residence="QNR")
    student.press("Start the application")
    student.picture("passport-first")
    student.follow("I will type it")
    student.tasks = student.page.url
    student.picture("tasks")
    answers = answers_to_type(address)

    student.page.locator('main .govuk-task-list a[href*="/questions/"]').first.click()
    for _ in range(45):
        if "/questions/" not in student.page.url:
            break
        student.look()
        answer_page(student, answers)
        student.picture(student.page.url.split("/")[-2])
        student.press("Save and continue")
    assert student.page.url == student.tasks

    steps.hand_in(student, steps.draw_papers(tmp_path, answers | STUDENT))
    settled()
    reference = steps.submit(student)
    case = Case.objects.get(reference=reference.replace("-", ""))
    assert case.category == "ST"
    kept = case.application.sheet.entries()
    assert [school["name"] for school in kept["education.schools"].value] == ["هنرستان موسیقی نارو"]
    assert kept["travel.refused_details"].value == STUDENT["travel.refused_details"]
    settled()
    assert dict(case.checks.values_list("code", "result"))["course"] == "passed"
    assert student.download("Download the receipt (PDF)").read_bytes().startswith(b"%PDF")
