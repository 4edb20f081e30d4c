"""`manage.py check_copy FILE` says whether a copy of somebody's answers is what they submitted."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from visas.applications.copies import found_in, versions
from visas.applications.models import VisaApplication


class Command(BaseCommand):
    help = "Check a copy of an application's answers (JSON) against what the database holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        content = file.read_bytes()
        version = found_in(versions(application_named_in(content)), content)
        if version is None:
            raise CommandError("The file is not what was submitted, or was changed.")
        self.stdout.write(f"Right: version {version.number}, SHA-256 {version.digest}")


def application_named_in(content: bytes) -> VisaApplication:
    """Return the application whose reference the file bears; CommandError when there is none."""
    try:
        reference = json.loads(content)["reference"]
        return VisaApplication.objects.with_sheet().get(case__reference=reference)
    except (ValueError, LookupError, TypeError, RecursionError, VisaApplication.DoesNotExist) as error:
        raise CommandError("The file names no application that was submitted.") from error
