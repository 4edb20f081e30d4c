from collections.abc import Iterator
from datetime import date
from typing import Any

from embassy.demo.casework import case_to_follow, visa_to_check
from embassy.demo.guard import DemoCommand
from embassy.demo.people import PASSWORD, applicants, staff


class Command(DemoCommand):
    help = "Print who can sign in to the demonstration, and what can be looked up without signing in."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Demo logins: Sign in → Sign in with a password; everybody’s is: {PASSWORD}")
        for row in applicants():
            self.stdout.write(f"  {row['email']:<40} applicant ({row['language']})")
        for row in staff():
            self.stdout.write(f"  {row['email']:<40} {place(row)}")
        self.stdout.write(
            "Staff also need a code. To see it: python3 run.py manage demo_code officer@velmaris.example.org"
        )
        for line in self.without_signing_in():
            self.stdout.write(line)

    def without_signing_in(self) -> Iterator[str]:
        if case := case_to_follow():
            yield f"Without signing in, the status of {case.spaced_reference}, born on {written(case.birth_on)}: /status/"
        if visa := visa_to_check():
            born = written(visa.application.traveller.birth_on)
            yield f"Without signing in, whether the visa {visa.number}, holder born on {born}, is good: /verify/"


def place(row: dict[str, Any]) -> str:
    """Return what a member of staff is: a role at a mission, or groups."""
    return f"{row['role']}, {row['mission']}" if "mission" in row else ", ".join(row["groups"])


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
