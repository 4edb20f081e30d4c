"""The pages about mandates, and what the pages of an application say to who acts for somebody."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from consular.cases.models import Case
from consular.documents.models import Document
from consular.notifications.models import Message
from consular.outbox.effects import pay_due
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    DECLARATION,
    VisaApplicationFactory,
    answer,
    complete,
    submitted_application,
)
from tests.factories.documents import photograph, upload
from tests.factories.mandates import MandateFactory, held
from visas.applications.mandates_tokens import digest, new_token
from visas.applications.models import Mandate, Party, Scope, VisaApplication

pytestmark = pytest.mark.django_db

TICKED = {
    "shown": "declare-truth declare-fee declare-data declare-leave",
    "declare-truth": "on", "declare-fee": "on", "declare-data": "on", "declare-leave": "on",
}  # fmt: skip


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def helper():
    return UserFactory(email="sara@example.org", name="Sara Karimi")


@pytest.fixture
def theirs(signed_in, helper):
    """Return the helper's browser."""
    return signed_in(helper)


def wanted(**fields):
    until = timezone.localdate() + dt.timedelta(days=30)
    day = {"ends_on_day": until.day, "ends_on_month": until.month, "ends_on_year": until.year}
    return {"email": "sara@example.org", "scope": "act", "ends_on_calendar": "gregorian", **day, **fields}


def invitation_to(draft, email, **fields):
    token = new_token()
    mandate = MandateFactory(application=draft, email=email, token_digest=digest(token), **fields)
    return mandate, reverse("applications:invitation", args=[token])


# The applicant's page


def test_the_task_list_and_the_case_lead_to_who_may_help(client, at, applicant):
    assert at("mandates") in text(client.get(at("tasks")))
    application = submitted_application(applicant=applicant)
    page = text(client.get(reverse("portal:case_detail", args=[application.case.reference])))
    assert reverse("applications:mandates", args=[application.pk]) in page


def test_inviting_sends_one_letter_and_lists_the_invitation(client, at):
    assert client.post(at("mandates"), wanted()).url == at("mandates")
    page = text(client.get(at("mandates")))
    assert "sara@example.org" in page
    assert "Invited, no answer yet" in page
    assert Mandate.objects.get().scope == Scope.ACT


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, "Enter an email address"),
        ({"email": "sara"}, "in the right format"),
        ({"email": "applicant@example.org"}, "your own address"),
        ({"scope": ""}, "Select what they may do"),
        ({"scope": "everything"}, "Select one of the answers"),
        ({"ends_on_year": "2020"}, "must be in the future"),
        ({"ends_on_year": str(timezone.localdate().year + 3)}, "or earlier"),
        ({"ends_on_day": "31", "ends_on_month": "2"}, "There is no 31 February"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(client, at, fields, words):
    assert words in text(client.post(at("mandates"), wanted(**fields)))
    assert not Mandate.objects.exists()


def test_a_party_is_asked_for_whom(client, at, draft, applicant):
    assert 'name="reach"' not in text(client.get(at("mandates")))
    party = Party.objects.create(owner=applicant)
    VisaApplication.objects.filter(pk=draft.pk).update(party=party, place=1)
    assert "Select for whom" in text(client.post(at("mandates"), wanted()))
    client.post(at("mandates"), wanted(reach="party"))
    assert Mandate.objects.get().party == party


def test_who_has_a_mandate_is_listed_and_ended(client, at, draft, helper):
    mandate = held(draft, by=helper)
    page = text(client.get(at("mandates")))
    assert "Sara Karimi" in page
    assert "Not used yet" in page
    assert client.post(at("mandate_end", mandate.pk)).url == at("mandates")
    client.post(at("mandate_end", mandate.pk))
    assert "Ended" in text(client.get(at("mandates")))
    assert Message.objects.filter(to=helper).count() == 1


def test_a_mandate_for_another_application_is_not_ended_here(client, at, applicant, helper):
    other = held(VisaApplicationFactory(applicant=applicant), by=helper)
    assert client.post(at("mandate_end", other.pk)).status_code == 404


# The invitation


def test_a_signed_out_person_signs_in_first_and_comes_back(draft):
    from django.test import Client

    _mandate, address = invitation_to(draft, "sara@example.org")
    assert address in Client().get(address).url.replace("%2F", "/")


def test_looking_accepts_nothing(draft, theirs):
    mandate, address = invitation_to(draft, "sara@example.org", scope=Scope.ACT)
    page = text(theirs.get(address))
    assert "Shirin Azad" in page
    assert "Tourist visa" in page
    mandate.refresh_from_db()
    assert mandate.accepted_at is None


def test_accepting_leads_home_where_the_application_stands(draft, theirs):
    _mandate, address = invitation_to(draft, "sara@example.org")
    assert theirs.post(address, {"answer": "accept"}).url == reverse("portal:home")
    page = text(theirs.get(reverse("portal:home")))
    assert "For others" in page
    assert "Shirin Azad" in page
    assert reverse("applications:tasks", args=[draft.pk]) in page
    assert theirs.get(address).url == reverse("portal:home")


def test_to_whom_an_invitation_is_not_it_says_nothing_about_whose_it_is(draft, signed_in, stranger):
    _mandate, address = invitation_to(draft, "sara@example.org")
    for answer_of in (
        signed_in(stranger).get(address),
        signed_in(stranger).post(address, {"answer": "accept"}),
    ):
        page = text(answer_of)
        assert "sent to another email address" in page
        assert "Shirin" not in page
        assert "sara@" not in page
    assert signed_in(stranger).post(address, {"answer": "decline"}).status_code == 200
    assert Mandate.objects.get().ended_at is None


def test_a_link_works_once(draft, theirs, signed_in):
    mandate, address = invitation_to(draft, "sara@example.org")
    theirs.post(address, {"answer": "accept"})
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=timezone.now())
    assert "no longer valid" in text(theirs.get(address))
    assert "no longer valid" in text(theirs.post(address, {"answer": "accept"}))


