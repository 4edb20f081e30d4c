"""What a page of a draft offers to who travels in a party: the answers of another traveller, or to answer apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from consular.questionnaires.models import Answer
from consular.questionnaires.schema import Page
from visas.applications import same_as
from visas.applications.context import answers_of
from visas.applications.draft import Draft
from visas.applications.models import SameAs, VisaApplication
from visas.applications.party import companions
from visas.applications.party_names import names


@dataclass(frozen=True)
class Offer:
    """Of one section: the name of whom it follows, else the travellers whose answers it may take, with their names."""

    section: str
    following: str
    others: tuple[tuple[UUID, str], ...]

    @property
    def is_of_guardian(self) -> bool:
        return self.section == same_as.GUARDIAN

    @property
    def only(self) -> tuple[UUID, str] | None:
        return self.others[0] if len(self.others) == 1 else None


def offer(draft: Draft, page: Page, user: Any) -> Offer | None:
    """Return what a page offers; None on pages that everybody answers alone, and to who travels alone."""
    section = draft.filling.document.section_of.get(page.id)
    if draft.application.party_id is None or section is None:
        return None
    if not same_as.sources(draft.filling.document, section.id):
        return None
    if following := draft.alike.get(section.id):
        return Offer(section.id, following, ())
    if page != next(iter(draft.filling.asked_pages(section)), None):
        return None
    others = candidates(draft, section.id, user)
    called = names(others) if others else {}
    return Offer(section.id, "", tuple((each.pk, called[each.pk]) for each in others)) if others else None


def candidates(draft: Draft, section: str, user: Any) -> list[VisaApplication]:
    """Return the travellers whose answers a section may take: they have some, and take them from nobody themselves."""
    application = draft.application
    others = companions(application).open_to(user).exclude(pk=application.pk)
    if section == same_as.GUARDIAN:
        return [each for each in others if same_as.is_of_age(answers_of(each))]
    followers = SameAs.objects.filter(section=section, application__party=application.party_id)
    others = others.exclude(pk__in=followers.values("application"))
    return answered_by(others, same_as.sources(draft.filling.document, section).values())


def answered_by(applications: Iterable[VisaApplication], questions: Iterable[str]) -> list[VisaApplication]:
    """Return those who have answered any of these questions, right or wrong; one query."""
    listed = list(applications)
    given = Answer.objects.filter(
        sheet__in=[each.sheet_id for each in listed], question__in=list(questions), row=0
    )
    sheets = set(given.exclude(value=None, typed=None).values_list("sheet", flat=True))
    return [each for each in listed if each.sheet_id in sheets]
