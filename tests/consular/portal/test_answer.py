import pytest
from django.urls import reverse

from consular.cases import actions
from consular.cases.models import Attachment, Case, RequestItem
from consular.cases.status import Status
from consular.documents.models import Document
from consular.portal import case_page
from tests.factories.documents import RefusedDocumentFactory, photograph, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(asked):
    return RequestItem.objects.get(purpose="")


@pytest.fixture
def file(asked):
    return RequestItem.objects.get(purpose="itinerary")


@pytest.fixture
def send(visit, asked, words, file):
    """Return a function that posts an answer: `send(text="…", files=[…], button="send")`."""

    def post(text="", files=(), button="send"):
        data = {f"item_{words.pk}": text, f"item_{file.pk}": list(files), button: "yes"}
        return visit.client.post(reverse("portal:case_answer", args=[asked.reference]), data)

    return post


def status(case):
    return Case.objects.get(pk=case.pk).status


def test_the_page_asks_what_the_officer_asked(visit, asked):
    text = visit("portal:case_answer", asked.reference).content.decode()
    assert "Who pays for the journey?" in text
    assert "Send the itinerary again." in text


def test_a_complete_answer_goes_to_the_officer(send, asked, words):
    response = send("My aunt, ۱۲۳", [upload(photograph())])
    assert response["Location"] == reverse("portal:case_detail", args=[asked.reference])
    assert status(asked) == Status.IN_REVIEW
    words.refresh_from_db()
    assert words.answer == "My aunt, ۱۲۳"
    assert Attachment.objects.get().purpose == "itinerary"


def test_several_files_answer_one_question(send, asked):
    send("x", [upload(photograph()), upload(photograph(colour="red"), "two.jpg")])
    assert Attachment.objects.count() == 2


def test_an_incomplete_answer_is_saved_and_says_what_is_missing(send, asked, words):
    response = send("My aunt")
    assert response.status_code == 200
    assert "Choose a file" in response.content.decode()
    assert "Error:" in response.content.decode()
    words.refresh_from_db()
    assert (words.answer, status(asked)) == ("My aunt", Status.AWAITING_APPLICANT)


def test_an_empty_form_says_what_is_missing(send):
    text = send().content.decode()
    assert "Write your answer" in text
    assert "Choose a file" in text


def test_saving_sends_nothing(send, asked):
    response = send("My aunt", [upload(photograph())], button="save")
    assert response["Location"] == reverse("portal:case_answer", args=[asked.reference])
    assert status(asked) == Status.AWAITING_APPLICANT
    assert Attachment.objects.count() == 1


def test_what_was_saved_is_there_again(send, visit, asked):
    send("My aunt", button="save")
    assert "My aunt" in visit("portal:case_answer", asked.reference).content.decode()


def test_a_bad_text_loses_no_file_and_a_bad_file_loses_no_text(send, asked, words):
    response = send("a\x00b", [upload(photograph())])
    assert "cannot be stored" in response.content.decode()
    assert Attachment.objects.count() == 1
    response = send("My aunt", [upload(b"", "empty.pdf")])
    assert response.status_code == 200
    words.refresh_from_db()
    assert words.answer == "My aunt"
    assert Attachment.objects.count() == 1


def test_five_thousand_characters_are_fine_and_more_are_not(send, words):
    send("x" * 5001, button="save")
    words.refresh_from_db()
    assert words.answer == ""
    send("x" * 5000, button="save")
    words.refresh_from_db()
    assert len(words.answer) == 5000


def test_a_file_can_be_taken_out_again(send, visit, asked, file):
    send("", [upload(photograph())], button="save")
    attachment = Attachment.objects.get()
    visit.client.post(reverse("portal:answer_remove", args=[asked.reference, attachment.pk]))
    assert not Attachment.objects.exists()
    assert Document.objects.get().removed_at
    file.refresh_from_db()
    assert file.state == "open"


def test_a_file_that_could_not_be_removed_stays_in_the_answer(send, visit, asked, monkeypatch):
    send("My aunt", [upload(photograph())], button="save")

    def fail(*args, **named):
        raise OSError

    monkeypatch.setattr(case_page.documents, "remove", fail)
    with pytest.raises(OSError):  # noqa: PT011 - any trouble with the storage
        visit.client.post(
            reverse("portal:answer_remove", args=[asked.reference, Attachment.objects.get().pk])
        )
    assert Attachment.objects.exists()


def test_an_answer_with_a_file_that_cannot_be_used_is_not_sent(send, asked, file, applicant):
    damaged = RefusedDocumentFactory(owner=applicant)
    actions.attach(file, damaged, by=applicant)
    text = send("My aunt").content.decode()
    assert "Remove the file that cannot be used, and choose another" in text
    assert status(asked) == Status.AWAITING_APPLICANT
    actions.detach(Attachment.objects.get(), by=applicant)
    send("My aunt", [upload(photograph())])
    assert status(asked) == Status.IN_REVIEW


def test_a_stranger_takes_nothing_out(send, asked, stranger, signed_in):
    send("", [upload(photograph())], button="save")
    address = reverse("portal:answer_remove", args=[asked.reference, Attachment.objects.get().pk])
    assert signed_in(stranger).post(address).status_code == 404
    assert Attachment.objects.exists()


def test_a_document_that_came_with_the_application_stays(visit, asked, applicant):
    from tests.factories.cases import AttachmentFactory
    from tests.factories.documents import CleanDocumentFactory

    attachment = AttachmentFactory(case=asked, document=CleanDocumentFactory(owner=applicant))
    visit.client.post(reverse("portal:answer_remove", args=[asked.reference, attachment.pk]))
    assert Attachment.objects.filter(pk=attachment.pk).exists()
    assert Document.objects.get().removed_at is None


def test_when_nothing_is_asked_the_page_leads_to_the_case(visit, held):
    response = visit("portal:case_answer", held.reference)
    assert response["Location"] == reverse("portal:case_detail", args=[held.reference])


def test_a_question_that_was_taken_back_meanwhile_is_told(send, asked, officer):
    actions.take_back(asked, by=officer)
    response = send("My aunt", [upload(photograph())])
    assert response["Location"] == reverse("portal:case_detail", args=[asked.reference])
    assert not Attachment.objects.exists()


def test_sending_twice_answers_once(send, asked):
    send("My aunt", [upload(photograph())])
    assert send("My aunt", [upload(photograph())]).status_code == 302
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.pdf"), (b"MZ" + b"\0" * 100, "ticket.pdf"), (b"x" * 11_000_000, "large.pdf")],
)
def test_a_file_that_cannot_be_taken_is_told_and_loses_no_word(send, words, content, name):
    response = send("My aunt", [upload(content, name)])
    assert response.status_code == 200
    assert response.context["form"].errors
    words.refresh_from_db()
    assert words.answer == "My aunt"
    assert not Document.objects.exists()
