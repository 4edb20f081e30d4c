"""The missions, when they are open, whom they serve, and who is posted there."""

from consular.missions.models.arrangement import Arrangement
from consular.missions.models.mission import Mission
from consular.missions.models.posting import Posting
from consular.missions.models.times import Closure, Holiday, OpeningHours, Season
from consular.missions.status import Role

__all__ = ["Arrangement", "Closure", "Holiday", "Mission", "OpeningHours", "Posting", "Role", "Season"]
