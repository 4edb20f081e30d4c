"""End a mandate: the applicant takes it back, the holder gives it back, or its last day is over."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from consular.audit.trail import record
from consular.notifications.actions import post
from consular.outbox.actions import owe
from consular.ui.templatetags.ui import day
from visas.applications.mandates import covered
from visas.applications.models import Mandate, VisaApplication

WARNED_BEFORE = timedelta(days=7)
LOOKED_BACK = timedelta(days=7)  # A machine may have been off for some days


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Any) -> None:
    """End a mandate, or take an invitation back, from this moment on; ended twice, it is ended once."""
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    if mandate.ended_at:
        return
    mandate.ended_at = timezone.now()
    mandate.save(update_fields=["ended_at"])
    for application in covered(mandate):
        record("mandate.ended", application, by=by, mandate=str(mandate.pk))
    if mandate.accepted_at:
        tell(mandate, "ended")


def end_with(application: VisaApplication, *, by: Any) -> None:
    """End the mandates for an application that is about to be deleted; call it inside that transaction.

    With the last traveller those for the party end too: nobody is left whom they could be used for.
    """
    about = Q(application=application)
    others = VisaApplication.objects.filter(party=application.party_id).exclude(pk=application.pk)
    if application.party_id and not others.exists():
        about |= Q(party=application.party_id)
    for mandate in Mandate.objects.filter(about, ended_at=None):
        end_mandate(mandate, by=by)


def tell(mandate: Any, what: str) -> None:
    """Write to both what happens to their mandate, once: `ended`, or `soon` when it is about to end."""
    giver, holder = mandate.given_by, mandate.holder
    for to, side, name in ((giver, "given", holder), (holder, "held", giver)):
        with override(to.language):
            until = str(day(mandate.ends_on))
        key = f"mandate:{mandate.pk}:{what}:{side}"
        post(f"mandates/{what}_{side}", to=to, key=key, name=str(name), until=until)


# What the calendar does


@transaction.atomic
def owe_words_about_ends() -> int:
    """Owe the messages about mandates that end within a week, or ended in the last days; return for how many.

    Owed again, it is owed once.
    """
    today = timezone.localdate()
    near = Mandate.objects.filter(
        accepted_at__isnull=False, ended_at=None, ends_on__range=(today - LOOKED_BACK, today + WARNED_BEFORE)
    )
    found = list(near.values_list("pk", "ends_on"))
    for pk, ends_on in found:
        what = "soon" if ends_on >= today else "ended"
        owe("mandates.tell", key=f"mandate:{pk}:{what}", mandate_id=pk, what=what)
    return len(found)


@transaction.atomic
def tell_of_end(mandate: Mandate, what: str) -> None:
    """Write to both that a mandate runs out, unless somebody ended it meanwhile."""
    if mandate.ended_at is None and mandate.accepted_at:
        tell(mandate, what)
