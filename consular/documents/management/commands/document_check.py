import json
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from consular.documents.checking import check
from consular.documents.status import Kind


class Command(BaseCommand):
    help = (
        "Check files as the portal checks what people hand in, and keep nothing of them. Prints one JSON object a "
        "line, in the order of the files. See docs/formats/document_check.md."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--as",
            dest="kind",
            choices=Kind.values,
            default=Kind.SUPPORTING.value,
            help="What they are handed in as.",
        )

    def handle(self, *args: Any, files: list[Path], kind: str, **options: Any) -> None:
        """Check as many files at a time as there are processors: each is decoded in a child of its own."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for verdict in pool.map(partial(check, kind=Kind(kind)), files):
                self.stdout.write(json.dumps(verdict))
