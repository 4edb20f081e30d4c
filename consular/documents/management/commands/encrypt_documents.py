"""`manage.py encrypt_documents`: once, after the release that brought keys of documents."""

from typing import Any

from django.core.management.base import BaseCommand

from consular.documents.actions import encrypt_plain


class Command(BaseCommand):
    help = "Encrypt the files of documents that were stored before documents had keys; again and again is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{encrypt_plain()} documents are encrypted now.")
