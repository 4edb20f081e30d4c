from typing import Any

from embassy.demo.guard import DemoCommand
from embassy.demo.people import PASSWORD, applicants, staff


class Command(DemoCommand):
    help = "Print who can sign in to the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Demo logins: Sign in → Sign in with a password; everybody’s is: {PASSWORD}")
        for row in applicants():
            self.stdout.write(f"  {row['email']:<40} applicant ({row['language']})")
        for row in staff():
            self.stdout.write(f"  {row['email']:<40} {row['role']}, {row['mission']}")
        self.stdout.write(
            "Staff also need a code. To see it: python3 run.py manage demo_code officer@velmaris.example.org"
        )
