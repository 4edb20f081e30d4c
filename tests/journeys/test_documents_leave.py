"""An officer takes a stamped copy, and for a reason the original; the head of mission reads what will be erased."""

from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from consular.accounts.models import User
from consular.cases import actions
from consular.cases.models import Case
from consular.missions.models import Mission, Role
from consular.outbox.models import Effect
from tests.factories.applications import submitted_application
from tests.journeys import steps
from tests.journeys.premises import furnished_site  # noqa: F401 - the fixture `site`
from tests.journeys.traveller import Visitor

pytestmark = pytest.mark.browser

HEAD = "consul@velmaris.example.org"
PEOPLE = [("en", True, 360), ("en", True, 1280), ("fa", False, 360), ("fa", True, 1280)]


@pytest.fixture
def head(browser: Browser, site: str, request):
    language, javascript, width = request.param
    visitor = Visitor(browser, site, language, javascript=javascript, size=(width, 800))
    steps.staff_signs_in(visitor, HEAD)
    yield visitor
    visitor.leave()


@pytest.fixture
def case(site, django_db_blocker):
    """Return a case that a server in another thread sees too."""
    with django_db_blocker.unblock():
        mission = Mission.objects.of(User.objects.get(email=HEAD), Role.CONSUL).first()
        yield submitted_application(mission=mission).case


@pytest.mark.parametrize("head", PEOPLE, indirect=True)
def test_a_copy_is_taken_at_once_and_the_original_for_a_reason(head, case):
    head.go("admin:desk:case_detail", case.reference)
    head.picture("documents-of-a-case")
    copy = head.download("Download a copy for the file")
    assert len(pypdfium2.PdfDocument(copy.read_bytes())) == 1
    head.follow("Take the original")
    head.picture("taking-the-original")
    head.press("Download the original")
    assert head.sees(head.says("Give your reason"))
    head.fill(reason="The seal is hard to see on the copy.")
    assert head.download("Download the original").read_bytes().startswith(b"\xff\xd8\xff")
    head.go("admin:desk:case_detail", case.reference)
    assert head.sees("The seal is hard to see on the copy.")


@pytest.mark.parametrize("head", PEOPLE, indirect=True)
def test_the_head_of_mission_reads_what_will_be_erased_and_why(head, case):
    actions.withdraw(case, by=case.applicant)
    Case.objects.filter(pk=case.pk).update(moved_at=timezone.now() - timedelta(days=70))
    Effect.objects.filter(payload__case_id=case.pk).update(status="done", done_at=timezone.now())
    head.go("admin:retention_run_changelist")
    head.picture("what-will-be-erased")
    assert head.sees(case.spaced_reference)
    assert head.sees(head.says("The rules in force"))
