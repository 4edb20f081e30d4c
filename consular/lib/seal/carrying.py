"""How bar codes carry a seal: its bytes, or an address with the seal behind the `#`, which no server is sent."""

import base64
import binascii

from consular.lib.seal.header import MAGIC


def fragment(seal: bytes) -> str:
    """Return the seal as it stands behind the `#`: base32 (RFC 4648) in capitals, without padding."""
    return base64.b32encode(seal).decode().rstrip("=")


def in_code(payload: bytes) -> bytes | None:
    """Return the seal in what a bar code holds, or None; whether it is one that can be read is not asked."""
    if payload[:1] == bytes([MAGIC]):
        return payload
    _, mark, text = payload.partition(b"#")
    return from_fragment(text.decode("ascii", "replace")) if mark else None


def from_fragment(text: str) -> bytes | None:
    """Return the seal behind a `#`; None when something else stands there."""
    try:
        seal = base64.b32decode(text + "=" * (-len(text) % 8), casefold=True)
    except (binascii.Error, ValueError):
        return None
    return seal if seal[:1] == bytes([MAGIC]) else None
