"""What a leaf of the log is made of: pure."""

import hashlib
import json
from typing import Any


def commitment(salt: bytes, seal: bytes) -> bytes:
    """Return what stands for a seal: nobody without the salt can tell which."""
    return hashlib.sha256(salt + seal).digest()


def entry(v: int, kid: str, time: str, committed: bytes) -> bytes:
    """Return the leaf's bytes: JSON of RFC 8785, which for ASCII names and texts and whole numbers is this."""
    content: dict[str, Any] = {"commitment": committed.hex(), "kid": kid, "time": time, "v": v}
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
