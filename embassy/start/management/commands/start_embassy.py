import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from embassy.settings.identity import LANGUAGES, VARIABLE, UnusableError
from embassy.start import checklist
from embassy.start.actions import OtherDataError, Wanted, WrongWishError, fill, write

STATUS = {True: "done", False: "to do"}


class Command(BaseCommand):
    help = (
        "Start another state's embassy: write its folder, and fill an empty database with what every embassy begins "
        "with. Running it again changes nothing. See docs/operations/starting.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where the identity is, or is to be written.")
        parser.add_argument(
            "--state", default="", help='The name of the state in English, such as "Ostrania".'
        )
        parser.add_argument("--code", default="", help="Its two letters of ISO 3166-1, such as QX.")
        parser.add_argument("--alpha3", default="", help="Its three letters, where ISO does not name them.")
        parser.add_argument(
            "--languages", default=",".join(LANGUAGES), help="Offered; the first is the default."
        )
        parser.add_argument("--head", default="", help="E-mail address of the first head of mission.")

    def handle(self, *args: Any, folder: Path, head: str, **options: Any) -> None:
        folder = folder.resolve()
        self.write_folder(folder, options)
        if (
            settings.IDENTITY.folder != folder
        ):  # Codes and languages are read at the start: begin again as the other
            self.go_on_as(folder, head)
        elif head:
            self.fill_database(head.strip().lower())
        if settings.IDENTITY.folder == folder:
            self.print_checklist(folder)

    def write_folder(self, folder: Path, options: dict[str, Any]) -> None:
        wanted = Wanted(
            state=options["state"],
            alpha2=options["code"],
            alpha3=options["alpha3"],
            languages=[each.strip() for each in options["languages"].split(",") if each.strip()],
        )
        try:
            written = write(folder, wanted)
        except (WrongWishError, UnusableError) as error:
            raise CommandError(str(error)) from None
        if settings.IDENTITY.folder != folder:  # Else it has been said before this process began
            self.stdout.write(
                f"Written: {folder}" if written else f"There already, and left as it is: {folder}"
            )

    def go_on_as(self, folder: Path, head: str) -> None:
        if not head:
            self.stdout.write(
                "Next: fill it in, and run this again with --head and the e-mail of the first head."
            )
            return
        command = [sys.executable, sys.argv[0], "start_embassy", str(folder), "--head", head]
        ended = subprocess.run(command, env={**os.environ, VARIABLE: str(folder)}, check=False)  # noqa: S603
        if ended.returncode:
            raise CommandError("The database was not filled.", returncode=ended.returncode)

    def fill_database(self, head: str) -> None:
        try:
            validate_email(head)
        except ValidationError:
            raise CommandError(f"--head: {head!r} is no e-mail address.") from None
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        try:
            filled = fill(head=head)
        except OtherDataError as found:
            raise CommandError(
                f"The database is in use: it has {found}. Nothing was touched. Name an empty one "
                "(PORTAL_DATABASE_URL; `python3 run.py reset` empties the one that run.py keeps)."
            ) from None
        self.stdout.write(
            f"The database is filled. {head} signs in by a code sent there."
            if filled
            else "The database was filled before: nothing was changed."
        )

    def print_checklist(self, folder: Path) -> None:
        if not checklist.has_tables():
            return
        self.stdout.write("\nWhat is to be filled in (also at /staff/start/):")
        for check in checklist.checks():
            self.stdout.write(f"  [{'x' if check.is_done else ' '}] {check.title}")
        self.stdout.write(f"\nStart it: {VARIABLE}={folder} python3 run.py")
