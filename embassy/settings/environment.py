"""One typed reader of the environment: every value comes from NAME, or from the file that NAME_FILE names.

The second form suits secrets (systemd credentials, Kubernetes secrets). A missing value without a
default raises `ImproperlyConfigured` with the variable's name, so that nothing starts half configured.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import lazy
from django.utils.translation import get_language

from embassy.settings.identity import SOURCE, Identity, UnusableError, current

PREFIX = "PORTAL_"
LARGEST_IN_MEMORY = 1024 * 1024  # bytes of a stored file; larger ones wait on disk, where they are encrypted


class _Required:
    """Marks a variable that has no default."""


REQUIRED = _Required()


def text(name: str, default: str | _Required = REQUIRED) -> str:
    """Return PORTAL_<name>, or the stripped content of the file named by PORTAL_<name>_FILE."""
    variable = PREFIX + name
    if (value := os.environ.get(variable)) is not None:
        return value
    if path := os.environ.get(f"{variable}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    if isinstance(default, _Required):
        raise ImproperlyConfigured(
            f"Set {variable} or {variable}_FILE: docs/operations/settings.md says how."
        )
    return default


def flag(name: str, *, default: bool) -> bool:
    """Return whether PORTAL_<name> says yes: 1, true, yes or on."""
    return text(name, "yes" if default else "no").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str | _Required = REQUIRED) -> list[str]:
    """Return a comma-separated value as a list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """Return PORTAL_<name> as an integer."""
    try:
        return int(text(name, str(default)))
    except ValueError as error:
        raise ImproperlyConfigured(f"{PREFIX}{name} must be a whole number.") from error


def identity() -> Identity:
    """Return who this embassy is: what the folder that PORTAL_EMBASSY names says."""
    try:
        return current()
    except UnusableError as error:
        raise ImproperlyConfigured(str(error)) from None


def spoken(texts: Mapping[str, str]) -> Any:
    """Return a lazy string: the text in the language that is active when it is asked for."""

    def text_now() -> str:
        return texts.get((get_language() or SOURCE).split("-")[0], texts[SOURCE])

    return lazy(text_now, str)()


def database(name: str = "DATABASE_URL") -> dict[str, Any]:
    """Return Django's settings for a postgresql:// address; sockets are written percent-encoded as the host."""
    settings = dj_database_url.parse(text(name), conn_max_age=60, conn_health_checks=True)
    if "postgresql" not in settings["ENGINE"]:
        raise ImproperlyConfigured(f"{PREFIX}{name} must be a postgresql:// address.")
    return dict(settings)


def bucket(name: str) -> dict[str, Any]:
    """Return the options of `consular.documents.bucket.PrivateBucket` for the bucket called `name`."""
    endpoint, encryption, key = text("S3_ENDPOINT_URL", ""), text("S3_ENCRYPTION", ""), text("S3_KMS_KEY", "")
    if encryption not in {"", "AES256", "aws:kms"}:
        raise ImproperlyConfigured(f"{PREFIX}S3_ENCRYPTION must be AES256, aws:kms or nothing.")
    at_rest = {"ServerSideEncryption": encryption, "SSEKMSKeyId": key}
    return {
        "bucket_name": name,
        "endpoint_url": endpoint or None,
        "region_name": text("S3_REGION", "") or None,
        "access_key": text("S3_ACCESS_KEY"),
        "secret_key": text("S3_SECRET_KEY"),
        "addressing_style": "path" if endpoint else None,
        "object_parameters": {option: value for option, value in at_rest.items() if value},
        "default_acl": None,  # A bucket without ACLs, as new ones are, refuses even a private one
        "file_overwrite": False,
        "max_memory_size": LARGEST_IN_MEMORY,  # 0 would be no limit
    }


def smtp(name: str = "SMTP_URL") -> dict[str, Any]:
    """Return Django's EMAIL_* settings for smtp://user:password@host:port (smtps:// for TLS, ?starttls=1)."""
    url = urlsplit(text(name))
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise ImproperlyConfigured(f"{PREFIX}{name} must look like smtp://user:password@host:587?starttls=1.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": parse_qs(url.query).get("starttls") == ["1"],
        "EMAIL_TIMEOUT": 20,
    }
