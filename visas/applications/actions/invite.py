"""Invite somebody to act for an applicant."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from consular.audit.trail import record
from consular.lib.limits import allow
from consular.lib.refusal import RefusedError
from consular.notifications.actions import mail
from visas.applications.actions.lock import lock
from visas.applications.mandates import INVITATIONS_A_DAY
from visas.applications.mandates_tokens import digest, new_token
from visas.applications.models import ANSWER_WITHIN, Mandate, Scope, VisaApplication

A_DAY = 24 * 3600


class NotInvited(models.TextChoices):
    """Why an invitation is not sent. Nothing here depends on whether an address has an account with us."""

    ONESELF = "oneself", _("This is your own address. Enter the address of the person who is to act for you.")
    TWICE = (
        "twice",
        _("You have invited this person already. To change what they may do, end that mandate first."),
    )
    TOO_MANY = "too_many", _("You have sent as many invitations as one can in a day. Try again tomorrow.")


@dataclass(frozen=True)
class Offer:
    """What an invitation offers, and to whom."""

    email: str
    scope: str
    ends_on: date
    whole_party: bool = False


@transaction.atomic
def invite(application: VisaApplication, offer: Offer, *, by: Any, language: str) -> Mandate:
    """Send an invitation to an address: a link that can be accepted once, within two weeks.

    `RefusedError` for one's own address, for somebody who has a mandate or an invitation already, and for too many.
    """
    application = lock(application)
    if why_not := obstacle(application, offer, by=by):
        raise RefusedError(why_not)
    token = new_token()
    mandate = _write(application, offer, by=by, token_digest=digest(token))
    detail = {"mandate": str(mandate.pk), "scope": offer.scope, "until": str(offer.ends_on)}
    record("mandate.offered", application, by=by, **detail)
    mail(
        "mandates/invitation",
        address=offer.email,
        language=language,
        context={"token": token},
        within=ANSWER_WITHIN,
    )
    return mandate


def obstacle(application: VisaApplication, offer: Offer, *, by: Any) -> NotInvited | None:
    """Return why the invitation is not sent; else None, and it counts as one of today's."""
    if offer.email.casefold() == by.email.casefold():
        return NotInvited.ONESELF
    if Mandate.objects.standing().about(application).filter(_same_person(offer.email)).exists():
        return NotInvited.TWICE
    may_send = allow("mandate-invitation", str(by.pk), tries=INVITATIONS_A_DAY, seconds=A_DAY)
    return None if may_send else NotInvited.TOO_MANY


def _write(application: VisaApplication, offer: Offer, *, by: Any, token_digest: str) -> Mandate:
    party = application.party if offer.whole_party else None
    about = {"party": party} if party else {"application": application}
    return Mandate.objects.create(
        **about, given_by=by, email=offer.email, scope=Scope(offer.scope), ends_on=offer.ends_on,
        token_digest=token_digest,
    )  # fmt: skip


def _same_person(email: str) -> models.Q:
    return models.Q(email__iexact=email) | models.Q(holder__email__iexact=email)
