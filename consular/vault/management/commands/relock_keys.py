"""`manage.py relock_keys`: after PORTAL_FIELD_KEY got a new first key."""

from typing import Any

from django.core.management.base import BaseCommand

from consular.vault.actions import relock


class Command(BaseCommand):
    help = "Lock the keys of cases and files with the first of PORTAL_FIELD_KEY; again and again is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{relock()} keys are locked with the newest field key now.")
