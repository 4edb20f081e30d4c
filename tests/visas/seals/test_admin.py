import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.urls import reverse
from django.utils import timezone

from consular.missions.models import Role
from tests.factories.missions import PostingFactory
from visas.seals import actions, certifying, custody, signing
from visas.seals.models import Authority, SignerKey
from visas.seals.status import State, Use

LIST = "admin:seals_signerkey_changelist"


@pytest.fixture
def second(mission):
    return PostingFactory(mission=mission, role=Role.CONSUL).user


@pytest.fixture
def root(db):
    key = custody.new_key(Use.SEAL)
    actions.import_authority(certifying.authority(key, "QV", now=timezone.now()))
    return key


@pytest.fixture
def page():
    """Return a function that gives the address of an act on the only key."""
    return lambda act: reverse("admin:seals_act", args=[SignerKey.objects.get().pk, act])


def certified(root, request):
    made = certifying.certify(bytes(Authority.objects.get().certificate), root, request, now=timezone.now())
    return x509.load_der_x509_certificate(made).public_bytes(Encoding.PEM).decode()


def test_two_consuls_lead_a_key_from_its_plan_to_its_use(signed_in, consul, second, root, page):
    first, other = signed_in(consul), signed_in(second)
    assert "Plan a key" in first.get(reverse(LIST)).content.decode()
    assert first.post(reverse("admin:seals_plan", args=["seal"])).status_code == 302
    key = SignerKey.objects.get()
    own = reverse("admin:seals_signerkey_change", args=[key.pk])
    assert "Take its request to the ceremony" in first.get(own).content.decode()
    request = first.get(reverse("admin:seals_request", args=[key.pk])).content
    assert first.get(page("hand-in")).status_code == 200
    assert "This is not a certificate" in first.post(page("hand-in"), {"certificate": "x"}).content.decode()
    assert first.post(page("hand-in"), {"certificate": certified(root, request)}).status_code == 302
    assert "Another consul has to publish it" in first.get(own).content.decode()
    first.post(page("publish"))
    assert SignerKey.objects.get().state == State.PLANNED
    assert "then publish it" in other.get(own).content.decode()
    other.post(page("publish"))
    assert "a month before" not in first.get(own).content.decode()
    first.post(page("activate"))
    assert SignerKey.objects.get().state == State.ACTIVE
    assert "a month before" in first.get(own).content.decode()


def test_two_consuls_revoke_and_the_page_says_what_the_ceremony_has_to_do(
    signed_in, consul, second, db, page
):
    key = signing.active(Use.SEAL)
    SignerKey.objects.exclude(pk=key.pk).update(state=State.RETIRED, secret="", retired_at=timezone.now())
    own = reverse("admin:seals_signerkey_change", args=[key.pk])

    def act(name):
        return reverse("admin:seals_act", args=[key.pk, name])

    assert signed_in(consul).post(act("ask-to-revoke"), {"reason": "key_compromise"}).status_code == 302
    assert "Another consul has to do it" in signed_in(consul).get(own).content.decode()
    signed_in(consul).post(act("revoke"))
    assert SignerKey.objects.get(pk=key.pk).state == State.ACTIVE
    signed_in(second).post(act("revoke"))
    assert SignerKey.objects.get(pk=key.pk).state == State.REVOKED
    assert "replace every visa" in signed_in(second).get(own).content.decode()


def test_to_all_but_consuls_there_are_no_keys(signed_in, officer, auditor, superuser, applicant, db):
    key = signing.active(Use.SEAL)
    addresses = [
        reverse(LIST),
        reverse("admin:seals_signerkey_change", args=[key.pk]),
        reverse("admin:seals_act", args=[key.pk, "ask-to-revoke"]),
        reverse("admin:seals_request", args=[key.pk]),
    ]
    for person in (officer, auditor, superuser):
        assert [signed_in(person).get(each).status_code for each in addresses] == [404] * 4
        assert signed_in(person).post(reverse("admin:seals_plan", args=["seal"])).status_code == 404
    assert {signed_in(applicant).get(each).status_code for each in addresses} <= {302, 404}


@pytest.mark.parametrize("number", ["x", "²", "9" * 30, "0"])
def test_a_number_that_is_no_keys_is_not_found(signed_in, consul, number):
    assert signed_in(consul).get(f"/en/staff/seals/signerkey/{number}/change/").status_code == 404


def test_nothing_on_the_pages_tells_a_secret(signed_in, consul, db):
    key = signing.active(Use.SEAL)
    pages = [reverse(LIST), reverse("admin:seals_signerkey_change", args=[key.pk])]
    assert all(key.secret not in signed_in(consul).get(each).content.decode() for each in pages)


def test_unknown_acts_uses_and_questions_are_refused(signed_in, consul, db):
    key, client = signing.active(Use.SEAL), signed_in(consul)
    assert client.get(reverse("admin:seals_act", args=[key.pk, "nothing"])).status_code == 404
    assert client.post(reverse("admin:seals_plan", args=["nothing"])).status_code == 404
    assert client.get(reverse("admin:seals_plan", args=["seal"])).status_code == 405
    assert client.get(reverse(LIST), {"secret__startswith": "p"}).status_code == 400
    assert client.get(reverse(LIST), {"state": "active"}).status_code == 200
