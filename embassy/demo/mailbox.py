"""The e-mails that Django's file backend wrote into `settings.EMAIL_FILE_PATH`, for reading on one's own machine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

SEPARATOR = re.compile(rb"\n-{79}\n")


@dataclass(frozen=True)
class Letter:
    """One e-mail: `name` is the file's and its place in it, as URLs take it."""

    name: str
    subject: str
    to: str
    language: str
    sent_at: datetime
    text: str
    html: str


def letters() -> list[Letter]:
    """Return all e-mails, the newest first."""
    return sorted(read_all(), key=lambda letter: (letter.sent_at, letter.name), reverse=True)


def read_all() -> Iterator[Letter]:
    folder = Path(settings.EMAIL_FILE_PATH)
    for path in sorted(folder.glob("*.log")) if folder.is_dir() else []:
        parts = [part for part in SEPARATOR.split(path.read_bytes()) if part.strip()]
        for place, part in enumerate(parts):
            yield letter(f"{path.stem}-{place}", part)


def letter(name: str, source: bytes) -> Letter:
    message: EmailMessage = message_from_bytes(source.lstrip(), policy=policy.default)
    return Letter(
        name=name,
        subject=message["Subject"],
        to=message["To"],
        language=message.get("Content-Language", "en"),
        sent_at=parsedate_to_datetime(message["Date"]).replace(tzinfo=UTC),  # Django writes UTC as -0000
        text=part(message, "plain"),
        html=part(message, "html"),
    )


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body(preferencelist=(kind,))
    return str(found.get_content()) if found else ""
