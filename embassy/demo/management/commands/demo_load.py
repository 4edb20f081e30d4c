from time import perf_counter
from typing import Any

from django.core.management.base import CommandParser

from embassy.demo.casework import Size
from embassy.demo.guard import DemoCommand
from embassy.demo.loading import load


class Command(DemoCommand):
    help = "Load the demonstration: the fictional Republic of Velmaris. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--size", choices=[size.value for size in Size], default=Size.SMALL.value)

    def handle(self, *args: Any, size: str, **options: Any) -> None:
        start = perf_counter()
        for part in load(Size(size)):
            self.stdout.write(f"  {part:<14} {perf_counter() - start:5.1f} s")
