"""Seals in bar codes: as bytes, and behind the # of an address."""

import pytest
from hypothesis import given, strategies as st

from consular.lib.seal import carrying
from tests.consular.lib.seal.samples import sealed


@given(st.binary(max_size=200))
def test_every_seal_comes_back_from_an_address(more):
    seal = b"\xdc" + more
    address = f"HTTPS://EMBASSY.EXAMPLE/V#{carrying.fragment(seal)}"
    assert carrying.in_code(address.encode()) == seal
    assert carrying.in_code(address.lower().encode()) == seal


def test_bytes_are_taken_as_they_are():
    assert carrying.in_code(sealed()) == sealed()
    assert carrying.in_code(b"\xdc#\x00") == b"\xdc#\x00"


def test_a_fragment_has_capitals_and_digits_only():
    assert set(carrying.fragment(sealed())) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@pytest.mark.parametrize(
    "code", [b"", b"#", b"https://example.org/", b"HTTPS://X#!", b"#A", b"#\xff", b"X#MFRGG"]
)
def test_other_codes_carry_no_seal(code):
    assert carrying.in_code(code) is None
