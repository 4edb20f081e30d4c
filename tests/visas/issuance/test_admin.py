import pytest
from django.urls import reverse

from consular.audit.models import Entry
from tests.factories.missions import PostingFactory
from visas.issuance.models import EVisa


@pytest.fixture
def record_page(evisa):
    return reverse("admin:issuance_evisa_change", args=[evisa.pk])


@pytest.fixture
def revoke_page(evisa):
    return reverse("admin:issuance_evisa_revoke", args=[evisa.pk])


def test_the_missions_officers_see_the_record_and_each_look_is_recorded(
    signed_in, approved, record_page, evisa
):
    officer = PostingFactory(mission=approved.mission).user
    response = signed_in(officer).get(record_page)
    assert response.status_code == 200
    assert evisa.number in response.content.decode()
    assert Entry.objects.about(evisa).filter(verb="evisa.seen", actor=officer).exists()


def test_to_others_there_is_no_such_record(signed_in, officer_elsewhere, applicant, record_page, revoke_page):
    assert signed_in(officer_elsewhere).get(record_page).status_code == 404
    assert signed_in(officer_elsewhere).get(revoke_page).status_code == 404
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


def test_the_consul_revokes_with_a_reason(signed_in, head, evisa, revoke_page):
    client = signed_in(head)
    assert client.get(revoke_page).status_code == 200
    assert client.post(revoke_page, {}).status_code == 200
    assert EVisa.objects.get().revoked_at is None
    assert client.post(revoke_page, {"reason": "error"}).status_code == 302
    assert EVisa.objects.get().revoked_by == head


def test_an_officer_has_no_button_to_revoke(signed_in, approved, revoke_page):
    officer = PostingFactory(mission=approved.mission).user
    assert signed_in(officer).get(revoke_page).status_code == 404


def test_nobody_adds_changes_or_deletes(signed_in, head, evisa, record_page):
    client = signed_in(head)
    assert client.get(reverse("admin:issuance_evisa_add")).status_code in {403, 404}
    assert client.post(record_page, {"number": "VAAAAAAAA"}).status_code in {403, 404}
    assert client.post(reverse("admin:issuance_evisa_delete", args=[evisa.pk])).status_code in {403, 404}
    assert EVisa.objects.get().number == evisa.number
