"""Issuing stops anywhere and goes on from there; two workers at once make one visa."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from consular.missions.models import Role
from consular.notifications.models import Message
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from tests.factories.missions import PostingFactory
from tests.factories.visas import approved_application
from visas.issuance import checking, papers, sealing
from visas.issuance.actions import issue as issuing
from visas.issuance.actions.issue import FaultyPaperError, issue
from visas.issuance.models import EVisa
from visas.issuance.status import Fault
from visas.registry import actions as registry
from visas.seals import actions as keys, custody, pades, signing
from visas.seals.models import SignerKey
from visas.seals.status import Reason, State, Use

STEPS = {
    "place": (registry, "allot"),
    "seal": (sealing, "sealed"),
    "leaf": (registry, "append_leaf"),
    "look at the seal": (checking, "faults_of_seal"),
    "paper": (papers, "evisa_pdf"),
    "look at the paper": (checking, "faults_of_paper"),
    "signature": (pades, "sign"),
    "look at the file": (checking, "faults_of_file"),
    "keeping": (issuing, "store_paper"),
}


def ready():
    return Message.objects.filter(template="issuance/visa_ready").count()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_killed_at_any_step_goes_on_with_the_same_visa(approved, monkeypatch, step, when):
    owner, name = STEPS[step]
    real = getattr(owner, name)

    def die(*args, **kwargs):
        if when == "after":
            real(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, die)
        with pytest.raises(KeyboardInterrupt):
            issue(approved)
    before = EVisa.objects.get()
    after = issue(approved)
    assert after.number == before.number
    assert before.seal is None or bytes(after.seal) == bytes(before.seal)
    assert before.status_index in {None, after.status_index}
    assert after.is_ready
    assert ready() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_visa_one_paper_and_one_message():
    approved = approved_application()
    signing.active(Use.SEAL)
    begin, failures = threading.Barrier(2), []

    def work():
        try:
            begin.wait()
            issue(approved)
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failures
    assert EVisa.objects.get().is_ready
    assert ready() == 1


@pytest.mark.parametrize(
    ("check", "answer", "fault"),
    [
        ("is_archive", False, Fault.ARCHIVE),
        ("zone_is_on", False, Fault.ZONE),
        ("codes_on", {}, Fault.MATRIX),
        ("says_the_same", False, Fault.CONTENT),
        ("outlasts", False, Fault.CERTIFICATE),
    ],
)
def test_a_paper_that_fails_its_check_never_reaches_the_applicant(
    approved, monkeypatch, check, answer, fault
):
    with monkeypatch.context() as patch:
        patch.setattr(checking, check, lambda *args: answer)
        with pytest.raises(FaultyPaperError):
            issue(approved)
    evisa = EVisa.objects.get()
    assert fault in evisa.faults
    assert not evisa.is_ready
    assert ready() == 0
    assert issue(approved).is_ready
    evisa.refresh_from_db()
    assert evisa.faults == []


def test_a_faulty_paper_is_not_made_again_by_itself(approved, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(checking, "is_archive", lambda pdf: False)
        pay_due()
    assert Effect.objects.get(topic="issuance.issue").status == Effect.Status.DEAD


def test_the_database_keeps_no_paper_with_a_fault(evisa):
    with pytest.raises(IntegrityError, match="paper_with_a_fault_is_not_kept"), transaction.atomic():
        EVisa.objects.filter(pk=evisa.pk).update(faults=[Fault.ARCHIVE])


def test_a_seal_by_a_wrong_key_is_found_before_there_is_a_paper(approved, monkeypatch):
    wrong = custody.new_key(Use.SEAL)
    with monkeypatch.context() as patch:
        patch.setattr(custody.Encrypted, "key", lambda self, secret: wrong)
        with pytest.raises(FaultyPaperError, match="seal"):
            issue(approved)
    assert not EVisa.objects.get().is_ready


def test_without_a_key_the_visa_waits_and_staff_see_why(approved, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(FaultyPaperError):
        issue(approved)
    assert EVisa.objects.get().faults == [Fault.KEY]
    settings.DEMONSTRATION = True
    assert issue(approved).is_ready


def test_a_record_that_fits_into_no_seal_waits_and_staff_see_why(approved, monkeypatch):
    monkeypatch.setattr(sealing, "duration", lambda days: (300, 0, 0))
    with pytest.raises(FaultyPaperError):
        issue(approved)
    assert EVisa.objects.get().faults == [Fault.FIELDS]


def stopped_before_the_paper(approved, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(papers, "evisa_pdf", lambda evisa: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue(approved)
    return EVisa.objects.get()


def test_a_key_retired_between_seal_and_paper_has_sealed_well(approved, monkeypatch):
    evisa = stopped_before_the_paper(approved, monkeypatch)
    SignerKey.objects.filter(pk=evisa.seal_key_id).update(
        state=State.RETIRED, secret="", retired_at=timezone.now()
    )
    after = issue(approved)
    assert after.is_ready
    assert bytes(after.seal) == bytes(evisa.seal)


def test_a_key_revoked_between_seal_and_paper_is_not_on_the_paper(approved, monkeypatch, head):
    evisa = stopped_before_the_paper(approved, monkeypatch)
    second = PostingFactory(mission=approved.mission, role=Role.CONSUL).user
    keys.ask_to_revoke(evisa.seal_key, by=head, reason=Reason.COMPROMISE)
    keys.revoke(evisa.seal_key, by=second)
    with pytest.raises(FaultyPaperError):
        issue(approved)
    evisa.refresh_from_db()
    assert (evisa.faults, evisa.is_ready) == ([Fault.KEY], False)


def test_a_place_in_the_status_lists_is_random_and_of_one_visa(approved, evisa):
    assert evisa.status_index is not None
    other = issue(approved_application())
    assert (other.status_list, other.status_index) != (evisa.status_list, evisa.status_index)
    with pytest.raises(IntegrityError, match="evisa_has_its_own_place"), transaction.atomic():
        EVisa.objects.filter(pk=other.pk).update(
            status_list=evisa.status_list, status_index=evisa.status_index
        )
