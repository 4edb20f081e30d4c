"""Which mission takes an application, and who may do what with one: pure questions."""

from typing import Any

from consular.cases.rules import serves_at
from consular.missions.models import Mission
from consular.missions.rules import who_serves
from visas.applications.models import Mandate, Scope, VisaApplication

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


def mandate_of(user: Any, application: VisaApplication) -> Mandate | None:
    """Return the mandate under which a user may open an application today, the widest of several."""
    return Mandate.objects.in_force().held_by(user).about(application).widest_first().first()


def has_lost(user: Any, application: VisaApplication) -> bool:
    """Tell whether a user held a mandate for an application, and holds none any more."""
    held = Mandate.objects.held_by(user).about(application)
    return held.over().exists() and not held.in_force().exists()


def is_conflicted(user: Any, mission: Mission) -> bool:
    """Tell whether a user serves at the mission that decides: they may act for none of its applicants."""
    return user.is_staff and serves_at(user, mission)
