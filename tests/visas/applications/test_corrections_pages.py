"""Correcting on the portal: begin, change, see old beside new, declare, send."""

import pytest
from django.urls import reverse

from consular.cases import actions as cases
from consular.cases.status import Outcome
from tests.factories.applications import DECLARATION, submitted_application
from tests.factories.missions import PostingFactory
from tests.factories.visas import conditions
from visas.applications.models import Correction, VisaApplication

pytestmark = pytest.mark.django_db

PHONE = {
    "shown": "contact-address contact-email contact-phone",
    "contact-address": "1 Harbour Street\nSabel",
    "contact-email": "shirin@example.org",
    "contact-phone": "+98 21 2233 4455",
}


@pytest.fixture
def application(applicant):
    return submitted_application(applicant=applicant)


@pytest.fixture
def officer(application):
    return PostingFactory(mission=application.mission).user


@pytest.fixture
def to(application):
    """Return the address of a page: `to("correct_page", "contact")`."""
    return lambda name, *arguments: reverse(f"applications:{name}", args=[application.pk, *arguments])


def text(response):
    return response.content.decode()


def begin(client, to):
    return client.post(to("correct"), {"then": "begin"}, follow=True)


def send(client, to):
    posted = {name.replace(".", "-"): "on" for name in DECLARATION}
    return client.post(to("correct_send"), {"shown": " ".join(posted), **posted}, follow=True)


def saved_phone(application):
    sheet = VisaApplication.objects.with_sheet().get(pk=application.pk).sheet
    return sheet.entries()["contact.phone"].value


def test_a_phone_number_is_corrected_from_the_page_of_the_case(client, application, to):
    case_page = reverse("portal:case_detail", args=[application.case.reference])
    assert to("correct") in text(client.get(case_page))
    assert "name, date of birth" in text(client.get(to("correct")))
    assert to("correct_page", "contact") in text(begin(client, to))
    shown = text(client.post(to("correct_page", "contact"), PHONE, follow=True))
    assert "+442079460000" in shown
    assert "+982122334455" in shown
    assert "What you changed" in text(client.get(to("correct_send")))
    assert "We have your corrections" in text(send(client, to))
    assert saved_phone(application) == "+982122334455"
    history = text(client.get(to("given")))
    assert "+442079460000" in history
    assert "+982122334455" in history
    assert to("copy_json", 2) in history
    assert "You corrected your answers" in text(client.get(case_page))


def test_what_is_wrong_is_kept_as_it_was_typed(client, to):
    begin(client, to)
    response = client.post(to("correct_page", "contact"), PHONE | {"contact-phone": "12"}, follow=True)
    assert response.redirect_chain[-1][0] == to("correct_page", "contact")
    assert 'value="12"' in text(response)
    assert "You cannot send yet" in text(client.get(to("correct")))
    assert client.get(to("correct_send")).url == to("correct")


def test_without_the_declarations_nothing_is_sent(client, application, to):
    begin(client, to)
    client.post(to("correct_page", "contact"), PHONE)
    response = client.post(to("correct_send"), {"shown": "declare-truth"}, follow=True)
    assert "Tick the box" in text(response)
    assert saved_phone(application) == "+442079460000"


def test_once_an_officer_reviews_it_the_name_is_not_asked_and_not_taken(client, application, officer, to):
    begin(client, to)
    cases.claim(application.case, by=officer)
    names = text(client.get(to("correct_page", "names")))
    assert 'name="name-former"' in names
    assert 'name="name-surname"' not in names
    assert "name, date of birth" not in text(client.get(to("correct")))
    posted = {"shown": "name-surname name-given", "name-surname": "OTHER", "name-given": "X"}
    client.post(to("correct_page", "names"), posted)
    client.post(
        to("correct_page", "contact"),
        PHONE | {"name-surname": "OTHER", "shown": PHONE["shown"] + " name-surname"},
    )
    send(client, to)
    application.traveller.refresh_from_db()
    assert application.traveller.surname == "AZAD"
    assert saved_phone(application) == "+982122334455"


def test_a_name_changed_before_the_review_began_is_put_back_and_the_rest_is_sent(
    client, application, officer, to
):
    begin(client, to)
    client.post(to("correct_page", "names"), {"shown": "name-given", "name-given": "MINA"})
    client.post(to("correct_page", "contact"), PHONE)
    cases.claim(application.case, by=officer)
    assert "cannot be changed any more" in text(send(client, to))
    client.post(to("correct"), {"then": "put_back"})
    assert "We have your corrections" in text(send(client, to))
    application.traveller.refresh_from_db()
    assert application.traveller.given_names == "SHIRIN"
    assert saved_phone(application) == "+982122334455"


def test_a_decision_meanwhile_is_said_in_words_and_the_changes_can_still_be_read(
    client, application, officer, to
):
    begin(client, to)
    client.post(to("correct_page", "contact"), PHONE)
    cases.claim(application.case, by=officer)
    cases.decide(application.case, by=officer, outcome=Outcome.APPROVE, conditions=conditions())
    shown = text(send(client, to))
    assert "closed before you sent these changes" in shown
    assert "+982122334455" in shown
    assert to("correct_page", "contact") not in shown
    assert Correction.objects.get().sent_at is None


def test_a_closed_application_offers_no_correction(client, application, applicant, to):
    cases.withdraw(application.case, by=applicant)
    case_page = reverse("portal:case_detail", args=[application.case.reference])
    assert to("correct") not in text(client.get(case_page))
    assert "cannot be changed any more" in text(client.get(to("correct")))
    begin(client, to)
    assert not Correction.objects.exists()


def test_thrown_away_there_is_none(client, to):
    begin(client, to)
    assert "thrown away" in text(client.post(to("correct"), {"then": "discard"}, follow=True))
    assert not Correction.objects.exists()
    assert client.post(to("correct_page", "contact"), PHONE).url == to("correct")


@pytest.mark.parametrize("page_id", ["declaration", "no-such-page"])
def test_there_is_no_page_but_those_of_the_questions(client, to, page_id):
    begin(client, to)
    assert client.get(to("correct_page", page_id)).status_code == 404


def test_unknown_fields_and_wishes_change_nothing(client, application, to):
    begin(client, to)
    client.post(
        to("correct_page", "contact"), {"shown": "x y declare-truth", "x": "1", "declare-truth": "on"}
    )
    client.post(to("correct"), {"then": "no such wish"})
    sheet = Correction.objects.get(application=application).after
    assert not {name for name in sheet.entries() if name.startswith("declare.")}


@pytest.mark.parametrize(
    ("name", "arguments"), [("correct", []), ("correct_page", ["contact"]), ("correct_send", [])]
)
def test_a_stranger_finds_nothing(client, signed_in, stranger, to, name, arguments):
    begin(client, to)
    assert signed_in(stranger).get(to(name, *arguments)).status_code == 404
    assert signed_in(stranger).post(to(name, *arguments), PHONE).status_code == 404


def test_a_draft_is_not_corrected(client, at):
    assert client.get(at("correct")).status_code == 404


def test_the_officer_reads_old_beside_new_and_what_was_signed(client, signed_in, application, officer, to):
    begin(client, to)
    client.post(to("correct_page", "contact"), PHONE)
    send(client, to)
    desk = text(signed_in(officer).get(reverse("admin:desk:case_detail", args=[application.case.reference])))
    assert "+442079460000" in desk
    assert "+982122334455" in desk
    assert "corrected the answers" in desk
    assert "Declarations as signed" in desk
    assert application.consents.filter(question="declare.truth").first().text in desk
