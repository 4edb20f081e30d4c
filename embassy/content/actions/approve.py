"""The second pair of eyes: approve a text, or send it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.refusal import allow
from embassy.content import rules
from embassy.content.actions.demand import lock
from embassy.content.models import Revision
from embassy.content.status import State


@transaction.atomic
def approve(
    revision: Revision,
    *,
    by: Any,
    version: int,
    live_from: datetime | None = None,
    live_to: datetime | None = None,
) -> Revision:
    """Let readers see a text, from now on or from a later moment. `version` is the one that `by` has read."""
    revision = lock(revision)
    begins = max(filter(None, [timezone.now(), live_from]))
    allow(rules.obstacle_to_approving(revision, by, version, begins, live_to))
    revision.state, revision.approver = State.APPROVED, by
    revision.live_from, revision.live_to = begins, live_to
    revision.save(update_fields=["state", "approver", "live_from", "live_to"])
    record("text.approved", revision, by=by, version=version, live_from=begins.isoformat())
    return revision


@transaction.atomic
def send_back(revision: Revision, *, by: Any, version: int, remark: str) -> Revision:
    """Refuse a text and say why; who wrote it, or somebody else, may begin again from it."""
    revision = lock(revision)
    allow(rules.obstacle_to_reading(revision, by, version))
    revision.state, revision.remark = State.REJECTED, remark
    revision.save(update_fields=["state", "remark"])
    record("text.sent_back", revision, by=by, version=version)
    return revision
