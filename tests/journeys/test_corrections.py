"""Somebody submits, corrects a telephone number and an answer, and takes copies of everything home."""

import hashlib
import json

import pytest

from consular.cases.models import Case
from tests.factories.applications import DECLARATION, tourist
from tests.journeys import steps

pytestmark = pytest.mark.browser

OFFICER = "officer@velmaris.example.org"
CORRECTED = {"contact.phone": "+98 21 2233 4455", "place.name": "Hotel Beacon"}


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fa", False)])
def test_an_applicant_corrects_two_answers_and_keeps_copies(
    visitor, mailbox, tmp_path, language, javascript, settled
):
    traveller, address = visitor(language, javascript=javascript), f"corrects.{language}@example.org"
    answers = tourist() | {"contact.email": address}
    steps.open_an_account(traveller, mailbox, address)
    steps.fill_in(traveller, answers)
    steps.hand_in(traveller, steps.draw_papers(tmp_path, answers))
    settled()
    reference = steps.submit(traveller)
    case = Case.objects.get(reference=reference.replace("-", ""))
    assert traveller.download("Download the receipt (PDF)").read_bytes().startswith(b"%PDF")

    traveller.follow("See the application")
    traveller.picture("case")
    traveller.follow("Correct your answers")
    traveller.picture("begin")
    traveller.press("Begin")
    correct(traveller, case, "contact", "contact.phone")
    correct(traveller, case, "lodging", "place.name")
    traveller.picture("changed")
    traveller.press("Go on and send")
    steps.answer_page(traveller, DECLARATION)
    traveller.picture("send")
    traveller.press("Send the corrections")
    assert traveller.sees(traveller.says("You corrected your answers"))

    traveller.follow("Your answers and declarations, with copies")
    traveller.picture("given")
    copy = traveller.download("Your answers (JSON)").read_bytes()
    given = json.loads(copy)["answers"]
    assert (given["contact.phone"], given["place.name"]) == ("+982122334455", "Hotel Beacon")
    case.application.refresh_from_db()
    assert hashlib.sha256(copy).hexdigest() == case.application.digest
    assert traveller.download("Your answers (PDF)").read_bytes().startswith(b"%PDF")
    (tmp_path / "copy.json").write_bytes(copy)
    traveller.give("copy", tmp_path / "copy.json")
    traveller.press("Check the file")
    assert traveller.sees(traveller.says("The copy is right"))
    traveller.picture("checked")

    settled()
    officer = visitor(language, javascript=javascript, width=1280, height=800)
    steps.staff_signs_in(officer, OFFICER)
    steps.open_case(officer, reference)
    assert officer.sees("+442079460000")
    assert officer.sees("Hotel Beacon")
    officer.picture("desk")


def correct(traveller, case, page, question):
    """Change one answer from the overview of the correction."""
    traveller.go("applications:correct_page", case.application.pk, page)
    steps.answer_page(traveller, {question: CORRECTED[question]})
    traveller.press("Save the change")
