"""The demonstration, part by part, in the order in which the parts need each other."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from django.db import transaction

from embassy.demo import missions, people, policy, questionnaire


class Size(StrEnum):
    """How much casework: a few cases to look at, or enough to fill every queue."""

    SMALL = "small"
    FULL = "full"


PARTS: dict[str, Callable[[], None]] = {
    "missions": missions.load,
    "policy": policy.load,
    "people": people.load,
    "questionnaire": questionnaire.load,
}


def load(size: Size) -> Iterator[str]:
    """Load every part in a transaction of its own; yield each one's name when it is done. Loading twice is harmless."""
    for name, load_part in PARTS.items():
        with transaction.atomic():
            load_part()
        yield name