def test_a_link_that_is_none_is_not_there(theirs, db):
    assert theirs.get(reverse("applications:invitation", args=["made-up"])).status_code == 404


def test_declining_leads_home(draft, theirs, helper):
    _mandate, address = invitation_to(draft, helper.email)
    assert theirs.post(address, {"answer": "decline"}).url == reverse("portal:home")
    assert not VisaApplication.objects.open_to(helper).exists()


# Acting


def test_every_page_says_for_whom_until_when_and_with_what_right(draft, at, theirs, helper, client):
    held(draft, by=helper)
    complete(draft)
    for address in (at("tasks"), at("page", "names"), at("documents"), at("check"), at("passport_first")):
        page = text(theirs.get(address))
        assert "You act for <bdi>Shirin Azad</bdi>, not for yourself." in page, address
        assert "Fill in, upload and look" in page, address
        assert "You act for" not in text(client.get(address)), address


def test_who_fills_in_is_not_offered_to_submit_or_delete(draft, at, theirs, helper):
    held(draft, by=helper)
    complete(draft)
    check = text(theirs.get(at("check")))
    assert at("declaration") not in check
    assert "tell them that it is ready" in check
    tasks = text(theirs.get(at("tasks")))
    assert at("discard") not in tasks
    assert at("mandates") not in tasks
    assert at("code") not in tasks


def test_what_they_fill_in_is_marked_for_the_applicant(draft, at, client, theirs, helper):
    held(draft, by=helper)
    theirs.post(
        at("page", "names"),
        {"name-surname": "AZAD", "name-given": "SHIRIN", "shown": "name-surname name-given name-native"},
    )
    assert "Filled in by Sara Karimi" in text(client.get(at("check")))


def test_a_file_that_they_upload_is_the_applicants_and_the_trail_knows(draft, at, applicant, theirs, helper):
    held(draft, by=helper)
    theirs.post(at("documents"), {"purpose": "photo", "photo-file": upload(photograph())})
    document = Document.objects.get()
    assert document.owner == applicant
    entry = Entry.objects.get(verb="document.stored")
    assert (entry.actor, entry.detail["on_behalf_of"]) == (helper, applicant.pk)
    theirs.post(at("document_remove", document.pk))
    assert Entry.objects.get(verb="document.removed").actor == helper


def test_who_may_act_signs_under_a_sentence_that_says_so(draft, at, theirs, helper):
    held(draft, by=helper, scope=Scope.ACT)
    complete(draft)
    sentence = "Signed by Sara Karimi on behalf of Shirin Azad"
    assert sentence in text(theirs.get(at("declaration")))
    assert theirs.post(at("declaration"), TICKED).url == at("submitted")
    assert sentence in draft.consents.first().text
    assert sentence in text(theirs.get(at("given")))


