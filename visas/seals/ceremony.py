"""The authority's key as a file that only the ceremony has: encrypted with a passphrase, its certificate beside it."""

import getpass
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate
from django.core.management.base import CommandError, CommandParser

SHORTEST = 20  # characters of a passphrase: five words or more


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("root", metavar="FILE", help="The authority's key. Its certificate is in FILE.crt.")
    parser.add_argument(
        "--passphrase-file", metavar="FILE", help="Where the passphrase stands; without it, it is asked for."
    )


def passphrase(file: str | None, *, is_new: bool = False) -> bytes:
    """Return the passphrase from a file or from whoever types it, twice for a new key."""
    if file is not None:
        return _long_enough(_read(Path(file)).strip())
    typed = getpass.getpass("Passphrase of the authority's key: ")
    if is_new and typed != getpass.getpass("Once more: "):
        raise CommandError("The two are not the same.")
    return _long_enough(typed.encode())


def _long_enough(given: bytes) -> bytes:
    if len(given) < SHORTEST:
        raise CommandError(
            f"A passphrase has at least {SHORTEST} characters: five words, and more if they are short."
        )
    return given


def write(root: Path, key: ec.EllipticCurvePrivateKey, certificate: bytes, secret: bytes) -> None:
    """Write key and certificate for their owner alone; what is there is never overwritten."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(secret))
    _write(root, pem)
    _write(beside(root), load_der_x509_certificate(certificate).public_bytes(Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from None


def read(root: Path, secret: bytes) -> tuple[bytes, ec.EllipticCurvePrivateKey]:
    """Return the authority's certificate (DER) and its key."""
    try:
        certificate = load_pem_x509_certificate(_read(beside(root))).public_bytes(Encoding.DER)
        key = load_pem_private_key(_read(root), secret)
    except (ValueError, TypeError):
        raise CommandError("The key cannot be opened: a wrong passphrase, or not such a file.") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CommandError("This is not the key of an authority.")
    return certificate, key


def beside(root: Path) -> Path:
    return root.with_name(f"{root.name}.crt")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from None
