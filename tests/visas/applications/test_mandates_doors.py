"""Every door of an application, and to whom it opens: a table, and nothing that is not in it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consular.cases.models import Case
from consular.missions.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.applications import VisaApplicationFactory, complete, submitted_application
from tests.factories.mandates import MandateFactory, held
from tests.factories.missions import PostingFactory
from tests.factories.visas import approved_application
from visas.applications.models import Party, Scope
from visas.applications.urls import urlpatterns
from visas.issuance.actions.issue import issue

pytestmark = pytest.mark.django_db

APPLICANT, FILL, ACT = "applicant", "fill", "act"
OTHERS = ("ended", "ran_out", "invited", "stranger", "officer", "signed_out")
ALL = {APPLICANT, FILL, ACT}
SIGNING = {APPLICANT, ACT}
OWN = {APPLICANT}

# URL name → who gets a page, and what the address takes beside the application
DRAFT = {
    "tasks": (ALL, ()),
    "page": (ALL, ("names",)),
    "documents": (ALL, ()),
    "document": (ALL, ("photo",)),
    "document_arrange": (ALL, ("photo",)),
    "document_replace": (ALL, ("photo", "DOCUMENT", 1)),
    "document_page": (ALL, ("DOCUMENT", 1)),
    "document_page_small": (ALL, ("DOCUMENT", 1)),
    "document_remove": (ALL, ("DOCUMENT",)),
    "passport": (ALL, ()),
    "passport_first": (ALL, ()),
    "passport_state": (ALL, ()),
    "earlier": (ALL, ()),
    "check": (ALL, ()),
    "party": (ALL, ()),
    "party_add": (OWN, ()),
    "party_leave": (OWN, ()),
    "declaration": (SIGNING, ()),
    "discard": (OWN, ()),
    "mandates": (OWN, ()),
    "code": (OWN, ()),
}
SUBMITTED = {
    "submitted": (ALL, ()),
    "receipt": (ALL, ()),
    "given": (ALL, ()),
    "copy_json": (ALL, (1,)),
    "copy_pdf": (ALL, (1,)),
    "correct": (SIGNING, ()),
    "correct_page": (SIGNING, ("names",)),
    "correct_send": (SIGNING, ()),
    "mandates": (OWN, ()),
}
PORTAL = {
    "case_detail": ALL,
    "case_state": ALL,
    "case_answer": SIGNING,
    "case_withdraw": OWN,
}
BY_POST_ALONE = {"mandate_end"}
ELSEWHERE = {"resumed"}  # For the session of who came back with a code: its own tests say to whom


def people(application):
    """Return a person for each role, with the mandate that makes it."""
    found = {who: UserFactory(email=f"{who}@example.org") for who in (FILL, ACT, *OTHERS)}
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    held(application, by=found[FILL])
    held(application, by=found[ACT], scope=Scope.ACT)
    held(application, by=found["ended"], scope=Scope.ACT, ended_at=timezone.now())
    held(application, by=found["ran_out"], scope=Scope.ACT, ends_on=yesterday)
    MandateFactory(application=application, email=found["invited"].email)
    found["officer"] = PostingFactory(mission=application.mission, role=Role.OFFICER).user
    return {APPLICANT: application.applicant, **found}


@pytest.fixture
def knock(signed_in):
    """Return a function: who of these people gets an answer that is no error at this address."""

    def let_in(cast, address, method="get", kindly=True):
        statuses = {
            who: getattr(Client() if who == "signed_out" else signed_in(user), method)(address)
            for who, user in cast.items()
        }
        shut = {who for who, answer in statuses.items() if answer.status_code == 404}
        to_sign_in = statuses["signed_out"]
        assert to_sign_in.status_code == 302
        assert "/account/" in to_sign_in.url
        opened = {who for who, answer in statuses.items() if answer.status_code < 400} - {"signed_out"}
        assert opened | shut | {"signed_out"} == set(cast), statuses
        for who in {"ended", "ran_out"} & shut if kindly else ():
            assert "no longer act here" in statuses[who].content.decode()
        for answer in statuses.values():
            answer.close()
        return opened

    return let_in


def test_every_page_of_an_application_is_in_the_table():
    about_one = {each.name for each in urlpatterns if "application_id" in str(each.pattern)}
    assert about_one == DRAFT.keys() | SUBMITTED.keys() | BY_POST_ALONE | ELSEWHERE


@pytest.mark.parametrize("name", DRAFT)
def test_a_draft_opens_to_whom_the_table_says(draft, knock, name):
    complete(draft)
    who, rest = DRAFT[name]
    document = draft.evidence.get(purpose="photo").document_id
    address = reverse(
        f"applications:{name}", args=[draft.pk, *(document if part == "DOCUMENT" else part for part in rest)]
    )
    assert knock(people(draft), address, kindly=name != "code") == who


@pytest.mark.parametrize("name", SUBMITTED)
def test_what_was_submitted_opens_to_whom_the_table_says(applicant, knock, name):
    application = submitted_application(applicant=applicant)
    who, rest = SUBMITTED[name]
    address = reverse(f"applications:{name}", args=[application.pk, *rest])
    assert knock(people(application), address) == who


@pytest.mark.parametrize("name", PORTAL)
def test_the_case_opens_to_whom_the_table_says(applicant, knock, name):
    application = submitted_application(applicant=applicant)
    address = reverse(f"portal:{name}", args=[application.case.reference])
    assert knock(people(application), address) == PORTAL[name]


def test_a_mandate_is_ended_by_the_applicant_alone(draft, knock):
    cast = people(draft)
    other = MandateFactory(application=draft)
    address = reverse("applications:mandate_end", args=[draft.pk, other.pk])
    assert knock(cast, address, "post") == OWN


@pytest.mark.parametrize("submitted", [False, True])
def test_pages_of_documents_open_to_who_acts_for_their_owner(draft, applicant, knock, submitted):
    application = submitted_application(applicant=applicant) if submitted else complete(draft)
    document = application.evidence.get(purpose="photo").document
    address = reverse("documents:page_thumbnail", args=[document.pk, 1])
    assert knock(people(application), address, kindly=False) == ALL


def test_the_visa_is_downloaded_by_the_applicant_and_who_may_act(applicant, knock):
    evisa = issue(approved_application(applicant=applicant))
    cast = people(evisa.application)
    assert knock(cast, reverse("issuance:evisa_download", args=[evisa.number])) == SIGNING


def test_who_only_fills_in_reads_no_decision(applicant, signed_in):
    evisa = issue(approved_application(applicant=applicant))
    cast = people(evisa.application)
    address = reverse("portal:case_detail", args=[evisa.application.case.reference])
    download = reverse("issuance:evisa_download", args=[evisa.number])
    assert download in signed_in(cast[ACT]).get(address).content.decode()
    seen = signed_in(cast[FILL]).get(address).content.decode()
    assert download not in seen
    assert "What we approved" not in seen


def test_nobody_works_on_a_case_with_which_they_helped(applicant, signed_in):
    application = submitted_application(applicant=applicant)
    officer = PostingFactory(mission=application.mission).user
    assert Case.objects.visible_to(officer).filter(pk=application.case_id).exists()
    held(application, by=officer, ended_at=timezone.now())
    assert not Case.objects.visible_to(officer).filter(pk=application.case_id).exists()
    address = reverse("admin:desk:case_detail", args=[application.case.reference])
    assert signed_in(officer).get(address).status_code == 404


def test_a_mandate_for_one_application_opens_no_other(draft, applicant, signed_in):
    other, helper = VisaApplicationFactory(applicant=applicant), UserFactory()
    held(draft, by=helper, scope=Scope.ACT)
    assert signed_in(helper).get(reverse("applications:tasks", args=[draft.pk])).status_code == 200
    assert signed_in(helper).get(reverse("applications:tasks", args=[other.pk])).status_code == 404


def test_a_mandate_for_the_party_opens_each_of_it(draft, applicant, signed_in):
    party, helper = Party.objects.create(owner=applicant), UserFactory()
    other = VisaApplicationFactory(applicant=applicant, party=party, place=2)
    draft.party, draft.place = party, 1
    draft.save()
    held(draft, by=helper, party=party)
    for each in (draft, other):
        page = signed_in(helper).get(reverse("applications:tasks", args=[each.pk]))
        assert "You act for" in page.content.decode()
