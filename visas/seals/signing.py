"""Signing with the active keys. A portal without one signs nothing: `NoKeyError` says which use has none."""

import datetime as dt
import functools
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from joserfc import jws
from joserfc.jwk import ECKey

from consular.lib.seal import ecdsa, writing
from consular.lib.seal.features import Feature
from visas.seals import custody
from visas.seals.actions.demonstration import make_demonstration_keys
from visas.seals.models import Authority, SignerKey
from visas.seals.status import Use


class NoKeyError(Exception):
    """No key of this use may sign today. A consul has to put one in use: docs/operations/keys.md."""


def active(use: Use) -> SignerKey:
    """Return the key that signs today. A demonstration without any makes its own."""
    key = SignerKey.objects.active(use).select_related("authority").first()
    if key is None and settings.DEMONSTRATION and not Authority.objects.exists():
        make_demonstration_keys()
        return active(use)
    if key is None or not key.may_sign_on(timezone.localdate()):
        raise NoKeyError(str(use))
    return key


def sign(unsigned: bytes, key: SignerKey | None = None) -> bytes:
    """Return r‖s over header and message zone by the active key of seals."""
    key = key or active(Use.SEAL)
    return ecdsa.sign(custody.keeper.key(key.secret), unsigned)


def seal(features: Iterable[Feature], *, country: str, issued_on: dt.date) -> tuple[bytes, SignerKey]:
    """Return a whole seal, and the key that its header names."""
    key = active(Use.SEAL)
    unsigned = writing.to_be_signed(
        tuple(features),
        country=country,
        signer=key.signer,
        reference=key.reference,
        issued_on=issued_on,
        signed_on=timezone.localdate(),
    )
    return writing.seal(unsigned, functools.partial(sign, key=key)), key


def sign_json(payload: Any, *, kind: str, key: SignerKey | None = None, **header: Any) -> str:
    """Return a JWS (compact, ES256) of a JSON payload by the active key of bundles; `kind` is its `typ`."""
    key = key or active(Use.BUNDLE)
    body = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()
    head = {"alg": "ES256", "typ": kind, "kid": key.reference, **header}
    return jws.serialize_compact(head, body, ECKey.import_key(custody.keeper.key(key.secret)))
