"""Who reaches which page of the bench. To strangers none of it exists; every page is in this list."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from consular.audit.models import Entry
from consular.cases.status import Status
from consular.desk.urls import urlpatterns
from tests.consular.cases.conftest import fresh
from tests.consular.desk.conftest import url

pytestmark = pytest.mark.django_db

STRANGERS = ["applicant", "stranger", "officer_elsewhere"]
INSIDERS = ["officer", "other_officer", "consul", "auditor"]
LOOKS = ["case_detail", "document_page", "document_thumbnail", "document_copy"]
POSTS = ["case_claim", "case_release", "case_take_back"]
FORMS = [
    "case_take_over", "case_note", "case_ask", "case_recommend_approval", "case_recommend_refusal", "case_send_back",
    "case_approve", "case_refuse", "document_original",
]  # fmt: skip
PAPERS = [
    ("document_page", [1]), ("document_thumbnail", [1]), ("document_copy", []), ("document_original", []),
]  # fmt: skip
STOCK = ["change", "delete", "history"]


@pytest.fixture
def address(held, paper):
    """Return a function from a page's name to its address, on a case held by `officer`."""
    more = {
        "document_page": [paper.pk, 1],
        "document_thumbnail": [paper.pk, 1],
        "document_copy": [paper.pk],
        "document_original": [paper.pk],
    }
    return lambda name: url(name, held, *more.get(name, []))


def test_every_page_about_a_case_is_tested_here():
    assert {pattern.name for pattern in urlpatterns} == {*LOOKS, *POSTS, *FORMS, "case_next"}


@pytest.mark.parametrize("name", LOOKS + POSTS + FORMS)
def test_the_anonymous_are_sent_to_sign_in(address, name):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address(name), follow=True)
        assert answer.redirect_chain
        assert reverse("account_login") in answer.redirect_chain[-1][0]


@pytest.mark.parametrize("name", LOOKS + POSTS + FORMS)
@pytest.mark.parametrize("who", STRANGERS)
def test_to_strangers_there_is_no_such_page(address, name, who, signed_in, request, held):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(address(name)).status_code == 404
    assert client.post(address(name), {"text": "x", "reason": "x"}).status_code in {404, 405}
    assert fresh(held).status == Status.IN_REVIEW
    assert not held.notes.exists()


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("who", INSIDERS)
def test_who_serves_at_the_mission_looks(address, name, who, signed_in, request):
    answer = signed_in(request.getfixturevalue(who)).get(address(name))
    assert answer.status_code == 200
    b"".join(answer.streaming_content if answer.streaming else [])


@pytest.mark.parametrize("name", LOOKS)
def test_looking_is_by_get_alone(address, name, signed_in, officer):
    assert signed_in(officer).post(address(name)).status_code == 405


@pytest.mark.parametrize("name", POSTS)
def test_one_button_acts_are_by_post_alone(name, signed_in, officer, received, request):
    case = (
        received
        if name == "case_claim"
        else request.getfixturevalue("held" if name == "case_release" else "asked")
    )
    before = fresh(case)
    assert signed_in(officer).get(url(name, case)).status_code == 405
    assert (fresh(case).status, fresh(case).officer) == (before.status, before.officer)


@pytest.mark.parametrize("name", POSTS + FORMS)
def test_an_auditor_is_told_that_looking_is_all(address, name, signed_in, auditor, held):
    answer = signed_in(auditor).post(address(name), {"text": "x", "reason": "x"}, follow=True)
    assert answer.redirect_chain == [(address("case_detail"), 302)]
    assert fresh(held).status == Status.IN_REVIEW
    assert not held.notes.exists()


def test_staff_without_a_second_factor_see_nothing(address, signed_in, officer):
    answer = signed_in(officer, second_factor=False).get(address("case_detail"))
    assert answer.status_code == 302


def test_an_officer_who_applies_has_no_page_about_their_own_case(address, signed_in, officer, held, consul):
    held.officer, held.applicant = consul, officer
    held.save()
    assert signed_in(officer).get(address("case_detail")).status_code == 404


def test_who_tried_in_vain_is_in_the_trail(address, signed_in, officer_elsewhere, held):
    signed_in(officer_elsewhere).get(address("case_detail"))
    entry = Entry.objects.about(held).get(verb="case.not_shown")
    assert entry.actor == officer_elsewhere


def test_a_reference_that_is_none_is_not_found(signed_in, officer):
    assert signed_in(officer).get("/en/staff/cases/case/ABCDEFGHJKMN/").status_code == 404
    assert signed_in(officer).get("/en/staff/cases/case/x/").status_code == 404


