import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management.base import CommandError, CommandParser

from consular.accounts.models import User
from embassy.demo import people
from embassy.demo.guard import DemoCommand


class Command(DemoCommand):
    help = "Print the code that a demo member of staff would read from an authenticator app now."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email")
        parser.add_argument(
            "--recovery", action="store_true", help="Print the unused recovery codes instead."
        )

    def handle(self, *args: Any, email: str, recovery: bool, **options: Any) -> None:
        if email not in {row["email"] for row in people.staff()}:
            raise CommandError(f"{email} is not a demo member of staff; demo_logins lists them.")
        if recovery:
            self.stdout.write("\n".join(people.recovery_codes(User.objects.get(email=email))))
        else:
            self.write_code(people.totp_secret(email))

    def write_code(self, secret: str) -> None:
        period, now = app_settings.TOTP_PERIOD, int(time.time())
        self.stdout.write(format_hotp_value(hotp_value(secret, now // period)))
        self.stderr.write(f"good for {period - now % period} more seconds, once")
