"""Files encrypted piece by piece: the streaming AEAD of Google's Tink, AES256-GCM-HKDF, with pieces of 64 KiB.

It is the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015), byte for byte as Tink writes it:

    40 (one byte) | salt (32) | prefix (7) | piece | piece | …

The key of a file is HKDF-SHA256(key, salt, context). The nonce of a piece is the prefix, its number, and whether it
is the last one: pieces that were changed, moved, repeated, left out or cut off at the end are refused, and so is a
file that stands where another belongs (`context`). Nothing of a piece comes out before its tag was right.
"""

import io
import os
from collections.abc import Iterator
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 32, 32, 7, 16
HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES
PIECE_BYTES = 64 * 1024  # encrypted, its tag included; the header is a part of the first one


class DamagedError(OSError):
    """A file was not encrypted with this key for this place, or was changed or cut off since."""


def encrypted(source: IO[bytes], key: bytes, context: bytes) -> Iterator[bytes]:
    """Yield what is left of `source`, encrypted with `key` for `context`, piece by piece."""
    salt, prefix = os.urandom(SALT_BYTES), os.urandom(PREFIX_BYTES)
    cipher = _cipher(key, salt, context)
    yield bytes([HEADER_BYTES]) + salt + prefix
    number, piece = 0, _read(source, PIECE_BYTES - HEADER_BYTES - TAG_BYTES)
    while following := _read(source, PIECE_BYTES - TAG_BYTES):
        yield cipher.encrypt(_nonce(prefix, number), piece, None)
        number, piece = number + 1, following
    yield cipher.encrypt(_nonce(prefix, number, last=True), piece, None)


class Decrypting(io.RawIOBase):
    """The plain bytes of an encrypted file, to be read once from its beginning; closes `source` with itself."""

    def __init__(self, source: IO[bytes], key: bytes, context: bytes) -> None:
        self._source, self._pieces = source, _decrypted(source, key, context)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill as much of `buffer` as one piece can; 0 at the end. Raises `DamagedError`."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        taken = min(len(buffer), len(self._rest))
        buffer[:taken], self._rest = self._rest[:taken], self._rest[taken:]
        return taken

    def close(self) -> None:
        self._source.close()
        super().close()


def _decrypted(source: IO[bytes], key: bytes, context: bytes) -> Iterator[bytes]:
    header = _read(source, HEADER_BYTES)
    if len(header) != HEADER_BYTES or header[0] != HEADER_BYTES:
        raise DamagedError("no header")
    salt, prefix = header[1 : 1 + SALT_BYTES], header[1 + SALT_BYTES :]
    cipher = _cipher(key, salt, context)
    number, piece = 0, _read(source, PIECE_BYTES - HEADER_BYTES)
    while following := _read(source, PIECE_BYTES):
        yield _opened(cipher, _nonce(prefix, number), piece)
        number, piece = number + 1, following
    yield _opened(cipher, _nonce(prefix, number, last=True), piece)


def _opened(cipher: AESGCM, nonce: bytes, piece: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, piece, None)
    except (InvalidTag, ValueError) as error:
        raise DamagedError("a piece is not as it was written") from error


def _cipher(key: bytes, salt: bytes, context: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), KEY_BYTES, salt=salt, info=context).derive(key))


def _nonce(prefix: bytes, number: int, *, last: bool = False) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _read(source: IO[bytes], size: int) -> bytes:
    """Read `size` bytes, fewer at the end alone: a raw stream may give less than it is asked for."""
    content = source.read(size)
    if len(content) == size or not content:
        return content
    parts = [content]
    while (missing := size - sum(map(len, parts))) and (more := source.read(missing)):
        parts.append(more)
    return b"".join(parts)
