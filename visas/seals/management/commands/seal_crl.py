import datetime as dt
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_crl
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from visas.seals import ceremony, certifying
from visas.seals.status import Reason


class Command(BaseCommand):
    help = (
        "Sign a revocation list with the authority's key: at the ceremony, without a database. Prints it (PEM). The "
        "page of a revoked key on the bench shows the whole command. See docs/operations/keys.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        ceremony.add_arguments(parser)
        parser.add_argument(
            "--number", type=int, required=True, help="Higher than that of every earlier list."
        )
        parser.add_argument(
            "revoked",
            nargs="*",
            metavar="SERIAL:REASON:DATE",
            help="Every certificate that is revoked, old ones too.",
        )

    def handle(
        self,
        *args: Any,
        root: str,
        number: int,
        revoked: list[str],
        passphrase_file: str | None,
        **options: Any,
    ) -> None:
        entries = [entry(text) for text in revoked]
        certificate, key = ceremony.read(Path(root), ceremony.passphrase(passphrase_file))
        made = certifying.revocation_list(certificate, key, entries, number=number, now=timezone.now())
        self.stdout.write(load_der_x509_crl(made).public_bytes(Encoding.PEM).decode())


def entry(text: str) -> tuple[int, Reason, dt.datetime]:
    try:
        serial, reason, day = text.split(":")
        at = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC)
        return int(serial, 16), Reason(reason), at
    except ValueError:
        raise CommandError(
            f"{text!r} is not SERIAL:REASON:DATE; reasons: {', '.join(Reason.values)}"
        ) from None
