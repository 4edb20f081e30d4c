"""ECDSA over raw signatures r‖s: cryptography where it knows the curve, integers where it does not.

The arithmetic below only ever verifies. It sees public keys, signatures and printed data, nothing that its
running time could give away; it must never sign.
"""

import hashlib
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
    encode_dss_signature,
)

from consular.lib.seal.curves import Curve

Point = tuple[int, int]
Jacobian = tuple[int, int, int]  # x/z², y/z³; z = 0 is the point at infinity
INFINITY: Jacobian = (1, 1, 0)

ALGORITHMS: dict[str, type[hashes.HashAlgorithm]] = {
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}

Verify = Callable[[int, int, str, bytes], bool]  # r, s, the hash's name and its value


def verifier(curve: Curve, point: Point) -> Verify:
    """Return what verifies signatures of one key; worth keeping."""
    if curve.library is None:
        return lambda r, s, name, digest: holds(curve, point, r, s, digest)
    key = ec.EllipticCurvePublicNumbers(*point, curve.library()).public_key()
    algorithms = {name: ec.ECDSA(Prehashed(algorithm())) for name, algorithm in ALGORITHMS.items()}

    def verify(r: int, s: int, name: str, digest: bytes) -> bool:
        try:
            key.verify(encode_dss_signature(r, s), digest, algorithms[name])
        except InvalidSignature:
            return False
        return True

    return verify


def raw_signature_holds(curve: Curve, verify: Verify, signature: bytes, message: bytes) -> bool:
    """Tell whether r‖s, each half as long as the curve's order, is a signature of the message."""
    if len(signature) != 2 * curve.size:
        return False
    r, s = (int.from_bytes(half, "big") for half in (signature[: curve.size], signature[curve.size :]))
    return verify(r, s, curve.hash, hashlib.new(curve.hash, message).digest())


def sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """Return r‖s of a key on P-256, with SHA-256."""
    if key.curve.name != ec.SECP256R1.name:
        raise ValueError("The portal signs with keys on P-256 only.")
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


# Verifying over the integers (SEC 1 §4.1.4)


def holds(curve: Curve, point: Point, r: int, s: int, digest: bytes) -> bool:
    """Tell whether (r, s) is a signature of a digest."""
    n = curve.n
    if not (0 < r < n and 0 < s < n):
        return False
    surplus = max(0, 8 * len(digest) - n.bit_length())
    e, w = int.from_bytes(digest, "big") >> surplus, pow(s, -1, n)
    x, _, z = _sum_of_multiples(curve, e * w % n, (curve.x, curve.y), r * w % n, point)
    return z != 0 and x * pow(z, -2, curve.p) % curve.p % n == r


def _sum_of_multiples(curve: Curve, u: int, first: Point, v: int, second: Point) -> Jacobian:
    """Return u · first + v · second, both in one pass over the bits."""
    one, other = (*first, 1), (*second, 1)
    addends = (INFINITY, one, other, _add(curve, one, other))
    total = INFINITY
    for bit in reversed(range(max(u.bit_length(), v.bit_length()))):
        total = _double(curve, total)
        total = _add(curve, total, addends[(u >> bit & 1) + 2 * (v >> bit & 1)])
    return total


def _double(curve: Curve, point: Jacobian) -> Jacobian:
    x, y, z = point
    if not (y and z):
        return INFINITY
    p, square = curve.p, y * y % curve.p
    s, m = 4 * x * square % p, (3 * x * x + curve.a * pow(z, 4, p)) % p
    new_x = (m * m - 2 * s) % p
    return new_x, (m * (s - new_x) - 8 * square * square) % p, 2 * y * z % p


def _add(curve: Curve, one: Jacobian, other: Jacobian) -> Jacobian:
    if not one[2] or not other[2]:
        return one if one[2] else other
    p, (x1, y1, z1), (x2, y2, z2) = curve.p, one, other
    u1, u2 = x1 * z2 * z2 % p, x2 * z1 * z1 % p
    s1, s2 = y1 * z2**3 % p, y2 * z1**3 % p
    if u1 == u2:
        return _double(curve, one) if s1 == s2 else INFINITY
    h, r = (u2 - u1) % p, (s2 - s1) % p
    hh = h * h % p
    hhh, v = hh * h % p, u1 * hh % p
    x = (r * r - hhh - 2 * v) % p
    return x, (r * (v - x) - s1 * hhh) % p, h * z1 * z2 % p
