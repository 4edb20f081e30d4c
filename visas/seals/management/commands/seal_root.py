from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from visas.seals import ceremony, certifying, custody
from visas.seals.status import Use


class Command(BaseCommand):
    help = (
        "Make the key of the authority: to be run once, on a machine that is never on a network. Needs no database. "
        "docs/operations/keys.md has the whole ceremony."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        ceremony.add_arguments(parser)

    def handle(self, *args: Any, root: str, passphrase_file: str | None, **options: Any) -> None:
        secret = ceremony.passphrase(passphrase_file, is_new=True)
        key = custody.new_key(Use.SEAL)
        certificate = certifying.authority(key, settings.IDENTITY.alpha2, now=timezone.now())
        ceremony.write(Path(root), key, certificate, secret)
        self.stdout.write(
            f"{root}: the key. It stays here.\n{root}.crt: its certificate. Take it to the portal."
        )
