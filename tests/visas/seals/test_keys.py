import base64

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import IntegrityError, transaction
from django.utils import timezone

from consular.audit.models import Entry
from consular.lib.seal import verifying, visa
from consular.lib.seal.certificates import read_all
from consular.lib.seal.trust import Trust
from consular.missions.models import Role
from tests.factories.missions import PostingFactory
from visas.seals import actions, bundle, certifying, custody, signing
from visas.seals.actions import ObstructedError
from visas.seals.actions.demonstration import make_demonstration_keys
from visas.seals.models import Authority, RevocationList, SignerKey
from visas.seals.status import Obstacle, Reason, State, Use

ZONE = ("V<QVMERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109")


@pytest.fixture
def second(mission):
    return PostingFactory(mission=mission, role=Role.CONSUL).user


@pytest.fixture
def root(db):
    """Return the key of a real authority, which only the ceremony has; its certificate is imported."""
    key = custody.new_key(Use.SEAL)
    actions.import_authority(certifying.authority(key, "QV", now=timezone.now()))
    return key


@pytest.fixture
def certified(root):
    """Return a function that does the offline half: from a request to a certificate."""

    def certify(key):
        authority = bytes(Authority.objects.get().certificate)
        return certifying.certify(authority, root, actions.request_of(key), now=timezone.now())

    return certify


@pytest.fixture
def published(certified, consul, second):
    """Return a function that leads a new key to its publication."""

    def lead(use=Use.SEAL):
        key = actions.plan(use, by=consul)
        actions.hand_in(key, certified(key), by=consul)
        return actions.publish(key, by=second)

    return lead


def sealed():
    said = visa.Visa(ZONE, (30, 0, 0), "L898902C", entries=1)
    return signing.seal(visa.encode(said), country="QVM", issued_on=timezone.localdate())


def judged(data, payload=None):
    """Check a seal with nothing but what the bundle holds."""
    payload = payload or opened()
    ders = [*payload["authorities"], *(each["der"] for each in payload["certificates"])]
    found = [item for each in ders for item in read_all(base64.b64decode(each))]
    lists = [payload["crl"], *payload["older_crls"]] if payload["crl"] else []
    crls = []
    for each in lists:
        pem = x509.load_der_x509_crl(base64.b64decode(each)).public_bytes(Encoding.PEM)
        crls += read_all(pem)
    return verifying.verify(data, Trust(tuple(found), tuple(crls)), at=timezone.localdate()).result


def opened():
    return bundle.opened(bundle.bundle(timezone.now()), bundle.public_jwks()[0])


def test_a_demonstration_makes_its_own_keys_and_its_seals_are_valid(db):
    data, key = sealed()
    assert judged(data) == "VALID"
    assert key.is_demonstration
    assert SignerKey.objects.filter(state=State.ACTIVE).count() == len(Use)


def test_the_certificate_of_a_seal_is_as_icao_has_it(db):
    _, key = sealed()
    found = x509.load_der_x509_certificate(bytes(key.certificate))
    assert [each.value for each in found.subject] == ["QV", "VE"]
    assert found.serial_number == int(key.reference, 16)
    usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert usage.critical
    assert [each.dotted_string for each in usage.value] == ["2.23.136.1.1.11.1"]
    assert found.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    [read] = read_all(bytes(key.certificate))
    assert read.document_types == {"V"}
    assert found.not_valid_after_utc > timezone.now() + certifying.SIGNING + 4 * certifying.SIGNING


