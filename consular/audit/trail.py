"""`record`, the only writer of the audit trail."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from consular.audit.models import Entry

ON_BEHALF = "on_behalf_of"  # In the detail of an act that somebody did for another person: whose it was


def record(verb: str, on: models.Model, *, by: Any = None, **detail: Any) -> Entry:
    """Append one entry: `record("case.claimed", case, by=officer)`.

    `by` is a user, or None for the system or a person without an account. `detail` takes codes,
    references and numbers, never names, addresses or free text.
    """
    actor = None if by is None or isinstance(by, AnonymousUser) else by
    return Entry.objects.create(
        actor=actor, verb=verb, subject_type=on._meta.label_lower, subject_id=str(on.pk), detail=detail
    )


def on_behalf(person: int, by: Any) -> dict[str, int]:
    """Return, as detail, for which person (their key) somebody else acts; nothing for the person themselves."""
    return {} if by.pk == person else {ON_BEHALF: person}
