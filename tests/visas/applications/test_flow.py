"""From the task list to the receipt."""

import datetime as dt

import pytest
from django.urls import reverse

from consular.cases.models import Case
from tests.factories.applications import (
    DECLARATION,
    VisaApplicationFactory,
    answer,
    complete,
    day,
    hand_in,
    submitted_application,
    tourist,
)
from tests.factories.documents import DocumentFactory, RefusedDocumentFactory
from visas.applications import actions, views
from visas.applications.draft import Draft
from visas.applications.models import Evidence, VisaApplication

pytestmark = pytest.mark.django_db

TICKED = {
    "shown": "declare-truth declare-fee declare-data declare-leave",
    "declare-truth": "on", "declare-fee": "on", "declare-data": "on", "declare-leave": "on",
}  # fmt: skip


def text(response):
    return " ".join(response.content.decode().split())


def test_the_task_list_says_what_is_done_and_what_cannot_start(client, at, draft):
    page = text(client.get(at("tasks")))
    assert "Tourist visa" in page
    assert "Not started" in page
    assert "Cannot start yet" in page
    assert at("page", "names") in page
    assert at("documents") in page
    assert "Where you stay" in page
    assert "Your onward journey" not in page


def test_a_transit_asks_for_the_onward_journey_instead_of_lodging(client, applicant):
    draft = VisaApplicationFactory(applicant=applicant, category="TR")
    page = text(client.get(reverse("applications:tasks", args=[draft.pk])))
    assert "Your onward journey" in page
    assert "Where you stay" not in page


def test_a_section_leads_to_its_first_page_that_is_not_done(client, at, draft):
    answer(draft, {"person.sex": "F", "person.civil": "other"})
    assert at("page", "civil-status") in text(client.get(at("tasks")))


def test_the_fee_stands_there_with_its_source_and_date(client, at):
    page = text(client.get(at("tasks")))
    assert "60 euros" in page
    assert "Consular Fees Regulation (No. 26 of 2025)" in page
    assert "in force from 1 January 2026" in page


def test_a_child_pays_nothing_and_reads_why(client, at, draft):
    from tests.factories.applications import day

    answer(draft, {"birth.on": day(-700)})
    page = text(client.get(at("tasks")))
    assert "0 euros" in page
    assert "Instead of 60 euros" in page


def test_the_check_lists_what_is_missing_with_links(client, at, draft):
    page = text(client.get(at("check")))
    assert "You cannot submit yet" in page
    assert f"{at('page', 'names')}?from=check" in page
    assert f"{at('documents')}#passport" in page
    assert at("declaration") not in page


def test_the_check_shows_every_answer_in_words_with_a_link_to_change_it(client, at, draft):
    complete(draft)
    page = text(client.get(at("check")))
    assert "You cannot submit yet" not in page
    for words in (
        "AZAD",
        "شیرین آزاد",
        "17 May 1990",
        "Naruvia",
        "Bank or credit card",
        "Hotel Lantern",
        "Not given",
    ):
        assert words in page
    assert f"{at('page', 'passport')}?from=check#id_passport-number" in page
    assert at("declaration") in page


def test_the_check_does_not_show_what_is_not_asked(client, at, draft):
    complete(draft)
    answer(draft, {"host.name": "Somebody"})
    assert "Somebody" not in text(client.get(at("check")))


def test_a_file_in_quarantine_is_received_and_a_refused_one_is_told(client, at, draft, applicant):
    answer(draft, tourist())
    hand_in(draft, "itinerary", "means")
    for purpose, made in (("passport", DocumentFactory), ("photo", RefusedDocumentFactory)):
        document = made(owner=applicant, kind=purpose)
        Evidence.objects.create(application=draft, document=document, purpose=purpose)
    page = text(client.get(at("check")))
    assert "Received; we are checking it" in page
    assert f"{at('documents')}#photo" in page
    assert f"{at('documents')}#passport" not in page


def test_the_declaration_is_only_for_complete_drafts(client, at, draft):
    assert client.get(at("declaration")).url == at("check")
    complete(draft)
    assert "I will leave Velmaris before the visa ends" in text(client.get(at("declaration")))


def test_an_unticked_declaration_is_told_and_the_ticks_are_kept(client, at, draft):
    complete(draft)
    response = client.post(
        at("declaration"), {key: value for key, value in TICKED.items() if key != "declare-fee"}
    )
    assert response.url == at("declaration")
    page = text(client.get(at("declaration")))
    assert "Tick the box about the fee" in page
    assert page.count("checked") == 3
    assert not Case.objects.exists()


