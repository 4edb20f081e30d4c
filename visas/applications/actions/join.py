"""Add a traveller to a party."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.missions.models import Mission
from visas.applications.actions.alike import NotAlikeError, answer_alike
from visas.applications.actions.lock import lock
from visas.applications.actions.start import start
from visas.applications.mandates_tokens import digest, new_token
from visas.applications.models import LARGEST, Mandate, Party, VisaApplication


class PartyIsFullError(Exception):
    """Ten people travel together already."""


@transaction.atomic
def join(  # noqa: PLR0913 - a draft is what the form says
    draft: uuid.UUID,
    beside: VisaApplication,
    *,
    by: Any,
    category: str,
    residence: str,
    mission: Mission,
    alike: Collection[str] = (),
) -> VisaApplication:
    """Return the draft of another traveller beside one of the same applicant; the same form adds one, once.

    The new one answers the sections in `alike` as the other does. `PartyIsFullError` when there are ten already,
    also when two tabs add the tenth at once.
    """
    party = _party_of(beside)
    place = _free_place(party, draft)
    added = start(draft, by=beside.applicant, category=category, residence=residence, mission=mission)
    if added.party_id is None:
        added.party, added.place = party, place
        added.save(update_fields=["party", "place"])
        record("application.joined", added, by=by, party=str(party.pk), place=place)
        _answer_alike(added, alike, beside, by=by)
    return added


def _party_of(beside: VisaApplication) -> Party:
    """Return the party of a traveller under a lock, made when they travelled alone so far."""
    if beside.party_id is None:
        beside = lock(beside)
    if beside.party_id is None:
        beside.party, beside.place = Party.objects.create(owner=beside.applicant), 1
        beside.save(update_fields=["party", "place"])
    return Party.objects.select_for_update(no_key=True, of=("self",)).get(members=beside)


def _free_place(party: Party, draft: uuid.UUID) -> int:
    """Return the first place that nobody has; who has withdrawn gives theirs back."""
    members = VisaApplication.objects.filter(party=party)
    for withdrawn in members.exclude(pk__in=members.travelling()):
        _give_place_back(withdrawn)
    taken = dict(members.values_list("pk", "place"))
    free = [place for place in range(1, LARGEST + 1) if place not in taken.values()]
    if draft in taken:
        return int(taken[draft] or 1)
    if not free:
        raise PartyIsFullError
    return free[0]


def _give_place_back(application: VisaApplication) -> None:
    """Take who has withdrawn out of the party; who acted for them under a mandate for it stays known as that."""
    for each in Mandate.objects.filter(party=application.party_id, accepted_at__isnull=False):
        each.pk, each.party, each.application = uuid.uuid4(), None, application
        each.token_digest, each.ended_at = digest(new_token()), each.ended_at or timezone.now()
        each.save(force_insert=True)
    application.party = application.place = None
    application.save(update_fields=["party", "place"])


def _answer_alike(
    added: VisaApplication, sections: Collection[str], beside: VisaApplication, *, by: Any
) -> None:
    for section in sections:
        try:
            answer_alike(added, section, beside, by=by)
        except NotAlikeError:  # A newer revision has everybody answer it alone
            continue
