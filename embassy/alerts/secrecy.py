"""What the database keeps of a subscriber's address, and the tokens in our letters.

The address is encrypted, and found again by an HMAC of its normalised form: a copy of the database without
the keys names nobody, not even to who guesses addresses. A token is the subscriber's random number with an
HMAC over it: the database cannot give tokens away, since it does not hold the key that makes them. All keys
are derived from `settings.FIELD_KEYS`; the first one makes, each of them is recognised.
"""

import base64
import binascii
import hashlib
import hmac
import uuid

from consular.lib import encryption
from consular.lib.keyed_hashes import keyed_hashes, keys

PURPOSE = "alerts.subscriber.address"
MAC_BYTES = 16
ID_BYTES = 16


def normalised(address: str) -> str:
    """Return the form by which two spellings of one mailbox are the same: providers ignore case."""
    return address.strip().casefold()


def seal(address: str) -> str:
    return encryption.encrypt(address, purpose=PURPOSE)


def unseal(sealed: str) -> str:
    return encryption.decrypt(sealed, purpose=PURPOSE)


def address_key(address: str) -> str:
    """Return what the address is found by, made with the current key."""
    return address_keys(address)[0]


def address_keys(address: str) -> list[str]:
    """Return what the address may be stored under, the current key's first."""
    return keyed_hashes(normalised(address), purpose=b"alerts: address")


def token_of(public_id: uuid.UUID) -> str:
    """Return the token of a subscriber: 43 characters for an address of a page."""
    mac = _mac(next(keys(b"alerts: token")), public_id.bytes)
    return base64.urlsafe_b64encode(public_id.bytes + mac).decode().rstrip("=")


def read_token(token: str) -> uuid.UUID | None:
    """Return the subscriber's number that we once made `token` for; None when we made no such token."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    number, given = raw[:ID_BYTES], raw[ID_BYTES:]
    known = any(hmac.compare_digest(_mac(key, number), given) for key in keys(b"alerts: token"))
    return uuid.UUID(bytes=number) if known and len(number) == ID_BYTES else None


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()[:MAC_BYTES]
