import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consular.missions.models import Role
from consular.notifications.models import Message
from consular.outbox.models import Effect
from tests.factories.missions import PostingFactory
from visas.issuance.actions.issue import issue
from visas.issuance.actions.revoke import ask_to_revoke, refuse_to_revoke, revoke
from visas.issuance.actions.suspend import lift, note_used, suspend
from visas.issuance.models import EVisa
from visas.issuance.status import Mark, RevocationReason, Standing
from visas.registry import actions as registry


@pytest.fixture
def colleague(approved):
    return PostingFactory(mission=approved.mission).user


@pytest.fixture
def told(monkeypatch):
    """Return what the register was told: marks in their order."""
    marks = []

    def set_status(visa, mark, *, by, reason):
        marks.append(mark)

    monkeypatch.setattr(registry, "set_status", set_status)
    return marks


def test_a_revoked_visa_says_so_and_its_holder_is_told(revoked):
    assert revoked.standing(revoked.valid_from) == Standing.REVOKED
    message = Message.objects.get(template="issuance/visa_revoked")
    assert message.body.endswith(reverse("portal:case_detail", args=[revoked.application.case.reference]))


def test_who_asks_does_not_revoke(evisa, approved, head):
    ask_to_revoke(evisa, by=head, reason=RevocationReason.ERROR)
    with pytest.raises(PermissionDenied):
        revoke(evisa, by=head)
    second = PostingFactory(mission=approved.mission, role=Role.CONSUL).user
    assert revoke(evisa, by=second).revoked_by == second


def test_the_database_refuses_one_persons_revocation(evisa, head):
    with pytest.raises(IntegrityError, match="evisa_is_revoked_by_a_second_officer"), transaction.atomic():
        EVisa.objects.filter(pk=evisa.pk).update(
            revoked_at=timezone.now(), revoked_by=head, revocation_asked_by=head, revocation_reason="error"
        )


def test_only_the_mission_asks_and_only_its_consul_revokes(evisa, approved, colleague, consul, applicant):
    for person in (consul, applicant):
        with pytest.raises(PermissionDenied):
            ask_to_revoke(evisa, by=person, reason=RevocationReason.ERROR)
    ask_to_revoke(evisa, by=colleague, reason=RevocationReason.ERROR)
    for person in (PostingFactory(mission=approved.mission).user, consul, applicant):
        with pytest.raises(PermissionDenied):
            revoke(evisa, by=person)


def test_nothing_changes_for_the_holder_until_the_consul_revokes(evisa, colleague, head):
    ask_to_revoke(evisa, by=colleague, reason=RevocationReason.ERROR)
    evisa.refresh_from_db()
    assert evisa.standing(evisa.valid_from) == Standing.IN_FORCE
    assert not Message.objects.filter(template="issuance/visa_revoked").exists()
    kept = refuse_to_revoke(evisa, by=head)
    assert (kept.revocation_reason, kept.revocation_asked_by) == ("", None)


def test_a_visa_is_revoked_once(revoked, head, colleague):
    with pytest.raises(PermissionDenied):
        revoke(revoked, by=head)
    with pytest.raises(PermissionDenied):
        ask_to_revoke(revoked, by=colleague, reason=RevocationReason.HOLDER)


def test_a_task_that_runs_again_after_a_revocation_issues_no_second_visa(revoked, approved):
    issue(approved)
    assert EVisa.objects.count() == 1


def test_a_replaced_visa_gets_a_new_number_seal_and_place(evisa, approved, colleague, head):
    ask_to_revoke(evisa, by=colleague, reason=RevocationReason.REPLACED)
    old = revoke(evisa, by=head)
    assert Effect.objects.filter(key__startswith=f"evisa:{old.number}:again:").count() == 1
    new = issue(approved)
    assert new.replaces == old
    assert new.is_ready
    assert new.number != old.number
    assert bytes(new.seal) != bytes(old.seal)
    assert (new.status_list, new.status_index) != (old.status_list, old.status_index)
    assert issue(approved) == new
    assert EVisa.objects.count() == 2


def test_an_officer_suspends_at_once_and_the_consul_lifts_it(evisa, colleague, head, told):
    stopped = suspend(evisa, by=colleague)
    assert stopped.standing(evisa.valid_from) == Standing.SUSPENDED
    with pytest.raises(PermissionDenied):
        lift(evisa, by=colleague)
    assert lift(evisa, by=head).standing(evisa.valid_from) == Standing.IN_FORCE
    assert told == [Mark.SUSPENDED, Mark.VALID]


def test_a_visa_that_was_used_is_used_again_after_a_suspension(evisa, colleague, head, told):
    note_used(evisa, by=colleague)
    suspend(evisa, by=colleague)
    assert lift(evisa, by=head).standing(evisa.valid_from) == Standing.USED
    assert told == [Mark.USED, Mark.SUSPENDED, Mark.USED]


def test_a_visa_for_several_entries_is_never_used_up(evisa, colleague):
    EVisa.objects.filter(pk=evisa.pk).update(entries="M")
    with pytest.raises(PermissionDenied):
        note_used(evisa, by=colleague)


def test_strangers_and_the_holder_change_nothing(evisa, applicant, consul, stranger):
    for person in (applicant, consul, stranger):
        for act in (suspend, note_used):
            with pytest.raises(PermissionDenied):
                act(evisa, by=person)
