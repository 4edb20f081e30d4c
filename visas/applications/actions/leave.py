"""Take a traveller out of a party who has not handed anything in."""

from typing import Any

from django.db import transaction

from visas.applications.actions.alike import hold
from visas.applications.actions.discard import discard
from visas.applications.models import VisaApplication


@transaction.atomic
def leave(application: VisaApplication, *, by: Any) -> None:
    """Discard a draft and with it its place; who answered as this one did keeps the answers.

    `AlreadySubmittedError` when it was handed in meanwhile: a case leaves the party by being withdrawn.
    """
    hold(application)
    discard(application, by=by)
