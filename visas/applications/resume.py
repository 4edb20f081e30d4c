"""The code on paper that leads back to an application, together with the traveller's date of birth.

The database keeps a keyed hash of the code (`consular.lib.keyed_hashes`).
"""

from datetime import date

from consular.lib.keyed_hashes import keyed_hash, keyed_hashes
from consular.lib.references import ALPHABET, drawn
from visas.applications.models import ResumeCode, VisaApplication

LENGTH = 16  # characters of an alphabet of 30: 78 bits
BIRTH = "birth.on"
PURPOSE = b"applications: resume code"


def new_code() -> str:
    """Return a random code without separators."""
    return drawn(LENGTH)


def parse_code(typed: str) -> str | None:
    """Return the code in what a person typed in capitals and Latin digits, None when it cannot be one."""
    plain = "".join(character for character in typed if character.isalnum())
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None


def digest(code: str) -> str:
    """Return what the database keeps of a code."""
    return keyed_hash(code, purpose=PURPOSE)


def find(code: str, birth_on: date) -> ResumeCode | None:
    """Return the code if it is one of ours and the traveller was born on this day. One query, whatever is wrong.

    Staff sign in with a second factor, and never like this.
    """
    known = ResumeCode.objects.select_related("application__applicant", "application__case")
    return known.filter(
        digest__in=keyed_hashes(code, purpose=PURPOSE),
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