def test_a_real_portal_signs_nothing_without_a_key(db, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(signing.NoKeyError):
        sealed()


def test_a_demonstration_that_has_an_authority_makes_no_second_one(root):
    make_demonstration_keys()
    assert not SignerKey.objects.exists()
    with pytest.raises(signing.NoKeyError):
        sealed()


def test_a_key_goes_from_a_plan_to_its_first_seal(published, consul):
    actions.activate(published(Use.BUNDLE), by=consul)
    key = actions.activate(published(), by=consul)
    data, used = sealed()
    assert used == key
    assert judged(data) == "VALID"
    verbs = set(Entry.objects.about(key).values_list("verb", flat=True))
    assert {"key.planned", "key.certificate_handed_in", "key.published", "key.activated"} <= verbs


def test_who_hands_in_the_certificate_does_not_publish_it(certified, consul, second):
    key = actions.plan(Use.SEAL, by=consul)
    with pytest.raises(ObstructedError, match="no_certificate"):
        actions.publish(key, by=second)
    actions.hand_in(key, certified(key), by=consul)
    with pytest.raises(ObstructedError, match="same_person"):
        actions.publish(key, by=consul)
    assert actions.publish(key, by=second).state == State.PUBLISHED


def test_the_database_refuses_one_persons_publication(certified, consul):
    key = actions.hand_in(key := actions.plan(Use.SEAL, by=consul), certified(key), by=consul)
    with pytest.raises(IntegrityError, match="key_is_published_by_a_second_officer"), transaction.atomic():
        SignerKey.objects.filter(pk=key.pk).update(
            state=State.PUBLISHED,
            published_at=timezone.now(),
            published_by=consul,
            signs_until=timezone.localdate(),
        )


def test_only_consuls_look_after_keys(root, officer, auditor, applicant, superuser):
    for person in (officer, auditor, applicant, superuser):
        with pytest.raises(ObstructedError, match="not_allowed"):
            actions.plan(Use.SEAL, by=person)


def test_a_certificate_for_another_key_or_by_another_authority_is_refused(root, certified, consul):
    key, other = actions.plan(Use.SEAL, by=consul), actions.plan(Use.BUNDLE, by=consul)
    stranger = custody.new_key(Use.SEAL)
    false_root = certifying.authority(stranger, "QV", now=timezone.now())
    forged = certifying.certify(false_root, stranger, actions.request_of(key), now=timezone.now())
    for wrong in (certified(other), forged, b"", b"no certificate"):
        with pytest.raises(ObstructedError, match=str(Obstacle.WRONG_CERTIFICATE)):
            actions.hand_in(key, wrong, by=consul)


def test_the_next_key_takes_over_and_what_the_first_signed_stays_valid(published, consul):
    actions.activate(published(Use.BUNDLE), by=consul)
    first = actions.activate(published(), by=consul)
    data, _ = sealed()
    second_key = actions.activate(published(), by=consul)
    first.refresh_from_db()
    assert (first.state, first.secret) == (State.RETIRED, "")
    assert sealed()[1] == second_key
    assert judged(data) == judged(sealed()[0]) == "VALID"


def test_a_key_that_has_signed_for_a_year_is_followed_by_itself_with_the_next(published, consul):
    first = actions.activate(published(), by=consul)
    heir = published()
    assert actions.rotate() == []
    SignerKey.objects.filter(pk=first.pk).update(
        signs_until=timezone.localdate() - timezone.timedelta(days=1)
    )
    with pytest.raises(signing.NoKeyError):
        sealed()
    assert actions.rotate() == [heir]
    assert sealed()[1] == heir


def test_there_are_five_keys_a_year_at_most(published, consul):
    for _ in range(5):
        actions.activate(published(), by=consul)
    with pytest.raises(ObstructedError, match="five_a_year"):
        actions.plan(Use.SEAL, by=consul)


def test_one_key_is_active_and_one_in_advance(published, consul):
    actions.activate(published(), by=consul)
    published()
    with pytest.raises(ObstructedError, match="one_in_advance"):
        actions.plan(Use.SEAL, by=consul)
    with pytest.raises(IntegrityError, match="one_key_of_each_use_is_active"), transaction.atomic():
        SignerKey.objects.filter(state=State.PUBLISHED).update(state=State.ACTIVE)


def test_a_leaked_key_is_revoked_by_two_and_nothing_of_it_is_valid_at_any_moment(
    published, root, consul, second
):
    actions.activate(published(Use.BUNDLE), by=consul)
    key = actions.activate(published(), by=consul)
    heir = published()
    data, _ = sealed()
    actions.ask_to_revoke(key, by=consul, reason=Reason.COMPROMISE)
    with pytest.raises(ObstructedError, match="same_person"):
        actions.revoke(key, by=consul)
    key = actions.revoke(key, by=second)
    assert key.secret == ""
    assert sealed()[1] == heir
    assert judged(data) == "UNKNOWN_CERTIFICATE"
    authority = bytes(Authority.objects.get().certificate)
    listed = [(int(key.reference, 16), Reason.COMPROMISE, key.revoked_at)]
    content = certifying.revocation_list(authority, root, listed, number=1, now=timezone.now())
    actions.import_revocation_list(content, by=consul)
    assert judged(data) == "REVOKED_CERTIFICATE"
    with pytest.raises(ObstructedError, match="wrong_list"):
        actions.import_revocation_list(content, by=consul)


def test_a_demonstrations_authority_lists_a_revoked_key_at_once(db, consul, second):
    data, key = sealed()
    actions.ask_to_revoke(key, by=consul, reason=Reason.COMPROMISE)
    actions.revoke(key, by=second)
    assert judged(data) == "REVOKED_CERTIFICATE"
    with pytest.raises(signing.NoKeyError):
        sealed()


def test_the_database_refuses_one_persons_revocation(db, consul):
    _, key = sealed()
    with pytest.raises(IntegrityError, match="key_is_revoked_by_a_second_officer"), transaction.atomic():
        SignerKey.objects.filter(pk=key.pk).update(
            state=State.REVOKED, secret="", revoked_at=timezone.now(), revoked_by=consul,
            revocation_asked_by=consul, revocation_reason=Reason.COMPROMISE,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"state": State.PLANNED, "published_at": None}, {"certificate": b"x"}, {"public_key": b"x"}]
)
def test_no_key_lives_twice_and_nothing_published_is_rewritten(db, change):
    _, key = sealed()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignerKey.objects.filter(pk=key.pk).update(**change)


