"""The code on paper that leads back to an application, together with the traveller's date of birth.

The database keeps an HMAC of the code, made with a key derived from `settings.FIELD_KEYS`: the first of them makes it,
by each of them it is found again.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from consular.lib.references import ALPHABET
from visas.applications.models import ResumeCode, VisaApplication

LENGTH = 16  # characters of an alphabet of 30: 78 bits
GROUP = 4
BIRTH = "birth.on"
PURPOSE = b"applications: resume code"


def new_code() -> str:
    """Return a random code without separators."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """Return the code in groups, for paper: `7K2M-VQ4H-X9TD-3WPC`."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def parse_code(typed: str) -> str | None:
    """Return the code in what a person typed in capitals and Latin digits, None when it cannot be one."""
    plain = "".join(character for character in typed if character.isalnum())
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None


def digest(code: str) -> str:
    """Return what the database keeps of a code."""
    return next(digests(code))


def digests(code: str) -> Iterator[str]:
    """Yield what the database may have kept of a code, by the current key first."""
    for secret in settings.FIELD_KEYS:
        yield hmac.new(_derived(secret), code.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=16)
def _derived(secret: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=PURPOSE).derive(secret.encode())


def find(code: str, birth_on: date) -> ResumeCode | None:
    """Return the code if it is one of ours and the traveller was born on this day. One query, whatever is wrong.

    Staff sign in with a second factor, and never like this.
    """
    known = ResumeCode.objects.select_related("application__applicant", "application__case")
    return known.filter(
        digest__in=list(digests(code)),
        application__applicant__is_active=True,
        application__applicant__is_staff=False,
        application__sheet__answers__question=BIRTH,
        application__sheet__answers__row=0,
        application__sheet__answers__value=birth_on.isoformat(),
    ).first()


def may_have_code(application: VisaApplication) -> bool:
    """Tell whether the traveller's date of birth is known, without which a code opens nothing."""
    given = application.sheet.answers.filter(question=BIRTH, row=0, value__isnull=False)
    return given.exists()
