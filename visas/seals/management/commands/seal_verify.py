import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from consular.lib.seal.results import Verdict, Word
from consular.lib.seal.trust import NOBODY, Trust
from consular.lib.seal.verifying import verify
from visas.seals.finding import UnreadableError, seals_in

SIGNATURE = "signature"


class Command(BaseCommand):
    help = (
        "Check visible digital seals (ICAO Doc 9303-13): raw bytes, or the bar codes of pictures and PDFs. Prints one "
        "JSON object a line for each seal, and one for a file without any. See docs/formats/seal.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--hex", action="store_true", help="The files hold seals in hexadecimal.")
        parser.add_argument(
            "--trust",
            metavar="DIR",
            help="A folder of certificates and revocation lists (PEM or DER).",
        )
        parser.add_argument(
            "--at",
            default="",
            metavar="DATE|signature",
            help="Judge certificates as of this day, or of the day of each signature; as of today without it.",
        )
        parser.add_argument(
            "--allow-test-reference",
            action="store_true",
            help="Do not refuse a certificate reference of zeros, which is for tests.",
        )

    def handle(self, *args: Any, files: list[str], trust: str | None, at: str, **options: Any) -> None:
        believed, day = self.trust_in(trust), day_of(at)
        for file in files:
            for verdict in verdicts(file, believed, day, options):
                self.stdout.write(json.dumps({"file": str(file), **verdict.as_json()}))

    def trust_in(self, folder: str | None) -> Trust:
        if folder is None:
            return NOBODY
        try:
            trust = Trust.of(Path(folder))
        except OSError as error:
            raise CommandError(f"{folder} cannot be read: {error.strerror}", returncode=2) from None
        for problem in trust.problems:
            self.stderr.write(f"Left out: {problem}")
        return trust


def day_of(text: str) -> dt.date | None:
    """Return the day as of which to judge; None for the day of each signature."""
    if text == SIGNATURE:
        return None
    try:
        return dt.date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise CommandError(f"{text!r} is neither a date YYYY-MM-DD nor {SIGNATURE!r}", returncode=2) from None


def verdicts(file: str, trust: Trust, day: dt.date | None, options: dict[str, Any]) -> list[Verdict]:
    try:
        seals = seals_in(Path(file), in_hex=options["hex"])
    except UnreadableError:
        return [Verdict.of({Word.READ_ERROR})]
    return [verify(seal, trust, at=day, for_tests=options["allow_test_reference"]) for seal in seals]
