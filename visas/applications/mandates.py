"""Mandates in questions: who has one, who may accept one, when one was last used, who gave which answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.utils.translation import gettext

from consular.audit.models import Entry
from consular.audit.trail import ON_BEHALF
from consular.documents.models import Document
from consular.lib.isolates import isolated
from consular.questionnaires.models import AnswerSheet
from consular.ui.templatetags.ui import day
from visas.applications.mandates_tokens import digests
from visas.applications.models import Mandate, State, VisaApplication

DAY_AT_MOST, DAYS_USUALLY = 365, 90
INVITATIONS_A_DAY = 5

Marks = Mapping[str, str]
NO_MARKS: Marks = MappingProxyType({})


def invitation(token: str) -> Mandate | None:
    """Return the mandate that the link with this token offers, also when it may not be accepted any more."""
    found = Mandate.objects.filter(token_digest__in=digests(token))
    return found.select_related("application", "party", "given_by", "holder").first()


def is_invited(user: Any, mandate: Mandate) -> bool:
    """Tell whether the invitation went to an address that this user has shown to be theirs."""
    if user.email.casefold() == mandate.email.casefold():
        return True
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=mandate.email).exists()


def covered(mandate: Mandate) -> models.QuerySet[VisaApplication]:
    """Return the applications that a mandate is for, as they are today."""
    if mandate.party_id:
        return VisaApplication.objects.filter(party=mandate.party_id)
    return VisaApplication.objects.filter(mandates=mandate)


@dataclass(frozen=True)
class Given:
    """A mandate as the page of its giver shows it."""

    mandate: Mandate
    who: str
    last_used: datetime | None

    @property
    def state(self) -> State:
        return self.mandate.state

    @property
    def may_be_ended(self) -> bool:
        return self.state in {State.INVITED, State.IN_FORCE}


def given(application: VisaApplication) -> list[Given]:
    """Return every mandate for an application, the newest first, with its holder and last use."""
    found = list(Mandate.objects.about(application).select_related("holder").order_by("-invited_at"))
    used = last_uses(application, found)
    return [Given(each, who(each), used.get(each.pk)) for each in found]


def who(mandate: Mandate) -> str:
    """Return the holder's name, or the address that was invited while nobody has accepted."""
    return str(mandate.holder) if mandate.holder else mandate.email


def last_uses(application: VisaApplication, mandates: list[Mandate]) -> dict[Any, datetime]:
    """Return when each mandate was last used, by the trail of what its holder did with what it covers."""
    holders = {each.holder_id for each in mandates if each.holder_id}
    if not holders:
        return {}
    family = VisaApplication.objects.filter(pk=application.pk)
    if application.party_id:
        family |= VisaApplication.objects.filter(party=application.party_id)
    subjects = [each for one in family.select_related("case") for each in (one, one.case) if each]
    acts = Entry.objects.about_any(subjects).filter(detail__has_key=ON_BEHALF)
    return {mandate.pk: last for mandate in mandates if (last := _last(mandate, acts)) is not None}


def _last(mandate: Mandate, acts: models.QuerySet[Entry]) -> datetime | None:
    if mandate.accepted_at is None:
        return None
    of_holder = acts.filter(actor=mandate.holder_id, at__gte=mandate.accepted_at)
    last: datetime | None = of_holder.aggregate(last=models.Max("at"))["last"]
    return last


# What was done in the applicant's place


def marks(sheet: AnswerSheet) -> Marks:
    """Return, by question, who filled it in for the applicant and when, in the active language; one query."""
    rows = sheet.answers.filter(row=0, saved_by__isnull=False)
    told = rows.values_list("question", "saved_by__name", "saved_by__email", "saved_at")
    return {question: mark(name or email, at) for question, name, email, at in told}


def mark(name: str, at: datetime) -> str:
    return gettext("Filled in by %(name)s, %(day)s") % {
        "name": isolated(name),
        "day": day(at),
    }


def may_look_at(user: Any, document: Document) -> bool:
    """Tell whether a user acts for whom a document was handed in, with a draft or in answer to an officer."""
    handed_in = models.Q(evidence__document=document) | models.Q(case__attachments__document=document)
    return VisaApplication.objects.filter(handed_in).open_to(user).exists()
