import functools
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consular.lib.seal import ecdsa, writing
from consular.lib.seal.results import WrongFormatError
from visas.seals.fields import Fields, WrongFieldsError, parse

LONGEST = 1_000_000  # characters
UNSIGNED = "Not signed: this is header and message zone. Give --key, or sign it (raw r‖s) and add the signature to the JSON."


class Command(BaseCommand):
    help = (
        "Read the fields of a visa's seal as JSON on standard input and print the seal in hexadecimal. Without a key or "
        "a signature, print what is to be signed. See docs/formats/seal.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--key",
            metavar="FILE",
            help="Sign with this private key: P-256, PEM, without a password.",
        )

    def handle(self, *args: Any, key: str | None, **options: Any) -> None:
        signer = None if key is None else private_key(Path(key))
        try:
            fields = parse(sys.stdin.read(LONGEST))
            made = whole(fields, signer)
        except (WrongFieldsError, WrongFormatError, UnicodeDecodeError) as error:
            raise CommandError(str(error), returncode=2) from None
        if made is None:
            self.stderr.write(UNSIGNED)
        self.stdout.write((made or fields.signed).hex())


def whole(fields: Fields, key: ec.EllipticCurvePrivateKey | None) -> bytes | None:
    """Return the seal with the key's signature or the one that was given; None without either."""
    if key is not None:
        return writing.seal(fields.signed, functools.partial(ecdsa.sign, key))
    signature = fields.signature
    return None if signature is None else writing.seal(fields.signed, lambda _: signature)


def private_key(file: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}", returncode=2) from None
    except (TypeError, ValueError):
        raise CommandError(f"{file} is not a private key in PEM without a password.", returncode=2) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != ec.SECP256R1.name:
        raise CommandError(f"{file} is not a key on P-256.", returncode=2)
    return key
