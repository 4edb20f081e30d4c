"""What the text of papers says beside the answers: days that have passed, cover that ends too early, the name.

Advice to who applies, with the place on the page, and evidence for the officer. Only PDFs with text have any; a
photograph of a paper is read by people. Nothing here refuses.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy as _

from consular.cases.kinds import Finding
from consular.cases.models import Case
from consular.cases.status import CheckResult
from consular.documents import texts
from consular.documents.content_types import PDF
from consular.documents.models import Document
from consular.documents.status import Kind
from consular.documents.supporting import dates, names
from consular.documents.supporting.lines import Line
from consular.documents.supporting_words import PLACES, place
from consular.lib.calendars import digits, in_words
from consular.lib.isolates import FIRST_STRONG_ISOLATE, POP_ISOLATE
from visas.applications.checklist import Item
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication
from visas.applications.party_names import latin_of

# Days after which a paper is older than it is asked for, by what it is handed in as
NEWEST_WITHIN = {"means": 92, "sponsor-letter": 92, "police-record": 183}
# Papers that must hold until the traveller leaves; those that speak of insurance are known by that word
LASTS = frozenset({"residence-permit", "cost-cover"})
INSURANCE = ("insurance", "assurance", "seguro", "بیمه", "تأمين")
HEADING = 10  # lines in which that word stands on a paper about insurance, and not in a list of payments
# Papers in somebody else's name
OF_OTHERS = frozenset({
    "sponsor-letter", "family-sponsor", "civil-documents", "parents-consent", "equipment-list", "work-permit",
    "study-plan", "emergency-proof", "translation", "note-verbale",
})  # fmt: skip
LEAST_TEXT = 120  # characters: below that a name need not stand there

OLD, ENDS, NO_NAME, NAMED = "paper-old", "paper-ends", "paper-no-name", "paper-named"
LABELS: dict[str, Any] = {
    OLD: _("Newest day on a paper, older than what is asked for"),
    ENDS: _("Last day on a paper, before the traveller leaves"),
    NO_NAME: _("Papers on which the traveller's name was not found"),
    NAMED: _("Papers on which the traveller's name was found"),
}
ADVICE: dict[str, Promise] = {
    OLD: _(
        "%(file)s: the newest day that we found is %(day)s (page %(page)s, %(place)s). We ask for a paper that is newer "
        "than %(limit)s."
    ),
    ENDS: _(
        "%(file)s: the last day that we found is %(day)s (page %(page)s, %(place)s). You leave on %(limit)s: the paper "
        "must hold until then."
    ),
    NO_NAME: _("%(file)s: we did not find your name in this file. Check that it is the right one."),
}


def spot(line: Line) -> str:
    """Return a code for where a line stands, which `LABELS` has words for."""
    left, top, right, bottom = line.box
    return f"paper-at-{line.page}-{min(2, int(1.5 * (top + bottom)))}-{min(2, int(1.5 * (left + right)))}"


LABELS |= {
    f"paper-at-{page}-{row}-{column}": format_lazy(_("page {page}, {place}"), page=page, place=words)
    for page in range(1, 6)
    for row, across in enumerate(PLACES)
    for column, words in enumerate(across)
}


@dataclass(frozen=True)
class Remark:
    """What was found on a paper handed in as `purpose`: on which line, which day, and the day it is compared with."""

    code: str
    purpose: str
    document: Document
    line: Line | None = None
    day: date | None = None
    limit: date | None = None

    def in_words(self) -> str:
        """Return the advice, in the active language."""
        language = get_language() or "en"
        told = {"file": f"{FIRST_STRONG_ISOLATE}{self.document.filename}{POP_ISOLATE}"}
        if self.line and self.day and self.limit:
            told |= {"day": in_words(self.day, language), "limit": in_words(self.limit, language)}
            told |= {"page": digits(self.line.page, language), "place": place(self.line.box)}
        return str(ADVICE[self.code]) % told


@dataclass(frozen=True)
class Said:
    """What the papers are compared with; an empty name and no day of leaving while they are not answered."""

    today: date
    names: tuple[str, ...]
    leaves_on: date | None


Papers = Collection[tuple[str, Document]]  # each with its purpose


def of_draft(draft: Draft) -> dict[str, list[str]]:
    """Return the advice about what was handed in with a draft, by purpose; two queries, none without a PDF."""
    return _advice(draft, draft.checklist.items)


def of_item(draft: Draft, item: Item) -> list[str]:
    """Return the advice about what was handed in for one document: the text of no other is opened."""
    return _advice(draft, [item]).get(item.wanted.code, [])


def _advice(draft: Draft, items: Iterable[Item]) -> dict[str, list[str]]:
    papers = [(item.wanted.code, each) for item in items for each in item.documents]
    found: dict[str, list[str]] = {}
    for remark in remarks(papers, said_in(draft)):
        if remark.code in ADVICE:
            found.setdefault(remark.purpose, []).append(remark.in_words())
    return found


def said_in(draft: Draft) -> Said:
    answers: Mapping[str, Any] = draft.filling.submitted()
    return Said(
        draft.application.sheet.day,
        tuple(filter(None, (latin_of(answers), answers.get("name.native")))),
        answers.get("trip.leaves_on"),
    )


def checks(application: VisaApplication) -> Iterator[Finding]:
    """Yield what the papers of a submitted application ask an officer to look at."""
    case: Case = application.submitted_case
    attachments = case.attachments.filter(document__removed_at=None).select_related("document").order_by("pk")
    traveller = application.traveller
    said = Said(
        application.sheet.day,
        tuple(filter(None, (traveller.name_latin, traveller.name_native))),
        application.trip.leaves_on,
    )
    papers = [(each.purpose, each.document) for each in attachments]
    by_code: dict[str, dict[str, str]] = {}
    for remark in remarks(papers, said):
        by_code.setdefault(remark.code, {})[remark.purpose] = _evidence(remark)
    for code, evidence in by_code.items():
        yield Finding(code, CheckResult.PASSED if code == NAMED else CheckResult.LOOK, evidence)


def _evidence(remark: Remark) -> str:
    if remark.day:
        return remark.day.isoformat()
    return spot(remark.line) if remark.line else ""


def remarks(papers: Papers, said: Said) -> Iterator[Remark]:
    """Yield what is worth knowing about papers; nothing about those without text."""
    readable = [each for _purpose, each in papers if _has_text(each)]
    if not readable:
        return
    text = texts.lines_of(readable)
    for purpose, document in papers:
        if lines := text.get(document):
            yield from _of_days(purpose, document, lines, said)
            yield from _of_name(purpose, document, lines, said)


def _has_text(document: Document) -> bool:
    return document.kind == Kind.SUPPORTING and document.is_clean and document.content_type == PDF


def _of_days(purpose: str, document: Document, lines: list[Line], said: Said) -> Iterator[Remark]:
    named = [(day, line) for line in lines for day in dates.days_in(line.text)]
    past = [each for each in named if each[0] <= said.today]
    if purpose in NEWEST_WITHIN and past:
        (day, line), limit = _latest(past), said.today - timedelta(NEWEST_WITHIN[purpose])
        if day < limit:
            yield Remark(OLD, purpose, document, line, day, limit)
    elif named and said.leaves_on and _must_last(purpose, lines):
        day, line = _latest(named)
        if day < said.leaves_on:
            yield Remark(ENDS, purpose, document, line, day, said.leaves_on)


def _latest(named: list[tuple[date, Line]]) -> tuple[date, Line]:
    return max(named, key=lambda each: each[0])


def _must_last(purpose: str, lines: list[Line]) -> bool:
    heading = " ".join(line.text for line in lines[:HEADING]).casefold()
    return purpose in LASTS or any(word in heading for word in INSURANCE)


def _of_name(purpose: str, document: Document, lines: list[Line], said: Said) -> Iterator[Remark]:
    if not said.names or purpose in OF_OTHERS or sum(len(line.text) for line in lines) < LEAST_TEXT:
        return
    on = next((line for line in lines if names.stands_in(line.text, said.names)), None)
    whole = on is not None or names.stands_in(" ".join(line.text for line in lines), said.names)
    yield Remark(NAMED if whole else NO_NAME, purpose, document, on)