def test_another_cases_document_is_not_found_through_ones_own(address, signed_in, officer, held, applicant):
    from tests.factories.cases import AttachmentFactory, CaseFactory
    from tests.factories.documents import CleanDocumentFactory

    foreign = CleanDocumentFactory(owner=applicant)
    AttachmentFactory(case=CaseFactory(), document=foreign)
    client = signed_in(officer)
    for name, more in PAPERS:
        assert client.get(url(name, held, foreign.pk, *more)).status_code == 404
        assert client.get(url(name, held, uuid.uuid4(), *more)).status_code == 404


def test_what_is_not_clean_cannot_be_opened_by_anybody(signed_in, officer, consul, held, quarantined):
    for person in (officer, consul):
        client = signed_in(person)
        for name, more in PAPERS:
            assert client.get(url(name, held, quarantined.pk, *more)).status_code == 404
    assert not Entry.objects.filter(verb__in=["document.seen", "document.original_taken"]).exists()


# Django's own pages


@pytest.mark.parametrize("name", STOCK)
@pytest.mark.parametrize("who", [*STRANGERS, "superuser"])
def test_the_stock_pages_of_a_case_are_not_found_by_strangers(held, name, who, signed_in, request):
    client = signed_in(request.getfixturevalue(who))
    stock = reverse(f"admin:cases_case_{name}", args=[held.pk])
    assert client.get(stock).status_code == 404
    assert client.post(stock, {"post": "yes"}).status_code == 404


def test_the_stock_change_page_leads_to_the_case_page(held, signed_in, officer, address):
    client = signed_in(officer)
    answer = client.get(reverse("admin:cases_case_change", args=[held.pk]))
    assert answer.url == address("case_detail")
    client.post(reverse("admin:cases_case_change", args=[held.pk]), {"status": "approved"})
    assert fresh(held).status == Status.IN_REVIEW
    assert client.get(reverse("admin:cases_case_change", args=["x"])).status_code == 404


@pytest.mark.parametrize("name", ["delete", "history"])
def test_nobody_deletes_a_case_or_reads_its_stock_history(held, name, signed_in, officer):
    assert signed_in(officer).post(reverse(f"admin:cases_case_{name}", args=[held.pk])).status_code == 404


def test_nobody_adds_a_case(signed_in, officer, superuser):
    for person in (officer, superuser):
        assert signed_in(person).get(reverse("admin:cases_case_add")).status_code == 404


def test_no_bulk_action_is_taken(held, signed_in, officer):
    data = {"action": "delete_selected", "_selected_action": [held.pk], "post": "yes"}
    signed_in(officer).post(reverse("admin:cases_case_changelist"), data)
    assert fresh(held)


@pytest.mark.parametrize("who", STRANGERS[:2])
@pytest.mark.parametrize(
    "name", ["index", "cases_case_changelist", "outbox_effect_changelist", "login", "jsi18n"]
)
def test_who_is_no_staff_finds_no_bench(name, who, signed_in, request):
    assert signed_in(request.getfixturevalue(who)).get(reverse(f"admin:{name}")).status_code == 404


def test_a_filter_through_relations_is_refused(held, signed_in, officer):
    cases = reverse("admin:cases_case_changelist")
    for probe in (
        "officer__password__startswith",
        "mission__postings__user__email",
        "applicant__email__contains",
    ):
        answer = signed_in(officer).get(cases, {probe: "a"})
        assert answer.status_code in {302, 400}
        assert "AZAD" not in answer.content.decode()


@pytest.mark.parametrize("probe", ["names_folded__regex", "birth_on__gte", "id__in", "reference__startswith"])
def test_no_field_is_asked_by_an_address_of_ones_own_making(held, signed_in, officer, probe):
    """A regular expression that is none was an error of the server, and one that never ends kept the database busy."""
    for value in ("{{", "(a+)+$"):
        assert (
            signed_in(officer).get(reverse("admin:cases_case_changelist"), {probe: value}).status_code == 400
        )


@pytest.mark.parametrize(
    "name",
    ["accounts_user", "audit_entry", "outbox_effect"],
)
def test_other_lists_are_for_superusers(name, signed_in, officer, consul, auditor, superuser):
    rows = reverse(f"admin:{name}_changelist")
    for person in (officer, consul, auditor):
        assert signed_in(person).get(rows).status_code == 404
    assert signed_in(superuser).get(rows).status_code == 200