def test_the_holder_sees_the_case_answers_and_may_not_withdraw(draft, at, theirs, helper, applicant):
    held(draft, by=helper, scope=Scope.ACT)
    answer(complete(draft), DECLARATION)
    theirs.post(at("declaration"), TICKED)
    case = Case.objects.get()
    page = text(theirs.get(reverse("portal:case_detail", args=[case.reference])))
    assert "You act for <bdi>Shirin Azad</bdi>" in page
    assert "Withdraw the application" not in page
    assert at("correct") in page
    assert reverse("portal:case_withdraw", args=[case.reference]) not in page
    assert case.reference in text(theirs.get(reverse("portal:home"))).replace("-", "")
    theirs.post(reverse("portal:case_withdraw", args=[case.reference]))
    case.refresh_from_db()
    assert not case.is_closed


def test_a_representative_answers_an_officer(draft, at, theirs, helper, applicant):
    from consular.cases.actions import Wanted, ask, claim
    from tests.factories.missions import PostingFactory

    held(draft, by=helper, scope=Scope.ACT)
    answer(complete(draft), DECLARATION)
    theirs.post(at("declaration"), TICKED)
    case = Case.objects.get()
    officer = PostingFactory(mission=case.mission).user
    items = [Wanted("Why so long?"), Wanted("The itinerary again", "itinerary")]
    letter = ask(
        claim(case, by=officer),
        by=officer,
        items=items,
        answer_by=case.mission.today() + dt.timedelta(days=9),
    )
    assert Message.objects.filter(to=helper, template="cases/question_to_deputy").exists()
    words, file = letter.items.order_by("pk")
    address = reverse("portal:case_answer", args=[case.reference])
    sent = {f"item_{words.pk}": "A long way.", f"item_{file.pk}": upload(photograph()), "send": "yes"}
    assert theirs.post(address, sent).status_code == 302
    case.refresh_from_db()
    assert case.status == "in_review"
    assert Document.objects.latest("uploaded_at").owner == applicant
    assert Message.objects.filter(to=applicant, template="cases/answer_received").exists()
    page = text(theirs.get(reverse("portal:case_detail", args=[case.reference])))
    assert "You answered our questions (Sara Karimi, on behalf of the applicant)" in page
    from consular.desk.page import CasePage

    assert "Sara Karimi, for the applicant" in {row.who for row in CasePage(case, officer).history}


def test_a_representative_corrects_under_their_name(draft, at, theirs, helper):
    held(draft, by=helper, scope=Scope.ACT)
    answer(complete(draft), DECLARATION)
    theirs.post(at("declaration"), TICKED)
    theirs.post(at("correct"), {"then": "begin"})
    theirs.post(
        at("correct_page", "names"),
        {
            "name-surname": "AZADI",
            "name-given": "SHIRIN",
            "shown": "name-surname name-given name-native",
            "name-native": "شیرین آزاد",
        },
    )
    assert "Signed by Sara Karimi" in text(theirs.get(at("correct_send")))
    assert theirs.post(at("correct_send"), TICKED).status_code == 302
    application = VisaApplication.objects.get(pk=draft.pk)
    saved = application.sheet.answers.get(question="name.surname")
    assert (saved.value, saved.saved_by) == ("AZADI", helper)
    assert application.sheet.answers.get(question="name.given").saved_by is None


# The end of it


def test_what_is_sent_after_the_end_is_not_saved_and_they_are_told(draft, at, client, theirs, helper):
    mandate = held(draft, by=helper)
    theirs.get(at("page", "names"))
    client.post(at("mandate_end", mandate.pk))
    response = theirs.post(at("page", "names"), {"name-surname": "AZAD", "shown": "name-surname"})
    assert response.status_code == 404
    page = text(response)
    assert "What you sent just now was not saved" in page
    assert "Shirin" not in page
    assert not draft.sheet.answers.exists()
    assert "For others" not in text(theirs.get(reverse("portal:home")))


def test_the_holder_gives_it_back(draft, theirs, helper, applicant, signed_in, stranger):
    mandate = held(draft, by=helper)
    address = reverse("applications:mandate_give_back", args=[mandate.pk])
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(applicant).get(address).status_code == 404
    assert "no longer act for" in text(theirs.get(address))
    mandate.refresh_from_db()
    assert mandate.ended_at is None
    assert theirs.post(address).url == reverse("portal:home")
    assert theirs.post(address).url == reverse("portal:home")
    assert Entry.objects.filter(verb="mandate.ended").count() == 1


def test_the_letters_of_invitation_are_forgotten_once_sent(client, at):
    client.post(at("mandates"), wanted())
    pay_due()
    assert Message.objects.get(template="mandates/invitation").body == ""
