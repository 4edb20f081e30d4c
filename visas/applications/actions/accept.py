"""Accept an invitation to act for an applicant, or decline it."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.audit.trail import record
from consular.lib.refusal import RefusedError
from consular.notifications.actions import post
from visas.applications.mandates import covered, is_invited
from visas.applications.models import Mandate, State
from visas.applications.rules import is_conflicted


class NotAccepted(models.TextChoices):
    """Why somebody cannot accept an invitation."""

    VOID = "void", _("This invitation is no longer valid. Ask for a new one.")
    ANOTHER = (
        "another",
        _(
            "This invitation was sent to another email address than that of your account. "
            "Sign in with the address to which it was sent."
        ),
    )
    ONESELF = "oneself", _("You cannot act for yourself: the application is your own.")
    CONFLICT = (
        "conflict",
        _("You work at the mission that decides this application, so you cannot act for the applicant."),
    )


def obstacle(user: Any, mandate: Mandate) -> NotAccepted | None:
    """Return why `user` cannot accept an invitation now, or None when they can."""
    if not is_invited(user, mandate):
        return NotAccepted.ANOTHER
    if mandate.state != State.INVITED:
        return NotAccepted.VOID
    if user.pk == mandate.given_by_id:
        return NotAccepted.ONESELF
    serves = user.is_staff and any(
        is_conflicted(user, each.mission) for each in covered(mandate).select_related("mission")
    )
    return NotAccepted.CONFLICT if serves else None


@transaction.atomic
def accept(mandate: Mandate, *, by: Any) -> Mandate:
    """Let `by` act for the applicant from now on; accepted twice by the same person, it is accepted once."""
    mandate = _lock(mandate)
    if mandate.holder_id == by.pk and mandate.is_in_force():
        return mandate
    if why_not := obstacle(by, mandate):
        raise RefusedError(why_not)
    mandate.holder, mandate.accepted_at = by, timezone.now()
    mandate.save(update_fields=["holder", "accepted_at"])
    _record("mandate.accepted", mandate, by=by)
    key = f"mandate:{mandate.pk}:began"
    post("mandates/began_given", to=mandate.given_by, key=f"{key}:given", name=str(by))
    post("mandates/began_held", to=by, key=f"{key}:held", name=str(mandate.given_by))
    return mandate


@transaction.atomic
def decline(mandate: Mandate, *, by: Any) -> None:
    """Say no to an invitation; declined twice, it is declined once."""
    mandate = _lock(mandate)
    if not is_invited(by, mandate):
        raise RefusedError(NotAccepted.ANOTHER)
    if mandate.accepted_at or mandate.ended_at:
        return
    mandate.ended_at = timezone.now()
    mandate.save(update_fields=["ended_at"])
    _record("mandate.declined", mandate, by=by)
    post("mandates/declined", to=mandate.given_by, key=f"mandate:{mandate.pk}:declined")


def _lock(mandate: Mandate) -> Mandate:
    return Mandate.objects.select_for_update(of=("self",)).select_related("given_by").get(pk=mandate.pk)


def _record(verb: str, mandate: Mandate, *, by: Any) -> None:
    """Note it with every application that the mandate is for."""
    for application in covered(mandate):
        record(verb, application, by=by, mandate=str(mandate.pk))
