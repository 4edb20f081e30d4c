"""For the officer's case page: who acts, or acted, for the applicant."""

from collections.abc import Iterator

from django.utils.translation import gettext

from consular.cases.kinds import Panel, Row
from consular.ui.templatetags.ui import day
from visas.applications.models import Mandate, VisaApplication


def acting(application: VisaApplication) -> Iterator[Panel]:
    """Yield a panel with every mandate that was accepted, if there was one."""
    accepted = Mandate.objects.about(application).filter(accepted_at__isnull=False).select_related("holder")
    rows = [Row(str(each.holder), in_words(each)) for each in accepted]
    if rows:
        yield Panel(gettext("Who acts for the applicant"), rows)


def in_words(mandate: Mandate) -> str:
    told = {
        "scope": mandate.covers,
        "state": mandate.state.label,
        "since": day(mandate.accepted_at),
        "until": day(mandate.ended_at or mandate.ends_on),
    }
    return gettext("%(scope)s\n%(state)s: from %(since)s to %(until)s") % told
