from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connection, transaction

from embassy.demo.casework import Size
from embassy.demo.guard import DemoCommand


class Command(DemoCommand):
    help = "Delete everything in the database, and load the demonstration afresh."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--size", choices=[size.value for size in Size], default=Size.SMALL.value)
        parser.add_argument("--yes", action="store_true", help="Do not ask.")

    def handle(self, *args: Any, size: str, yes: bool, i_know: bool, **options: Any) -> None:
        name = connection.settings_dict["NAME"]
        if not yes and input(f"Delete everything in the database {name}? Type yes: ").strip() != "yes":
            raise CommandError("Nothing was deleted.")
        self.empty_the_database()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("demo_load", size=size, i_know=i_know, stdout=self.stdout)

    def empty_the_database(self) -> None:
        """Drop the schema with all it holds: append-only tables refuse to be emptied row by row."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
