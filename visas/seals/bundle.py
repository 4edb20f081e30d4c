"""The trust bundle: everything that somebody without a connection needs to check our visas (docs/formats/trust.md).

Apps above this one add what they know by `contribute`: status lists and the head of the log.
"""

import base64
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_public_key
from joserfc import jws
from joserfc.jwk import ECKey

from visas.seals import signing
from visas.seals.certificates import serial_of
from visas.seals.models import Authority, RevocationList, SignerKey
from visas.seals.status import State, Use

VERSION = 1
KIND = "visa-trust+jws"
LASTS = dt.timedelta(days=7)
LONGEST = 4_000_000  # characters

Contribution = Callable[[], Any]
_contributions: dict[str, Contribution] = {"status_lists": list, "tree_head": lambda: None}


def contribute(name: str, source: Contribution) -> None:
    """Let an app that is above this one fill `status_lists` or `tree_head`; called from its `ready`."""
    if name not in _contributions:
        raise KeyError(name)
    _contributions[name] = source


def bundle(now: dt.datetime) -> bytes:
    """Return the bundle as of now: a JWS of the active key of bundles, which is named in it with its certificate."""
    key = signing.active(Use.BUNDLE)
    payload = {
        "v": VERSION,
        "issued_at": _stamp(now),
        "expires_at": _stamp(now + LASTS),
        "signer": _text(key.certificate),
        "authorities": [_text(each.certificate) for each in Authority.objects.all()],
        **_certified(),
        **{name: source() for name, source in _contributions.items()},
    }
    return signing.sign_json(payload, kind=KIND, key=key).encode()


def opened(made: bytes, jwk: dict[str, Any]) -> dict[str, Any]:
    """Return what a bundle says, if the key has signed it; joserfc's `JoseError` if not."""
    registry = jws.JWSRegistry()
    registry.max_payload_length = LONGEST
    content = jws.deserialize_compact(made.decode("ascii"), ECKey.import_key(jwk), registry=registry)
    said: dict[str, Any] = json.loads(content.payload)
    return said


def _certified() -> dict[str, Any]:
    """Return the certificates of seals, and the newest revocation lists.

    A revoked key that no list names yet is left out: unknown until its authority has signed the list, never valid.
    """
    lists = list(RevocationList.objects.newest())
    keys = SignerKey.objects.of(Use.SEAL).known().order_by("year", "number")
    shown = [each for each in keys if each.state != State.REVOKED or _is_listed(each, lists)]
    return {
        "certificates": [
            {"ref": each.signer + each.reference, "der": _text(each.certificate)} for each in shown
        ],
        "crl": _text(lists[0].content) if lists else None,
        "older_crls": [_text(each.content) for each in lists[1:]],
    }


def _is_listed(key: SignerKey, lists: list[RevocationList]) -> bool:
    serial = serial_of(key)
    return any(
        x509.load_der_x509_crl(bytes(each.content)).get_revoked_certificate_by_serial_number(serial)
        for each in lists
        if each.authority_id == key.authority_id
    )


def public_jwks() -> list[dict[str, Any]]:
    """Return the public keys that a bundle may be signed with, today's first: what the checking page pins."""
    signing.active(Use.BUNDLE)
    keys = (
        SignerKey.objects.of(Use.BUNDLE).filter(state__in=(State.ACTIVE, State.PUBLISHED)).order_by("state")
    )
    return [public_jwk(each) for each in keys]


def public_jwk(key: SignerKey) -> dict[str, Any]:
    public: Any = load_der_public_key(bytes(key.public_key))
    return {
        **ECKey.import_key(public).as_dict(private=False),
        "kid": key.reference,
        "alg": "ES256",
        "use": "sig",
    }


def _text(data: Any) -> str:
    return base64.b64encode(bytes(data)).decode()


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
