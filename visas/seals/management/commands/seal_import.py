from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visas.seals.actions import ObstructedError, import_authority, import_revocation_list
from visas.seals.certificates import der, list_der


class Command(BaseCommand):
    help = (
        "Bring in what came back from the ceremony, PEM or DER: the authority's certificate, or a revocation list. "
        "Certificates of keys are handed in on the bench, by a consul. See docs/operations/keys.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        for file in files:
            try:
                kept = brought_in(Path(file).read_bytes())
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}") from None
            except ValueError:
                raise CommandError(f"{file} is neither a certificate nor a revocation list.") from None
            except ObstructedError as error:
                raise CommandError(f"{file}: {error.obstacle.label}") from None
            self.stdout.write(f"{file}: {kept}")


def brought_in(data: bytes) -> Any:
    try:
        certificate = der(data)
    except ValueError:
        return import_revocation_list(list_der(data))
    return import_authority(certificate)
