"""The demonstration, part by part, in the order in which the parts need each other."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from embassy.demo import (
    alerts,
    casework,
    legislation,
    missions,
    pages,
    people,
    policy,
    questionnaire,
    reaching,
    search,
)
from embassy.demo.casework import Size
from embassy.times.actions import measure

PARTS: dict[str, Callable[[], None]] = {
    "missions": missions.load,
    "policy": policy.load,
    "people": people.load,
    "legislation": legislation.load,
    "pages": pages.load,
    "questionnaire": questionnaire.load,
    "reaching": reaching.load,
    "alerts": alerts.load,
    "search": search.load,  # The last: it reads what the others wrote
}


def load(size: Size) -> Iterator[str]:
    """Load every part in a transaction of its own; yield each one's name when it is done. Loading twice is harmless.

    Casework opens its own transaction, after it has begun to draw documents.
    """
    for name, load_part in PARTS.items():
        with transaction.atomic():
            load_part()
        yield name
    casework.load(size)
    yield "casework"
    measure(timezone.localdate())
    yield "processing times"
