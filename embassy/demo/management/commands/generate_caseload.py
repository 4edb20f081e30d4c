from time import perf_counter
from typing import Any

from django.core.management.base import CommandError, CommandParser

from embassy.demo.caseload import gathering, writing
from embassy.demo.guard import DemoCommand

MOST = 1_000_000


class Command(DemoCommand):
    help = (
        "Write a caseload: applications in all states, of all missions and languages, drawn by a seed. For trying and "
        "measuring the bench; needs the demonstration's missions, officers and law (demo_load)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--applications", type=int, required=True, metavar="N", help=f"How many, at most {MOST}."
        )
        parser.add_argument("--seed", type=int, default=1, help="Another number draws other ones.")

    def handle(self, *args: Any, applications: int, seed: int, **options: Any) -> None:
        if not 1 <= applications <= MOST:
            raise CommandError(f"--applications takes a number from 1 to {MOST}.")
        begun = perf_counter()
        try:
            writing.write(gathering.gather(seed, gathering.midnight()), applications)
        except gathering.NothingToWorkWithError:
            raise CommandError("There is no law, or no mission with officers. Run demo_load first.") from None
        except writing.AlreadyThereError:
            raise CommandError("This caseload was written today. Choose another --seed.") from None
        seconds = perf_counter() - begun
        self.stdout.write(
            f"{applications} applications in {seconds:.1f} s: {applications / seconds:,.0f} a second"
        )
