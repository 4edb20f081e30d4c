"""The demonstration's cases: the stories of data/casework.toml and, for a full bench, of a crowd.

The steps of all stories are played in the order of their moments, so that the trail reads like weeks of work. An
entry of the trail, written with the true time, says that a story was told: it is told once, also when its draft
was discarded since.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import connection, transaction
from django.utils import timezone

from consular.audit.models import Entry
from consular.cases.models import Case
from embassy.demo.crowd import crowd
from embassy.demo.files import Files
from embassy.demo.stories import Story, application_id, reference, told
from embassy.demo.telling import VERB, Telling
from visas.issuance.models import EVisa

# The stories whose status and whose visa `demo_logins` invites to look up
TO_FOLLOW = "shirin in the autumn"
TO_CHECK = "daniel at the harbour festival"


class Size(StrEnum):
    """How much casework: a few cases to look at, or enough to fill every queue."""

    SMALL = "small"
    FULL = "full"


def load(size: Size) -> None:
    """Tell every story that was not told before, in one transaction."""
    today = timezone.localdate()
    stories = [*told(today), *(crowd(today) if size == Size.FULL else ())]
    if wanted := untold(stories):
        with Files(wanted) as files, patient_transaction():
            tell([Telling(story, files) for story in wanted])


@contextmanager
def patient_transaction() -> Iterator[None]:
    """Hold a transaction also while a slow machine draws: nobody waits for rows that nobody else knows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


def untold(stories: Iterable[Story]) -> list[Story]:
    known = set(Entry.objects.filter(verb=VERB).values_list("subject_id", flat=True))
    return [story for story in stories if str(story.application_id) not in known]


def tell(tellings: list[Telling]) -> None:
    """Play the steps of all stories by their moments, then note in the trail what was told."""
    steps = [(step.moment, place, step) for place, each in enumerate(tellings) for step in each.story.steps]
    for _moment, place, step in sorted(steps, key=lambda found: found[:2]):
        tellings[place].play(step)
    for telling in tellings:
        telling.close()


def case_to_follow() -> Case | None:
    """Return a case whose status one may look up, None before it is loaded."""
    return Case.objects.filter(reference=reference(TO_FOLLOW)).first()


def visa_to_check() -> EVisa | None:
    """Return an e-visa that one may check, with its traveller; None before it is loaded, or when it was revoked."""
    ready = EVisa.objects.filter(application=application_id(TO_CHECK), revoked_at=None).exclude(paper="")
    return ready.select_related("application__traveller").first()
