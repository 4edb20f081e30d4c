"""Whole files under a key: written to a storage encrypted, read from it plain, in memory that does not grow."""

import io
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.functional import cached_property

from consular.vault.streaming import Decrypting, encrypted


def sealed(content: IO[bytes], key: bytes, context: str) -> "Sealed":
    """Return what is left of `content`, encrypted, as a file to save once."""
    return Sealed(content, key, context)


def unsealed(storage: Storage, name: str, key: bytes, context: str) -> "File[bytes]":
    """Open a sealed file for reading, once, from its beginning; the caller closes it. Raises `DamagedError` on the way."""
    raw = Decrypting(storage.open(name, "rb"), key, context.encode())
    return File(io.BufferedReader(raw, io.DEFAULT_BUFFER_SIZE), name)


class Sealed(File):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Encrypted while a folder takes it piece by piece.

    A bucket wants to read and go back: for it the file is encrypted first, and large ones wait on disk.
    """

    def __init__(self, content: IO[bytes], key: bytes, context: str) -> None:
        self.name, self.mode = "sealed", "rb"
        self._pieces = encrypted(content, key, context.encode())

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return super().chunks(chunk_size) if "file" in self.__dict__ else self._pieces

    @cached_property
    def file(self) -> Any:  # type: ignore[override]  # Made when it is first asked for
        waiting = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - closed with this file
        for piece in self._pieces:
            waiting.write(piece)
        waiting.seek(0)
        return waiting

    def close(self) -> None:
        if "file" in self.__dict__:
            self.file.close()
