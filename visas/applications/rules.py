"""Which mission takes an application: a pure question."""

from consular.lib import countries
from consular.missions.models import Mission

SERVICE = "visas"  # What a mission's list of services calls ours


def mission_for(residence: str) -> Mission | None:
    """Return the mission that takes visa applications of residents of a country (three letters), None if none does.

    A mission whose jurisdiction names the country goes before the one that serves everyone else.
    """
    taking = Mission.objects.filter(services__contains=[SERVICE]).order_by("code")
    near = taking.serving(countries.alpha2(residence)).first()
    return near or taking.filter(serves_everyone_else=True).first()
