"""The embassies of Velmaris, from data/missions.toml."""

from consular.missions.models import Mission
from embassy.demo.rows import put_all, read


def load() -> None:
    """Make the missions what the file says."""
    put_all(Mission, read("missions")["mission"])
