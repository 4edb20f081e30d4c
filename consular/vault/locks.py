"""Keys locked and opened: with the portal's field keys, or with the key of a safe."""

import base64
import os
import uuid

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from consular.lib import encryption
from consular.vault.models import Key, Safe
from consular.vault.streaming import KEY_BYTES, DamagedError


class KeyDestroyedError(Exception):
    """What is asked for was erased: its key is no more."""


def fresh() -> bytes:
    return os.urandom(KEY_BYTES)


def key_of(key_id: uuid.UUID) -> bytes | None:
    """Return the key of a document's files; None where it never had one, `KeyDestroyedError` where it has none now."""
    row = Key.objects.select_related("safe").filter(pk=key_id).first()
    return opened_key(row) if row else None


def opened_key(row: Key) -> bytes:
    if row.is_destroyed or (row.safe and row.safe.is_destroyed):
        raise KeyDestroyedError(row.pk)
    if row.safe is None:
        return _opened(row)
    try:
        return aes_key_unwrap(opened_safe(row.safe), base64.urlsafe_b64decode(row.locked_key))
    except (InvalidUnwrap, ValueError) as error:
        raise DamagedError("this key does not lie in this safe") from error


def opened_safe(safe: Safe) -> bytes:
    if safe.is_destroyed:
        raise KeyDestroyedError(safe.pk)
    return _opened(safe)


def locked(key: bytes, row: Key | Safe) -> str:
    """Return `key` as `row` keeps it, bound to that row: RFC 3394 in a safe, else `consular.lib.encryption`."""
    if isinstance(row, Key) and row.safe:
        return base64.urlsafe_b64encode(aes_key_wrap(opened_safe(row.safe), key)).decode()
    return encryption.encrypt(base64.urlsafe_b64encode(key).decode(), purpose=_purpose(row))


def _opened(row: Key | Safe) -> bytes:
    try:
        return base64.urlsafe_b64decode(encryption.decrypt(row.locked_key, purpose=_purpose(row)))
    except encryption.UnreadableError as error:
        raise DamagedError("no field key of ours opens this key") from error


def _purpose(row: Key | Safe) -> str:
    return f"{row._meta.label_lower}:{row.pk}"