def test_the_database_keeps_no_root_key_but_a_demonstrations(db):
    with pytest.raises(IntegrityError, match="only_a_demonstration"), transaction.atomic():
        Authority.objects.create(certificate=b"x", secret="y")


def test_a_secret_is_unreadable_without_the_field_key(db, settings):
    _, key = sealed()
    assert "PRIVATE" not in key.secret
    custody._loaded.cache_clear()
    settings.FIELD_KEYS = ["some other key that is long enough for this, surely"]
    with pytest.raises(Exception, match=r"seals\.key"):
        sealed()


def test_a_list_that_nobody_of_ours_signed_is_refused(root, consul):
    key = custody.new_key(Use.SEAL)
    authority = certifying.authority(key, "QV", now=timezone.now())
    content = certifying.revocation_list(authority, key, [], number=9, now=timezone.now())
    with pytest.raises(ObstructedError, match="wrong_list"):
        actions.import_revocation_list(content, by=consul)
    assert not RevocationList.objects.exists()


@pytest.mark.parametrize("country", ["QY", "DE"])
def test_the_authority_of_another_state_is_refused(db, country):
    key = custody.new_key(Use.SEAL)
    with pytest.raises(ObstructedError, match="wrong_authority"):
        actions.import_authority(certifying.authority(key, country, now=timezone.now()))


def test_anybody_gets_the_bundle_and_asks_again_cheaply(client, db):
    response = client.get("/v/bundle.jws")
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=60"
    assert client.get("/v/bundle.jws", headers={"if-none-match": response["ETag"]}).status_code in {200, 304}
    assert client.post("/v/bundle.jws").status_code in {403, 405}


def test_a_bundle_that_was_touched_does_not_open(db):
    made = bundle.bundle(timezone.now()).decode()
    head, _, signature = made.split(".")
    [key] = bundle.public_jwks()
    forged = base64.urlsafe_b64encode(b'{"v":1}').decode().rstrip("=")
    with pytest.raises(Exception, match="bad_signature"):
        bundle.opened(f"{head}.{forged}.{signature}".encode(), key)
