"""The main job, end to end: a traveller applies, officers decide, anyone can check the visa."""

import pytest

from consular.accounts.models import User
from consular.cases.models import Case
from consular.cases.status import Status
from tests.factories.applications import tourist
from tests.journeys import steps
from visas.issuance.models import EVisa

pytestmark = pytest.mark.browser

OFFICER, SECOND, ELSEWHERE = (
    "officer@velmaris.example.org",
    "officer2@velmaris.example.org",
    "officer.portsabel@velmaris.example.org",
)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_traveller_applies_an_officer_decides_and_anyone_can_check_the_visa(
    visitor, mailbox, tmp_path, language, javascript, settled
):
    traveller, address = visitor(language, javascript=javascript), f"traveller.{language}@example.org"
    answers = tourist() | {"contact.email": address}
    papers = steps.draw_papers(tmp_path, answers)

    steps.open_an_account(traveller, mailbox, address)
    steps.fill_in(traveller, answers)
    steps.hand_in(traveller, papers)
    settled()
    traveller.visit(traveller.tasks + "documents/")
    reference = steps.submit(traveller)
    case = Case.objects.get(reference=reference.replace("-", ""))
    assert case.applicant == User.objects.get(email=address)
    receipt = traveller.download("Download the receipt (PDF)")
    assert receipt.read_bytes().startswith(b"%PDF")
    settled()
    assert set(case.checks.values_list("result", flat=True)) == {"passed"}

    officer = visitor(language, javascript=javascript, width=1280, height=800)
    steps.staff_signs_in(officer, OFFICER)
    officer.press("Next case")
    assert officer.sees(reference)
    steps.ask(officer, "Where do you work?")

    traveller.go("portal:case_detail", case.reference)
    traveller.press("Answer our questions")
    assert traveller.sees("Where do you work?")
    assert mailbox(address)[-1]["Subject"].strip() == traveller.says("We need something from you")
    steps.answer_request(traveller, "At the harbour office.")

    steps.open_case(officer, reference)
    assert officer.sees("At the harbour office.")
    steps.approve(officer)
    case.refresh_from_db()
    assert case.status == Status.APPROVED
    settled()

    traveller.go("portal:case_detail", case.reference)
    paper = traveller.download("Download your visa (PDF)")
    assert paper.read_bytes().startswith(b"%PDF")
    evisa = EVisa.objects.get(application__case=case)

    clerk = visitor(language, javascript=javascript)
    steps.check_visa(clerk, evisa.number, answers["birth.on"])
    assert clerk.sees(clerk.says("Genuine, but not yet in force"))
    assert not clerk.sees(answers["name.surname"])

    steps.look_up_status(clerk, reference, answers["birth.on"])
    assert clerk.sees(reference)
    assert not clerk.sees(answers["name.surname"])

    for message in ("received", "question", "answer_received", "decided", "visa_ready"):
        assert traveller_was_told(case, message), message


def traveller_was_told(case, message):
    return case.applicant.messages.filter(template__endswith=f"/{message}", deliveries__state="sent").exists()


def test_a_refusal_takes_two_officers_and_tells_the_ground(visitor, mailbox, tmp_path, settled):
    traveller, address = visitor("fa"), "refused@example.org"
    answers = tourist() | {"contact.email": address}
    steps.open_an_account(traveller, mailbox, address)
    steps.fill_in(traveller, answers)
    steps.hand_in(traveller, steps.draw_papers(tmp_path, answers))
    reference = steps.submit(traveller)
    settled()

    officer = visitor("en", width=1280, height=800)
    steps.staff_signs_in(officer, OFFICER)
    officer.press("Next case")
    steps.recommend_refusal(officer, "means", "The account is empty.")
    assert not officer.page.get_by_role("link", name="Refuse", exact=True).count()

    second = visitor("fa", width=1280, height=800)
    steps.staff_signs_in(second, SECOND)
    steps.open_case(second, reference)
    steps.refuse(second, "means", "I agree.")
    settled()

    traveller.go("portal:case_detail", reference.replace("-", ""))
    assert traveller.sees(
        traveller.says("You did not show that you have enough money for your stay and your return.")
    )

    stranger = visitor("en", width=1280, height=800)
    steps.staff_signs_in(stranger, ELSEWHERE)
    response = stranger.page.goto(stranger.address("admin:desk:case_detail", reference.replace("-", "")))
    assert response.status == 404
