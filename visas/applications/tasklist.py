"""The task list of a draft: sections with their states, documents, check and submit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from consular.questionnaires.schema import Section
from consular.questionnaires.status import Progress
from consular.ui.templatetags.ui import digits
from visas.applications import passport
from visas.applications.checklist import Checklist, Item
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication
from visas.applications.party_names import same_as_words
from visas.applications.passport import Stage

COLOURS = {Progress.NOT_STARTED: "blue", Progress.IN_PROGRESS: "yellow"}

Task = dict[str, Any]  # What components/task_list.html shows


@dataclass(frozen=True)
class Chapter:
    """A heading with its tasks; `id` tells its list from the others on the page."""

    id: str
    title: str
    tasks: list[Task]


def chapters(draft: Draft) -> list[Chapter]:
    """Return the whole list; the last chapter holds the documents and the submitting."""
    found: list[Chapter] = []
    for section in draft.filling.sections():
        if section.chapter or not found:
            found.append(Chapter(section.id, str(section.chapter), []))
        found[-1].tasks.append(section_task(draft, section))
    found[0].tasks[:0] = _first_task(draft)
    last = Chapter("last", gettext("Documents and submitting"), list(_last_tasks(draft)))
    return [*found, Chapter("together", gettext("Travelling together"), [_party_task(draft)]), last]


def _party_task(draft: Draft) -> Task:
    """Lead to everybody who travels together, where another traveller is added."""
    party = draft.application.party_id
    together = VisaApplication.objects.travelling().filter(party=party).count() if party else 1
    status = ngettext("%(number)s traveller", "%(number)s travellers", together) % {
        "number": digits(together)
    }
    return {
        "title": gettext("Who else travels with you?"),
        "href": reverse("applications:party", args=[draft.application.pk]),
        "status": status,
    }


def _first_task(draft: Draft) -> Iterator[Task]:
    """Yield the photograph of the passport, which spares typing what stands in it."""
    item = passport.item_of(draft.checklist)
    if item:
        yield {
            "title": gettext("Photograph your passport"),
            "hint": gettext("We fill in answers from it for you to look at."),
            "href": reverse("applications:passport_first", args=[draft.application.pk]),
            **_state(_passport_progress(draft, item)),
        }


def _passport_progress(draft: Draft, item: Item) -> Progress:
    """Tell how far the photograph is: done when it was read and looked at, or when an officer will read it."""
    stage = passport.stage(item)
    if stage == Stage.ABSENT:
        return Progress.NOT_STARTED
    is_done = stage == Stage.UNREAD or (stage == Stage.READ and not draft.passport_pairs)
    return Progress.COMPLETED if is_done else Progress.IN_PROGRESS


def section_task(draft: Draft, section: Section) -> Task:
    """Lead to the first page of a section that is not done, or to its first page."""
    filling = draft.filling
    pages = filling.asked_pages(section)
    unfinished = [page for page in pages if filling.progress(page) != Progress.COMPLETED]
    target = next(iter(unfinished or pages), None)
    return {
        "title": str(section.title),
        "hint": same_as_words(draft.alike.get(section.id, "")),
        "href": reverse("applications:page", args=[draft.application.pk, target.id]) if target else "",
        **_state(filling.progress(section)),
    }


def _last_tasks(draft: Draft) -> Iterator[Task]:
    yield {
        "title": gettext("Your documents"),
        "href": reverse("applications:documents", args=[draft.application.pk]),
        **_state(documents_progress(draft.checklist)),
    }
    yield {
        "title": gettext("Check your answers and submit"),
        "href": reverse("applications:check", args=[draft.application.pk]),
        **(_state(Progress.NOT_STARTED) if draft.is_ready else {"status": gettext("Not ready yet")}),
    }


def documents_progress(checklist: Checklist) -> Progress:
    if checklist.is_complete and not checklist.perhaps:
        return Progress.COMPLETED
    return Progress.IN_PROGRESS if checklist.is_begun else Progress.NOT_STARTED


def _state(progress: Progress) -> Task:
    return {"status": str(progress.label), "colour": COLOURS.get(progress, "")}
