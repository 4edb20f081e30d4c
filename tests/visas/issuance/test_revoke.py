import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from consular.notifications.models import Message
from tests.factories.missions import PostingFactory
from visas.issuance.actions.issue import issue
from visas.issuance.actions.revoke import revoke
from visas.issuance.models import EVisa
from visas.issuance.status import RevocationReason, Standing


def test_a_revoked_visa_says_so_and_its_holder_is_told(evisa, head):
    revoked = revoke(evisa, by=head, reason=RevocationReason.ERROR)
    assert revoked.standing(revoked.valid_from) == Standing.REVOKED
    message = Message.objects.get(template="issuance/visa_revoked")
    assert message.body.endswith(reverse("portal:case_detail", args=[evisa.application.case.reference]))


def test_only_the_consul_of_the_mission_revokes(evisa, approved, consul, applicant):
    for person in (PostingFactory(mission=approved.mission).user, consul, applicant):
        with pytest.raises(PermissionDenied):
            revoke(evisa, by=person, reason=RevocationReason.ERROR)


def test_a_visa_is_revoked_once(evisa, head):
    revoke(evisa, by=head, reason=RevocationReason.ERROR)
    with pytest.raises(PermissionDenied):
        revoke(evisa, by=head, reason=RevocationReason.HOLDER)


def test_a_task_that_runs_again_after_a_revocation_issues_no_second_visa(evisa, approved, head):
    revoke(evisa, by=head, reason=RevocationReason.ERROR)
    issue(approved)
    assert EVisa.objects.count() == 1
