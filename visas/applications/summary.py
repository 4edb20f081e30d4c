"""The answers in words: for "check your answers", and for the officer's case page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from consular.cases.kinds import Panel, Row
from consular.lib import countries
from consular.questionnaires import values
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.schema import Page, Question
from consular.questionnaires.status import Source
from visas.applications.context import answers_of
from visas.applications.mandates import NO_MARKS, Marks, marks
from visas.applications.models import VisaApplication
from visas.policy import rules as policy


@dataclass(frozen=True)
class Line:
    """One question that is asked, with its answer in the active language ('' where there is no right one).

    `complaint` says which check the answer breaks, if it breaks one; `by` who filled it in for the applicant; `origin` is the Source that `source` names.
    """

    question: Question
    text: str
    direction: str
    source: str
    is_open: bool
    complaint: str = ""
    origin: str = Source.TYPED
    by: str = ""

    @property
    def label(self) -> str:
        return str(self.question.label)


def lines(filling: Filling, page: Page, by_others: Marks = NO_MARKS) -> list[Line]:
    """Return the questions asked on a page with their answers; a wrong answer shows no text."""
    return [_line(filling, question, by_others) for question in filling.asked_on(page)]


def _line(filling: Filling, question: Question, by_others: Marks) -> Line:
    entry = filling.entries.get(question.id, Entry())
    return Line(
        question=question,
        text=values.in_words(question, entry.value),
        direction=values.direction(question),
        source="" if entry.source == Source.TYPED else str(Source(entry.source).label),
        is_open=filling.is_open(question),
        complaint=filling.complaint(question) if question.id in filling.broken else "",
        origin=entry.source,
        by=by_others.get(question.id, ""),
    )


def panels(application: VisaApplication) -> list[Panel]:
    """Return the answers of an application, a panel a section; what was left empty is left out."""
    filling = answers_of(application)
    return [overview(application), *answered(filling, marks(application.sheet))]


def overview(application: VisaApplication) -> Panel:
    residence = countries.name(application.residence, get_language() or "en")
    rows = [
        Row(gettext("Visa"), str(policy.category(application.category).name)),
        Row(gettext("Country of residence"), residence),
    ]
    return Panel(gettext("Application"), rows)


def answered(filling: Filling, by_others: Marks = NO_MARKS) -> Iterator[Panel]:
    """Yield the answers, a panel a section; what was left empty is left out."""
    sections = [(section.title, filling.asked_pages(section)) for section in filling.sections()]
    closing = filling.document.closing
    for title, pages in [*sections, (closing.title, [closing])]:
        rows = [_row(line) for page in pages for line in lines(filling, page, by_others) if line.text]
        if rows:
            yield Panel(str(title), rows)


def _row(line: Line) -> Row:
    return Row(line.label, line.text, line.source, line.direction, by=line.by)
