"""Signatures on every curve, and certificates that spell theirs out."""

import hashlib

import pytest
from asn1crypto import keys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given, strategies as st

from consular.lib.seal import certificates, curves, ecdsa
from consular.lib.seal.curves import CURVES
from tests.consular.lib.seal.samples import key, published, published_trust

IN_LIBRARY = [curve for curve in CURVES if curve.library]
HASHES = {
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
every_curve = pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
P256 = curves.named("1.2.840.10045.3.1.7")


def signed(curve, message, secret=12345678901234567890):
    """Return the point of a key of the library's, and r and s."""
    private = ec.derive_private_key(secret, curve.library())
    numbers = private.public_key().public_numbers()
    return (numbers.x, numbers.y), decode_dss_signature(private.sign(message, ec.ECDSA(HASHES[curve.hash])))


@every_curve
def test_the_numbers_are_those_of_a_curve(curve):
    assert curve.holds(curve.x, curve.y)
    assert 4 * curve.a**3 + 27 * curve.b**2 % curve.p
    _, _, z = ecdsa._sum_of_multiples(curve, curve.n, (curve.x, curve.y), 0, (curve.x, curve.y))
    assert z == 0


@pytest.mark.parametrize("curve", IN_LIBRARY, ids=lambda curve: curve.name)
def test_integers_and_library_agree(curve):
    digest = hashlib.new(curve.hash, b"message").digest()
    point, (r, s) = signed(curve, b"message")
    verify = ecdsa.verifier(curve, point)
    tries = [
        (r, s),
        (r, curve.n - s),
        (s, r),
        (r + 1, s),
        (r, s + 1),
        (0, s),
        (r, 0),
        (r, s + curve.n),
        (1, 1),
    ]
    answers = [ecdsa.holds(curve, point, *pair, digest) for pair in tries]
    assert answers == [verify(*pair, curve.hash, digest) for pair in tries]
    assert answers == [True, True] + [False] * 7
    assert not ecdsa.holds(curve, point, r, s, hashlib.new(curve.hash, b"other").digest())


@given(st.integers(1, P256.n - 1), st.binary())
def test_integers_and_library_agree_on_any_key(secret, message):
    point, (r, s) = signed(P256, message, secret)
    assert ecdsa.holds(P256, point, r, s, hashlib.sha256(message).digest())


def test_the_curve_that_the_library_lacks_is_verified():
    known = published("visa_dets32_p224")
    signer = next(each for each in published_trust().certificates if each.serial == 0x32)
    assert (signer.curve.name, signer.curve.library, signer.curve.hash) == ("brainpoolP224r1", None, "sha224")
    message = bytes.fromhex(known["hex"])[: known["signed_bytes_length"]]
    signature = bytes.fromhex(known["signature_hex"])
    assert signer.seals(message, signature)
    assert not signer.seals(message, signature[28:] + signature[:28])
    assert not signer.seals(message + b"\0", signature)
    assert not signer.seals(message, signature[:-1])


@pytest.mark.parametrize(("bits", "name"), [(224, "sha224"), (256, "sha256"), (320, "sha384"), (384, "sha384"),
                                            (512, "sha512"), (521, "sha512")])  # fmt: skip
def test_the_hash_follows_the_order(bits, name):
    assert {curve.hash for curve in CURVES if curve.n.bit_length() == bits} == {name}


def test_points_that_are_none_are_not_taken():
    good = ec.derive_private_key(5, ec.SECP256R1()).public_key()
    encoded = good.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    assert P256.point(encoded)
    for wrong in (b"", b"\x04", encoded[:-1], encoded + b"\0", b"\x02" + encoded[1:], encoded[:-1] + b"\0"):
        assert P256.point(wrong) is None


def test_the_portal_signs_on_p256_only():
    assert len(ecdsa.sign(key(), b"")) == 64
    with pytest.raises(ValueError, match="P-256"):
        ecdsa.sign(ec.derive_private_key(5, ec.SECP384R1()), b"")


def spelled_out(curve, **changes):
    """Return a public key whose curve is given by its numbers."""
    numbers = {"p": curve.p, "a": curve.a, "b": curve.b, "n": curve.n} | changes
    size = curve.size
    domain = keys.SpecifiedECDomain({
        "version": "ecdpVer1",
        "field_id": {"field_type": "prime_field", "parameters": numbers["p"]},
        "curve": {"a": numbers["a"].to_bytes(size, "big"), "b": numbers["b"].to_bytes(size, "big")},
        "base": keys.ECPoint(b"\x04" + curve.x.to_bytes(size, "big") + curve.y.to_bytes(size, "big")),
        "order": numbers["n"],
        "cofactor": 1,
    })  # fmt: skip
    algorithm = {"algorithm": "ec", "parameters": keys.ECDomainParameters("specified", domain)}
    public = keys.ECPointBitString(b"\x04" + bytes(2 * size))
    return keys.PublicKeyInfo.load(keys.PublicKeyInfo({"algorithm": algorithm, "public_key": public}).dump())


@every_curve
def test_a_curve_may_be_spelled_out(curve):
    assert certificates._curve(spelled_out(curve)) is curve


@pytest.mark.parametrize("number", ["a", "b", "n", "p"])
def test_a_curve_of_somebodys_own_is_none(number):
    """With a generator of their own choice anybody could sign for any key (CVE-2020-0601)."""
    changes = {number: getattr(P256, number) - 2}
    assert certificates._curve(spelled_out(P256, **changes)) is None
