"""The life of a key, step by step. Each step is asked of `rules`, done under a lock, and told to the trail."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from visas.seals import certifying, custody, rules
from visas.seals.actions.obstructed import ObstructedError, unless
from visas.seals.actions.revocations import list_what_is_revoked
from visas.seals.certificates import belongs_to
from visas.seals.models import SignerKey
from visas.seals.status import Obstacle, Reason, State, Use


@transaction.atomic
def plan(use: Use, *, by: Any) -> SignerKey:
    """Make a key that waits for its certificate."""
    unless(rules.obstacle_to_planning(by, use))
    secret = custody.keeper.make(use)
    key = SignerKey.objects.create(
        use=use,
        year=timezone.localdate().year,
        number=rules.next_number(use),
        secret=secret,
        public_key=custody.public_bytes(custody.keeper.key(secret)),
        planned_by=by,
    )
    record("key.planned", key, by=by, use=use, reference=key.reference)
    return key


def request_of(key: SignerKey) -> bytes:
    """Return the request that goes to the authority (PEM)."""
    private = custody.keeper.key(key.secret)
    return certifying.request(private, use=Use(key.use), signer=key.signer, reference=key.reference)


@transaction.atomic
def hand_in(key: SignerKey, certificate: bytes, *, by: Any) -> SignerKey:
    """Keep the certificate that the authority made; a second consul publishes it."""
    key = locked(key)
    unless(rules.obstacle_to_handing_in(by, key))
    authority = belongs_to(key, certificate)
    if authority is None:
        raise ObstructedError(Obstacle.WRONG_CERTIFICATE)
    key.certificate, key.authority = certificate, authority
    key.handed_in_by, key.handed_in_at = by, timezone.now()
    key.save(update_fields=["certificate", "authority", "handed_in_by", "handed_in_at"])
    record("key.certificate_handed_in", key, by=by, reference=key.reference)
    return key


@transaction.atomic
def publish(key: SignerKey, *, by: Any) -> SignerKey:
    """Show the certificate to whoever checks visas, before anything is signed with it."""
    key = locked(key)
    unless(rules.obstacle_to_publishing(by, key))
    key.state, key.published_by, key.published_at = State.PUBLISHED, by, timezone.now()
    key.signs_until = timezone.localdate() + certifying.SIGNING
    key.save(update_fields=["state", "published_by", "published_at", "signs_until"])
    record("key.published", key, by=by, reference=key.reference)
    return key


@transaction.atomic
def activate(key: SignerKey, *, by: Any = None) -> SignerKey:
    """Use a published key from now on; the one before it retires, and its private key is destroyed."""
    key = locked(key)
    if by is not None:
        unless(rules.obstacle_to_activating(by, key))
    for old in SignerKey.objects.select_for_update(of=("self",)).active(Use(key.use)):
        retire(old, by=by)
    key.state, key.activated_at = State.ACTIVE, timezone.now()
    key.save(update_fields=["state", "activated_at"])
    record("key.activated", key, by=by, reference=key.reference)
    return key


def retire(key: SignerKey, *, by: Any) -> None:
    """End the signing of a key whose row is locked. What it signed stays valid."""
    key.state, key.retired_at, key.secret = State.RETIRED, timezone.now(), ""
    key.save(update_fields=["state", "retired_at", "secret"])
    record("key.retired", key, by=by, reference=key.reference)


@transaction.atomic
def ask_to_revoke(key: SignerKey, *, by: Any, reason: Reason) -> SignerKey:
    key = locked(key)
    unless(rules.obstacle_to_asking_for_revocation(by, key))
    key.revocation_asked_by, key.revocation_reason = by, reason
    key.save(update_fields=["revocation_asked_by", "revocation_reason"])
    record("key.revocation_asked_for", key, by=by, reference=key.reference, reason=reason)
    return key


@transaction.atomic
def revoke(key: SignerKey, *, by: Any) -> SignerKey:
    """End everything that a key has signed. If another is published in advance, it takes over at once."""
    key = locked(key)
    unless(rules.obstacle_to_revoking(by, key))
    was_active = key.state == State.ACTIVE
    key.state, key.revoked_by, key.revoked_at, key.secret = State.REVOKED, by, timezone.now(), ""
    key.save(update_fields=["state", "revoked_by", "revoked_at", "secret"])
    record("key.revoked", key, by=by, reference=key.reference, reason=key.revocation_reason)
    list_what_is_revoked(key)
    heir = SignerKey.objects.of(Use(key.use)).filter(state=State.PUBLISHED).first()
    if was_active and heir is not None:
        activate(heir)
    return key


def locked(key: SignerKey) -> SignerKey:
    return SignerKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
