import base64
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from visas.registry.monitoring import BrokenLogError, Source, State, is_the_beginning, watch
from visas.registry.sources import Local, Remote

BROKEN, UNREACHABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Watch the log of seals: replay what is new, check every signed head against it, ask for the proof that what "
        "was seen before is its beginning, and look whether the status lists go forwards. Exit code 0: all is right; "
        "1: something is wrong, in words; 2: nothing could be read. See docs/formats/log.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", nargs="?", help="The portal, such as https://visa.example")
        parser.add_argument(
            "--local", action="store_true", help="Watch the log in this portal's own database."
        )
        parser.add_argument("--state", metavar="FILE", help="What it has seen, from one run to the next.")
        parser.add_argument(
            "--all", action="store_true", help="Replay from the first leaf, not from the last run."
        )
        parser.add_argument(
            "--authority", metavar="PEM", help="Believe these certificates, not the first bundle."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["url"]) == options["local"]:
            raise CommandError("Give either an address or --local.", returncode=UNREACHABLE)
        path = Path(options["state"]) if options["state"] else None
        try:
            source: Source = Local() if options["local"] else Remote(options["url"])
            known = remembered(path)
            begun = State(authorities=known.authorities, lists=known.lists) if options["all"] else known
            if options["authority"]:
                begun.authorities = certificates(Path(options["authority"]))
            size, root = known.size, known.root
            found = watch(source, begun, timezone.now())
            if options["all"]:
                is_as_before(source, size, root, found)
        except BrokenLogError as error:
            raise CommandError(str(error), returncode=BROKEN) from None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CommandError(f"Nothing could be checked: {error}", returncode=UNREACHABLE) from None
        if path:
            path.write_text(found.as_json(), "utf-8")
        self.stdout.write(
            f"All is right: {found.size} leaves ({found.size - size} more than before), head {found.root}."
        )


def remembered(path: Path | None) -> State:
    return State.of(path.read_text("utf-8")) if path and path.exists() else State()


def certificates(path: Path) -> list[str]:
    found = x509.load_pem_x509_certificates(path.read_bytes())
    return [base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in found]


def is_as_before(source: Source, size: int, root: str, found: State) -> None:
    """Check a log that was replayed from its beginning against what the last run saw."""
    if found.size < size or (found.size == size and found.root != root):
        raise BrokenLogError(
            f"The log is another than the one that was seen: {size} leaves with head {root}."
        )
    is_the_beginning(source, (size, root), found)
