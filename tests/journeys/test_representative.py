"""Shirin lets her lawyer act for her: invited by e-mail, everything marked, ended by her at once."""

import re

import pytest

from consular.accounts.models import User
from consular.cases.models import Case
from tests.factories.applications import DECLARATION, tourist
from tests.journeys import steps
from visas.applications.models import Mandate, VisaApplication

pytestmark = pytest.mark.browser

SHIRIN, SARA = "client@example.org", "lawyer@example.org"
OFFICER = "officer@velmaris.example.org"


def begin(applicant):
    applicant.go("applications:start")
    applicant.choose(category="TV")
    applicant.select(residence="QNR")
    applicant.press("Start the application")
    application = VisaApplication.objects.get(applicant__email=SHIRIN)
    applicant.tasks = applicant.address("applications:tasks", application.pk)
    applicant.visit(applicant.tasks)
    return application


def invite(applicant):
    applicant.follow("Let somebody help you")
    applicant.picture("mandates-invite")
    applicant.press("Send the invitation")
    assert applicant.sees(applicant.says("Select what they may do"))
    applicant.picture("mandates-wrong")
    applicant.fill(email=SARA)
    applicant.choose(scope="act")
    applicant.press("Send the invitation")
    assert applicant.sees(SARA)
    applicant.picture("mandates-invited")


def accept(lawyer, mailbox):
    """Open the link, sign up on the way, read, accept."""
    letter = mailbox(SARA)[-1]
    link = re.search(r"http\S+/invitations/\S+", letter.get_body(("plain",)).get_content())[0]
    lawyer.visit(link.replace("/en/", f"/{lawyer.language}/", 1))
    lawyer.picture("mandates-sign-in")
    lawyer.follow("Open an account")
    lawyer.fill(email=SARA)
    lawyer.press("Go on")
    lawyer.fill(code=steps.code_in(mailbox(SARA)[-1]))
    lawyer.press("Go on")
    lawyer.picture("mandates-invitation")
    lawyer.press("Accept")
    assert lawyer.sees(lawyer.says("For others"))
    lawyer.picture("mandates-home")


def fill_in(lawyer, answers):
    lawyer.follow("Go on")
    lawyer.tasks = lawyer.page.url
    lawyer.picture("mandates-tasks")
    lawyer.page.locator('main .govuk-task-list a[href*="/questions/"]').first.click()
    for number in range(40):
        if "/questions/" not in lawyer.page.url:
            break
        lawyer.look()
        steps.answer_page(lawyer, answers)
        if number == 0:
            lawyer.picture("mandates-page")
        lawyer.press("Save and continue")
    assert lawyer.page.url == lawyer.tasks


def see_the_marks_and_ask(officer, case):
    steps.staff_signs_in(officer, OFFICER)
    steps.open_case(officer, case.reference)
    assert officer.sees("Who acts for the applicant")
    assert officer.sees("Filled in by \u2068سارا کریمی\u2069")
    officer.picture("mandates-desk")
    officer.press("Claim the case")
    steps.ask(officer, "Where will you stay after the hotel?")


def end_it(shirin, sara, case):
    shirin.go("portal:case_detail", case.reference)
    assert shirin.sees("You answered our questions (\u2068سارا کریمی\u2069, on behalf of the applicant)")
    shirin.picture("mandates-history")
    shirin.follow("Who may act for you")
    shirin.picture("mandates-in-force")
    shirin.press("End the mandate now")
    assert shirin.sees("The mandate has ended")
    assert Mandate.objects.get().ended_at

    sara.page.goto(sara.address("portal:case_detail", case.reference))
    assert sara.sees(sara.says("You no longer act here"))
    assert not sara.sees("Shirin")
    sara.look()
    sara.picture("mandates-ended")
    sara.go("portal:home")
    assert not sara.sees(sara.says("For others"))


def test_a_lawyer_acts_for_her_client_until_the_client_ends_it(visitor, mailbox, tmp_path, settled):
    shirin, sara = visitor("en"), visitor("fa", javascript=False)
    answers = tourist() | {"contact.email": SHIRIN}
    steps.open_an_account(shirin, mailbox, SHIRIN)
    User.objects.filter(email=SHIRIN).update(name="Shirin Azad")
    application = begin(shirin)
    invite(shirin)

    accept(sara, mailbox)
    User.objects.filter(email=SARA).update(name="سارا کریمی")
    fill_in(sara, answers)
    steps.hand_in(sara, steps.draw_papers(tmp_path, answers))
    settled()
    sara.visit(f"{sara.tasks}check/")
    sara.picture("mandates-check")
    sara.press("Continue to the declaration")
    assert sara.sees("Shirin Azad")
    sara.picture("mandates-declaration")
    steps.answer_page(sara, DECLARATION)
    sara.press("Submit the application")
    sara.picture("mandates-submitted")
    case = Case.objects.get(applicant__email=SHIRIN)
    assert case.application == application

    see_the_marks_and_ask(visitor("en", width=1280, height=800), case)
    settled()
    assert "/answer/" in mailbox(SARA)[-1].get_body(("plain",)).get_content()
    sara.go("portal:case_detail", case.reference)
    sara.picture("mandates-case")
    sara.press("Answer our questions")
    steps.answer_request(sara, "با دوستم در ولمار.")
    case.refresh_from_db()
    assert case.status == "in_review"

    end_it(shirin, sara, case)
