"""Applicants and staff, from data/people.toml.

Outside development they have neither a password nor a second factor: applicants and staff then sign in
by a code sent to their e-mail address, and staff set up a second factor of their own.
"""

import base64
import hashlib
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password

from consular.accounts.models import User
from consular.missions.models import Mission, Posting, Role
from embassy.content.models import Translator
from embassy.demo.rows import read
from embassy.start.groups import GROUPS, group, heads_of_mission

PASSWORD = "velmaris demo"
POSTED_ON = date(2026, 1, 1)

__all__ = ["GROUPS", "PASSWORD", "applicants", "group", "load", "recovery_codes", "staff", "totp_secret"]


def load(*, with_secrets: bool | None = None) -> None:
    """Make everybody who is missing; `with_secrets` (passwords, second factors) by default in development only."""
    secrets = settings.DEBUG if with_secrets is None else with_secrets
    password = make_password(PASSWORD if secrets else None)
    for row in applicants():
        _person(row, password=password)
    for row in staff():
        user = _person(row, password=password, is_staff=True)
        _post(user, row)
        _join(user, row)
        if secrets:
            _give_second_factor(user)


def applicants() -> list[dict[str, Any]]:
    """Return the applicants of the file: email, name, language."""
    return list(read("people")["applicant"])


def staff() -> list[dict[str, Any]]:
    """Return the staff of the file: email, name, language; mission (its code) and role, groups, languages translated."""
    return list(read("people")["staff"])


def _person(row: dict[str, Any], **fields: Any) -> User:
    values = {"name": row["name"], "language": row["language"], **fields}
    user, _ = User.objects.get_or_create(email=row["email"], defaults=values)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def _post(user: User, row: dict[str, Any]) -> None:
    if "mission" not in row:
        return
    mission = Mission.objects.get(code=row["mission"])
    Posting.objects.get_or_create(user=user, mission=mission, role=row["role"], starts_on=POSTED_ON)
    if row["role"] == Role.CONSUL:
        user.groups.add(heads_of_mission())


def _join(user: User, row: dict[str, Any]) -> None:
    user.groups.add(*(group(name) for name in row.get("groups", [])))
    for language in row.get("translates_into", []):
        Translator.objects.get_or_create(person=user, language=language)


def _give_second_factor(user: User) -> None:
    if Authenticator.objects.filter(user=user).exists():
        return
    TOTP.activate(user, totp_secret(user.email))
    seed = {"seed": encrypt(_digest(user.email, "recovery codes").hex()), "used_mask": 0}
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=seed)


def totp_secret(email: str) -> str:
    """Return the secret of a demo member of staff for an authenticator app: the same in every demonstration."""
    return base64.b32encode(_digest(email, "totp")).decode()


def recovery_codes(user: User) -> list[str]:
    """Return the recovery codes that `user` has not used yet."""
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return list(RecoveryCodes(codes).get_unused_codes())


def _digest(email: str, purpose: str) -> bytes:
    return hashlib.sha256(f"velmaris demonstration {purpose} {email}".encode()).digest()[:20]
