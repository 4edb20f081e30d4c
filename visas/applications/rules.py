"""Which mission takes an application: a pure question."""

from consular.missions.models import Mission
from consular.missions.rules import who_serves

SERVICE = "visas"  # What a mission's list of services calls ours


def mission_for(residence: str) -> Mission | None:
    """Return the mission that takes visa applications of residents of a country (three letters), None if none does.

    The same that the public site names, before the nationality is known. Also who lives in our own state may apply.
    """
    missions = Mission.objects.prefetch_related("arrangements")
    return who_serves(residence, "", SERVICE, missions=missions, home="").mission
