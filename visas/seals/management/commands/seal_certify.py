from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from visas.seals import ceremony, certifying


class Command(BaseCommand):
    help = (
        "Certify keys of the portal with the authority's key: at the ceremony, without a database. Prints the "
        "certificates (PEM) in the order of the requests. See docs/operations/keys.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        ceremony.add_arguments(parser)
        parser.add_argument("requests", nargs="+", metavar="REQUEST", help="A request from the portal (PEM).")

    def handle(
        self, *args: Any, root: str, requests: list[str], passphrase_file: str | None, **options: Any
    ) -> None:
        certificate, key = ceremony.read(Path(root), ceremony.passphrase(passphrase_file))
        for request in requests:
            try:
                made = certifying.certify(certificate, key, Path(request).read_bytes(), now=timezone.now())
            except (OSError, ValueError, IndexError) as error:
                raise CommandError(f"{request} is not a request for a certificate: {error}") from None
            found = load_der_x509_certificate(made)
            self.stderr.write(
                f"{request}: {found.subject.rfc4514_string()}, until {found.not_valid_after_utc:%Y-%m-%d}"
            )
            self.stdout.write(found.public_bytes(Encoding.PEM).decode())
