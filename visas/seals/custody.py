"""Where private keys are kept: here, encrypted in the row with the portal's field keys (`consular.lib.encryption`).

A `Keeper` is all that the portal asks of a place for keys, so that a hardware module can take this one's part:
`secret` is what the row keeps (here the encrypted key, there a label), and the key itself never leaves the keeper
but as something that signs.
"""

import base64
from functools import lru_cache
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from consular.lib.encryption import decrypt, encrypt
from visas.seals.status import Use

PURPOSE = "seals.key"
RSA_BITS = 3072
LOADED = 16


class Keeper(Protocol):
    def make(self, use: Use) -> str:
        """Make a key for a use and return the secret by which the keeper finds it again."""

    def key(self, secret: str) -> Any:
        """Return something that signs, with the interface of a private key of `cryptography`."""


class Encrypted:
    """Keeps a key as text in the row, encrypted."""

    def make(self, use: Use) -> str:
        return self.keep(new_key(use))

    def keep(self, key: Any) -> str:
        plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return encrypt(base64.b64encode(plain).decode(), purpose=PURPOSE)

    def key(self, secret: str) -> Any:
        return _loaded(secret)


@lru_cache(LOADED)
def _loaded(secret: str) -> Any:
    """Load a key. It was ours when it was encrypted: checking RSA's primes again takes a tenth of a second."""
    plain = base64.b64decode(decrypt(secret, purpose=PURPOSE))
    return load_der_private_key(plain, None, unsafe_skip_rsa_key_validation=True)


def new_key(use: Use) -> Any:
    """Return a new private key: RSA for papers, since an ECDSA signature is not in PDF/A-3's PDF 1.7; else P-256."""
    if use is Use.PAPER:
        return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return ec.generate_private_key(ec.SECP256R1())


def public_bytes(key: Any) -> bytes:
    """Return the public half of a private key (SubjectPublicKeyInfo, DER)."""
    return bytes(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


keeper = Encrypted()
