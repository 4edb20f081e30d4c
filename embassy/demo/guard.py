"""The demonstration's commands stay away from real data."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class DemoCommand(BaseCommand):
    """A command that runs in development only, unless `--i-know` says that this database may hold a demonstration."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--i-know", action="store_true", help="Run although this is not a development installation."
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        if not settings.DEBUG and not options["i_know"]:
            raise CommandError(
                "This is not a development installation (DEBUG is off). Add --i-know if it holds nobody's real data."
            )
        return super().execute(*args, **options)
