"""What somebody has begun, for their home page: applications one by one, and those who travel together as one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from consular.cases.status import Status
from consular.portal.drafts import Draft
from visas.applications.models import VisaApplication
from visas.applications.party_names import names
from visas.policy.book import PolicyBook, current


def drafts_of(user: Any) -> Iterator[Draft]:
    """Yield what a person has begun, the last worked on first; a query, and two more for all parties."""
    begun = list(VisaApplication.objects.drafts_of(user))
    if not begun:
        return
    book, together, told = current(), _together(begun), set()
    called = names(each for members in together.values() for each in members) if together else {}
    for application in begun:
        members = together.get(application.party_id, ())
        if not members:
            yield Draft(_category(book, application), _tasks(application), _saved_at(application))
        elif application.party_id not in told:
            told.add(application.party_id)
            yield _party(book, application, members, called)


def _together(begun: Iterable[VisaApplication]) -> dict[UUID | None, list[VisaApplication]]:
    """Return party → everybody in it by their places, also who has handed theirs in; without those who are alone."""
    parties = {each.party_id for each in begun} - {None}
    found: dict[UUID | None, list[VisaApplication]] = defaultdict(list)
    if parties:
        members = VisaApplication.objects.filter(party__in=parties).travelling().order_by("place")
        for each in members.select_related("case"):
            found[each.party_id].append(each)
    return {party: members for party, members in found.items() if len(members) > 1}


def _party(
    book: PolicyBook, last: VisaApplication, members: Iterable[VisaApplication], called: Mapping[UUID, str]
) -> Draft:
    """Return a party, last saved when the traveller was who was worked on last."""
    cards = tuple(_member(book, each, called[each.pk], _saved_at(last)) for each in members)
    return Draft(
        gettext("Travelling together"),
        reverse("applications:party", args=[last.pk]),
        _saved_at(last),
        members=cards,
    )


def _member(book: PolicyBook, application: VisaApplication, name: str, saved_at: datetime) -> Draft:
    label = gettext("%(name)s: %(visa)s") % {"name": name, "visa": _category(book, application)}
    case = application.case
    if case is None:
        return Draft(label, _tasks(application), saved_at, state=gettext("Not sent yet"))
    url = reverse("portal:case_detail", args=[case.reference])
    return Draft(label, url, saved_at, state=str(Status(case.status).label))


def _category(book: PolicyBook, application: VisaApplication) -> str:
    return str(book.category(application.category).name)


def _tasks(application: VisaApplication) -> str:
    return reverse("applications:tasks", args=[application.pk])


def _saved_at(application: VisaApplication) -> datetime:
    return application.saved_at  # type: ignore[attr-defined,no-any-return] # annotated by drafts_of
