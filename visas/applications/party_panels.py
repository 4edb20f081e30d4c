"""For the officer's case page: who travels together."""

from collections.abc import Iterator

from django.utils.translation import gettext

from consular.cases.kinds import Panel, Row
from consular.cases.models import Case
from consular.desk.words import STATUSES
from visas.applications.models import VisaApplication


def together(application: VisaApplication) -> Iterator[Panel]:
    """Yield a panel with the other travellers whose cases the reader may see: those of the same mission.

    Whoever reads this case serves there; a case of another mission is not for them, nor is what was never submitted.
    """
    if application.party_id is None:
        return
    own = application.submitted_case
    others = Case.objects.filter(application__party=application.party_id, mission=own.mission)
    rows = [
        Row(each.name_latin, f"{each.spaced_reference} · {STATUSES[each.status]}")
        for each in others.exclude(pk=own.pk).order_by("application__place")
    ]
    if rows:
        yield Panel(gettext("Travels together with"), rows)
