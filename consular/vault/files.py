"""Whole files under a key: written to a storage encrypted, read from it plain, in memory that does not grow."""

import io
import tempfile
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage

from consular.vault.streaming import Decrypting, encrypted


def sealed(content: IO[bytes], key: bytes, context: str) -> "File[bytes]":
    """Return `content` encrypted, as a file to save; large ones wait on disk, where they are encrypted already."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - closed by its reader
    for piece in encrypted(content, key, context.encode()):
        file.write(piece)
    size = file.tell()
    file.seek(0)
    found = File(file, "sealed")
    found.size = size
    return found


def unsealed(storage: Storage, name: str, key: bytes, context: str) -> "File[bytes]":
    """Open a sealed file for reading, once, from its beginning; the caller closes it. Raises `DamagedError` on the way."""
    raw = Decrypting(storage.open(name, "rb"), key, context.encode())
    return File(io.BufferedReader(raw, io.DEFAULT_BUFFER_SIZE), name)
