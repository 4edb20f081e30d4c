"""What lasts of an earlier application: offered to who begins another one, and copied into its empty questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consular.questionnaires import moving, values
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.status import Source
from visas.applications.models import Traveller, VisaApplication

# Sections of the questionnaire whose answers are still true on the next journey, as a rule. All others are asked anew:
# the trip and its host, the means, earlier travel, security, who helped, the declaration
LASTING = (
    "names",
    "birth",
    "person",
    "guardian",
    "nationality",
    "passport",
    "contact",
    "residence",
    "work",
    "training",
    "family",
)
PASSPORT, EXPIRES_ON = "passport", "passport.expires_on"
LOOKED_AT, OFFERED = 30, 5


@dataclass(frozen=True)
class Offer:
    """An application whose answers one may begin with: of whom, and when it was submitted."""

    application: VisaApplication
    traveller: Traveller
    submitted_at: datetime | None


def offers(application: VisaApplication, user: Any) -> list[Offer]:
    """Return the last application of each traveller, the newest first: the applicant's own, and open to `user`. One query.

    Whoever acts for the applicant is offered what their mandates open, not the rest of the applicant's past.
    """
    earlier = VisaApplication.objects.open_to(user).of(application.applicant_id)
    submitted = earlier.filter(submitted_at__isnull=False).exclude(pk=application.pk)
    found: dict[tuple[str, date], Offer] = {}
    for each in submitted.select_related("traveller").order_by("-submitted_at")[:LOOKED_AT]:
        person = (each.traveller.name_latin, each.traveller.birth_on)
        found.setdefault(person, Offer(each, each.traveller, each.submitted_at))
    return list(found.values())[:OFFERED]


def lasting(filling: Filling, given: Iterable[tuple[str, Any]]) -> dict[str, Entry]:
    """Return what to fill into the empty questions of a draft: `given` are the earlier answers (question, JSON).

    Only what lasts, what is asked here, what fits today's wording, and what keeps to its checks.
    """
    candidates = {
        name: Entry(values.from_json(filling.document.questions[name], refitted), source=Source.EARLIER)
        for name, refitted in _refitted(filling, given)
    }
    return _without_wrong(filling, _without_expired_passport(filling, candidates))


def _refitted(filling: Filling, given: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, Any]]:
    wanted = _questions(filling, LASTING) - filling.entries.keys()
    for name, value in given:
        if name in wanted and value is not None:
            fitting, typed = moving.refit(filling.document.questions[name], value)
            if typed is None:
                yield name, fitting


def _questions(filling: Filling, sections: Iterable[str]) -> set[str]:
    asked = [section for section in filling.document.sections if section.id in sections]
    return {question.id for section in asked for question in section.questions}


def _without_expired_passport(filling: Filling, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Leave a passport out that has ended: the next one has another number and other dates."""
    known = entries.get(EXPIRES_ON)
    if known is None or known.value >= filling.context["today"]:
        return dict(entries)
    expired = _questions(filling, [PASSPORT])
    return {name: entry for name, entry in entries.items() if name not in expired}


def _without_wrong(filling: Filling, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Leave out what is not asked, not offered or against a check, until all that stays goes together."""
    kept, wrong = dict(entries), {""}
    while wrong:
        filled = filling.with_entries(kept)
        wrong = {name for name in kept if not _goes(filled, name)}
        kept = {name: entry for name, entry in kept.items() if name not in wrong}
    return kept


def _goes(filled: Filling, name: str) -> bool:
    question = filled.document.questions[name]
    fine = name not in filled.broken and filled.is_offered(question, filled.entries[name].value)
    return bool(filled.is_asked(question)) and fine