def test_submitting_leads_to_the_reference(client, at, draft):
    complete(draft)
    assert client.post(at("declaration"), TICKED).url == at("submitted")
    page = text(client.get(at("submitted")))
    case = Case.objects.get()
    assert case.spaced_reference in page
    assert at("receipt") in page
    assert reverse("portal:case_detail", args=[case.reference]) in page


def test_a_double_click_and_the_back_button_make_one_case(client, at, draft):
    complete(draft)
    addresses = {client.post(at("declaration"), TICKED).url for _ in range(3)}
    assert addresses == {at("submitted")}
    assert Case.objects.count() == 1


def test_what_became_incomplete_in_another_tab_leads_back_to_the_check(client, at, draft):
    complete(draft)
    draft.sheet.answers.filter(question="name.surname").delete()
    assert client.post(at("declaration"), TICKED).url == at("check")
    assert draft.sheet.entries()["declare.truth"].value is True


def test_the_case_answers_in_the_language_of_the_page(client, draft):
    complete(draft)
    client.post(f"/fa/apply/{draft.pk}/declaration/", TICKED)
    assert Case.objects.get().language == "fa"


def test_a_minor_needs_the_declaration_of_the_guardian(client, at, draft):
    from tests.factories.applications import day

    answers = {"birth.on": day(-3650), "guardian.relation": "mother", "guardian.surname": "AZAD",
               "guardian.nationality": "QNR", "guardian.phone": "+442079460000"}  # fmt: skip
    complete(draft, tourist() | answers)
    ticked = TICKED | {"shown": f"{TICKED['shown']} declare-guardian"}
    assert client.post(at("declaration"), ticked).url == at("declaration")
    assert "Tick the box of the parent or guardian" in text(client.get(at("declaration")))


def test_before_submission_there_is_no_receipt(client, at):
    assert client.get(at("submitted")).url == at("tasks")
    assert client.get(at("receipt")).status_code == 404


def test_the_receipt_is_a_pdf(client, applicant):
    application = submitted_application(applicant=applicant)
    response = client.get(reverse("applications:receipt", args=[application.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert application.case.reference in response["Content-Disposition"]


def test_a_draft_can_be_thrown_away(client, at, draft, applicant):
    complete(draft)
    document = draft.evidence.first().document
    assert "cannot be undone" in text(client.get(at("discard")))
    assert client.post(at("discard")).url == reverse("portal:home")
    assert not VisaApplication.objects.exists()
    document.refresh_from_db()
    assert document.removed_at


@pytest.mark.parametrize("name", ["discard", "declaration", "page"])
def test_what_is_done_to_a_draft_while_it_is_thrown_away_in_another_tab_leads_home(
    client, at, monkeypatch, name, applicant
):
    found = views.get_own
    monkeypatch.setattr(views, "get_own", lambda *asked: thrown_away(found(*asked), applicant))
    address = at("page", "names") if name == "page" else at(name)
    assert client.post(address, {"name-surname": "AZAD", "shown": "name-surname"}).url == reverse(
        "portal:home"
    )


def thrown_away(draft, applicant):
    """Return a draft as it was read just before it was discarded."""
    actions.discard(VisaApplication.objects.get(pk=draft.pk), by=applicant)
    return draft


def test_a_submitted_application_cannot_be_thrown_away(client, applicant):
    application = submitted_application(applicant=applicant)
    client.post(reverse("applications:discard", args=[application.pk]))
    assert VisaApplication.objects.filter(pk=application.pk).exists()


def test_pages_of_a_draft_are_kept_by_no_cache(client, at):
    assert "no-store" in client.get(at("tasks"))["Cache-Control"]


@pytest.mark.parametrize(("name", "queries"), [("tasks", 6), ("check", 7)])
def test_an_overview_takes_six_queries_whatever_was_answered_and_the_check_one_more(
    client, at, draft, name, queries, django_assert_num_queries
):
    client.get(at(name))
    complete(draft, tourist() | DECLARATION)
    # session, user, application, version of the policy, answers, files; the check asks who filled in what
    with django_assert_num_queries(queries):
        client.get(at(name))


def test_a_date_of_birth_that_cannot_be_right_makes_no_child_of_the_traveller(draft):
    as_adult = Draft.of(answer(draft, {"birth.on": dt.date(1990, 5, 17)})).fee
    as_child = Draft.of(answer(draft, {"birth.on": day(-1000)})).fee
    unborn = Draft.of(answer(draft, {"birth.on": day(400)})).fee
    assert unborn.amount == as_adult.amount > as_child.amount
