"""Which mission takes an application, and who may do what with one: pure questions."""

from typing import Any

from consular.missions.models import Mission
from consular.missions.rules import who_serves
from visas.applications.models import Scope, VisaApplication

SERVICE = "visas"  # What a mission's list of services calls ours


def mission_for(residence: str) -> Mission | None:
    """Return the mission that takes visa applications of residents of a country (three letters), None if none does.

    The same that the public site names, before the nationality is known. Also who lives in our own state may apply.
    """
    missions = Mission.objects.prefetch_related("arrangements")
    return who_serves(residence, "", SERVICE, missions=missions, home="").mission


def may_act(user: Any, application: VisaApplication) -> bool:
    """Tell whether a user may submit, correct and answer: the applicant, and who has a mandate for it today."""
    return VisaApplication.objects.open_to(user, Scope.ACT).filter(pk=application.pk).exists()
