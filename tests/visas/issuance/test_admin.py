import pytest
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from tests.factories.missions import PostingFactory
from visas.issuance import checking
from visas.issuance.actions.issue import FaultyPaperError, issue
from visas.issuance.models import EVisa


@pytest.fixture
def record_page(evisa):
    return reverse("admin:issuance_evisa_change", args=[evisa.pk])


@pytest.fixture
def page():
    """Return a function that gives the address of an act."""
    return lambda evisa, act: reverse("admin:issuance_evisa_act", args=[evisa.pk, act])


def test_the_missions_officers_see_the_record_and_each_look_is_recorded(
    signed_in, approved, record_page, evisa
):
    officer = PostingFactory(mission=approved.mission).user
    response = signed_in(officer).get(record_page)
    assert response.status_code == 200
    assert evisa.number in response.content.decode()
    assert Entry.objects.about(evisa).filter(verb="evisa.seen", actor=officer).exists()


def test_to_others_there_is_no_such_record(signed_in, officer_elsewhere, applicant, record_page, page, evisa):
    assert signed_in(officer_elsewhere).get(record_page).status_code == 404
    for act in ("suspend", "ask-to-revoke", "revoke", "try-again", "nothing"):
        assert signed_in(officer_elsewhere).get(page(evisa, act)).status_code == 404
    assert signed_in(applicant).get(record_page).status_code in {302, 404}


@pytest.mark.parametrize("number", ["x", "²", "9" * 30])
def test_a_number_that_is_none_is_not_found(signed_in, head, number):
    assert signed_in(head).get(f"/en/staff/issuance/evisa/{number}/change/").status_code == 404


def test_the_list_shows_the_missions_own_visas_only(signed_in, head, officer_elsewhere, evisa):
    listing = reverse("admin:issuance_evisa_changelist")
    assert evisa.number in signed_in(head).get(listing).content.decode()
    assert evisa.number not in signed_in(officer_elsewhere).get(listing).content.decode()


def test_the_list_answers_its_filters_and_no_other_questions(signed_in, head, evisa):
    client, listing = signed_in(head), reverse("admin:issuance_evisa_changelist")
    for sound in ({"category": "TV"}, {"revocation_reason__exact": "error"}):
        assert client.get(listing, sound).status_code == 200
    for probe in ("check_token__startswith", "mrz__regex", "category__regex"):
        assert client.get(listing, {probe: "V"}).status_code == 400


def test_an_officer_asks_with_a_reason_and_the_consul_revokes(signed_in, approved, head, evisa, page):
    officer = PostingFactory(mission=approved.mission).user
    client = signed_in(officer)
    assert client.get(page(evisa, "revoke")).status_code == 404
    assert client.get(page(evisa, "ask-to-revoke")).status_code == 200
    assert client.post(page(evisa, "ask-to-revoke"), {}).status_code == 200
    assert client.post(page(evisa, "ask-to-revoke"), {"reason": "error"}).status_code == 302
    assert client.get(page(evisa, "revoke")).status_code == 404
    assert EVisa.objects.get().revoked_at is None
    assert "cannot be undone" in signed_in(head).get(page(evisa, "revoke")).content.decode()
    assert signed_in(head).post(page(evisa, "revoke")).status_code == 302
    assert EVisa.objects.get().revoked_by == head


def test_the_record_offers_what_its_reader_may_do(signed_in, approved, head, evisa, record_page, page):
    officer = PostingFactory(mission=approved.mission).user
    seen = signed_in(officer).get(record_page).content.decode()
    assert page(evisa, "suspend") in seen
    assert page(evisa, "revoke") not in seen
    signed_in(officer).post(page(evisa, "suspend"))
    assert page(evisa, "lift") in signed_in(head).get(record_page).content.decode()


def test_a_faulty_paper_is_told_to_staff_and_made_again(signed_in, approved, head, page, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(checking, "is_archive", lambda pdf: False)
        with pytest.raises(FaultyPaperError):
            issue(approved)
    evisa = EVisa.objects.get()
    client = signed_in(head)
    record_page = reverse("admin:issuance_evisa_change", args=[evisa.pk])
    assert "The file is not PDF/A-3." in client.get(record_page).content.decode()
    assert client.post(page(evisa, "try-again")).status_code == 302
    Effect.objects.filter(key=f"application:{approved.pk}:evisa").update(
        status=Effect.Status.DONE, done_at=timezone.now()
    )
    pay_due()
    evisa.refresh_from_db()
    assert (evisa.is_ready, evisa.faults) == (True, [])
    assert client.get(page(evisa, "try-again")).status_code == 404


def test_nobody_adds_changes_or_deletes(signed_in, head, evisa, record_page):
    client = signed_in(head)
    assert client.get(reverse("admin:issuance_evisa_add")).status_code in {403, 404}
    assert client.post(record_page, {"number": "VAAAAAAAA"}).status_code in {403, 404}
    assert client.post(reverse("admin:issuance_evisa_delete", args=[evisa.pk])).status_code in {403, 404}
    assert EVisa.objects.get().number == evisa.number
