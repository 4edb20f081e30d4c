"""Publish a revision: from then on nobody can change it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.questionnaires.linter import problems
from consular.questionnaires.models import Revision


class NotPublishableError(Exception):
    """The linter found problems; `args` are its sentences."""


@transaction.atomic
def publish(revision: Revision, *, by: Any | None) -> Revision:
    """Publish a draft on behalf of `by` (None: the portal itself); NotPublishableError when the linter objects."""
    found = problems(revision.content)
    if found:
        raise NotPublishableError(*found)
    revision.published_at = timezone.now()
    revision.save(update_fields=["published_at"])
    record("questionnaire.published", revision, by=by, number=revision.number)
    return revision
