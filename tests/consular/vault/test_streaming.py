"""Encrypted files: what was changed, moved, left out or cut off is refused, and memory does not grow."""

import io
import itertools
import tracemalloc

import pytest
from hypothesis import given, settings, strategies as st

from consular.vault.streaming import HEADER_BYTES, PIECE_BYTES, TAG_BYTES, DamagedError, Decrypting, encrypted

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
FIRST = PIECE_BYTES - HEADER_BYTES - TAG_BYTES  # plain bytes in the first piece
REST = PIECE_BYTES - TAG_BYTES
# Written by Tink 1.16 (AES256_GCM_HKDF, 64 KiB) with KEY and the context documents/1/original
TINK = bytes.fromhex(
    "2812f80b588be749b330a4af4564cb810519046e7c99a74471eea4d1efcb77fcba9d57932a3856582f00c923a5d536de003bc8a21d0e"
    "2f23b98f14c297e22742d9a3f6a69c2bfe"
)


def sealed(content, key=KEY, context=b"here"):
    return b"".join(encrypted(io.BytesIO(content), key, context))


def opened(content, key=KEY, context=b"here"):
    with io.BufferedReader(Decrypting(io.BytesIO(content), key, context)) as file:
        return file.read()


def pieces(content):
    """Return the encrypted pieces, the header with the first."""
    return [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)]


def content_of(size):
    return bytes(itertools.islice(itertools.cycle(range(251)), size))


@pytest.mark.parametrize(
    "size", [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + REST, FIRST + REST + 1, 3 * PIECE_BYTES]
)
def test_what_goes_in_comes_out(size):
    assert opened(sealed(content_of(size))) == content_of(size)


def test_we_read_what_tink_writes():
    assert opened(TINK, context=b"documents/1/original") == b"written by Tink"


def test_the_same_content_never_looks_the_same_twice():
    assert sealed(b"a passport") != sealed(b"a passport")


@pytest.mark.parametrize("change", [{"key": OTHER_KEY}, {"context": b"elsewhere"}])
def test_another_key_or_another_place_opens_nothing(change):
    with pytest.raises(DamagedError):
        opened(sealed(b"a passport"), **change)


@pytest.mark.parametrize("at", [0, 1, 32, 33, 39, 40, 5000, PIECE_BYTES, -1])
def test_a_flipped_bit_is_refused_wherever_it_is(at):
    changed = bytearray(sealed(content_of(2 * PIECE_BYTES)))
    changed[at] ^= 1
    with pytest.raises(DamagedError):
        opened(bytes(changed))


@given(st.integers(0, 3 * PIECE_BYTES - 1))
@settings(max_examples=60, deadline=None)
def test_a_file_cut_off_anywhere_is_refused(length):
    whole = sealed(content_of(3 * PIECE_BYTES))
    with pytest.raises(DamagedError):
        opened(whole[:length])


@pytest.mark.parametrize(
    "order", [(0, 2, 1, 3), (0, 1, 1, 2, 3), (0, 2, 3), (0, 1, 2), (0, 3), (1, 2, 3), (0, 1, 2, 3, 3)]
)
def test_pieces_moved_repeated_or_left_out_are_refused(order):
    parts = pieces(sealed(content_of(3 * PIECE_BYTES + 100)))
    assert len(parts) == 4
    with pytest.raises(DamagedError):
        opened(b"".join(parts[place] for place in order))


def test_a_piece_of_another_file_under_the_same_key_is_refused():
    one, other = (pieces(sealed(content_of(2 * PIECE_BYTES))) for _ in range(2))
    with pytest.raises(DamagedError):
        opened(b"".join([one[0], other[1], *one[2:]]))


def test_something_behind_the_end_is_refused():
    with pytest.raises(DamagedError):
        opened(sealed(content_of(100)) + b"x")


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_what_was_never_encrypted_is_refused_as_damaged(content):
    with pytest.raises(DamagedError):
        opened(content)


class Zeros(io.RawIOBase):
    """Sixty megabytes that nobody holds, given in uneven parts."""

    def __init__(self):
        self.left = 60_000_000

    def read(self, size=-1):
        size = min(size, self.left, 10_007)
        self.left -= size
        return bytes(size)


def test_a_large_file_goes_through_in_memory_that_does_not_grow():
    class Pieces(io.RawIOBase):
        """What `encrypted` yields, as a file."""

        def __init__(self, source):
            self.source, self.rest = source, b""

        def read(self, size=-1):
            if not self.rest:
                self.rest = next(self.source, b"")
            taken, self.rest = self.rest[:size], self.rest[size:]
            return taken

    tracemalloc.start()
    file, read = Decrypting(Pieces(encrypted(Zeros(), KEY, b"")), KEY, b""), 0
    buffer = bytearray(PIECE_BYTES)
    while count := file.readinto(buffer):
        read += count
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 60_000_000
    assert peak < 2_000_000
