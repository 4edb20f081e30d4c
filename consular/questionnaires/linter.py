"""What keeps a revision from being published: English sentences for the editor."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from babel.numbers import list_currencies

from consular.lib.multilingual import Multilingual
from consular.questionnaires.conditions import ConditionError, names
from consular.questionnaires.schema import MOST_POSTED, Document, Page, Question, SchemaError, parse
from consular.questionnaires.status import Type

REQUIRED_LANGUAGES = ("en", "fa")
WITH_CHOICES = (Type.CHOICE, Type.CHOICES)


def problems(content: Mapping[str, Any]) -> list[str]:
    """Return everything that is wrong with a questionnaire in JSON; empty when it may be published."""
    try:
        document = parse(content)
        return [
            *_doubles(document),
            *_untranslated(document),
            *_conditions(document, content),
            *_shapes(document),
        ]
    except (SchemaError, ConditionError) as error:
        return [str(error)]


def _doubles(document: Document) -> Iterator[str]:
    pages = [page for section in document.sections for page in section.pages] + [document.closing]
    questions = (question.id for page in pages for question in page.questions)
    ids = (page.id for page in pages)
    sections = (section.id for section in document.sections)
    for kind, listed in (("question", questions), ("page", ids), ("section", sections)):
        yield from (
            f"The {kind} {name} stands there twice." for name, count in Counter(listed).items() if count > 1
        )


def _untranslated(document: Document) -> Iterator[str]:
    for where, text, may_be_empty in _texts(document):
        missing = [language for language in REQUIRED_LANGUAGES if not text.get(language)]
        if missing and not (may_be_empty and not text):
            yield f"{where} has no text in: {', '.join(missing)}."


def _texts(document: Document) -> Iterator[tuple[str, Multilingual, bool]]:
    """Yield each text with where it stands and whether it may be left out."""
    yield "The title", document.title, False
    for section in document.sections:
        yield f"The title of section {section.id}", section.title, False
        yield f"The chapter of section {section.id}", section.chapter, True
    for page in document.pages.values():
        yield from _texts_of_page(page)
    for check in document.checks:
        yield f"The message of a check of {check.question}", check.message, False


def _texts_of_page(page: Page) -> Iterator[tuple[str, Multilingual, bool]]:
    yield f"The title of page {page.id}", page.title, False
    yield f"The introduction of page {page.id}", page.intro, True
    for group in page.groups:
        yield f"A group's title on page {page.id}", group.title, True
    for question in page.questions:
        yield from _texts_of_question(question)


def _texts_of_question(question: Question) -> Iterator[tuple[str, Multilingual, bool]]:
    yield f"The label of {question.id}", question.label, False
    for part in ("hint", "called", "required_message", "row_title"):
        yield f"The {part} of {question.id}", getattr(question, part), True
    for column in question.columns:
        yield from (
            (f"{where} in {question.id}", text, empty) for where, text, empty in _texts_of_question(column)
        )
    for choice in question.choices:
        yield f"The choice {choice.value} of {question.id}", choice.label, False
        yield f"The hint of choice {choice.value} of {question.id}", choice.hint, True


def _conditions(document: Document, content: Mapping[str, Any]) -> Iterator[str]:
    """Every condition speaks of the context or of questions on earlier pages; checks may look anywhere."""
    known = set(content.get("context", ()))
    for section in document.sections:
        yield from _unknown(f"section {section.id}", names(section.when), known)
        for page in section.pages:
            yield from _conditions_of_page(page, known)
            known |= {question.id for question in page.questions}
    yield from _conditions_of_page(document.closing, known)
    everything = known | set(document.questions)
    for check in document.checks:
        bounds = [bound.of for bound in (check.at_least, check.at_most) if bound]
        yield from _unknown(
            f"a check of {check.question}", [check.question, *bounds, *names(check.when)], everything
        )


def _conditions_of_page(page: Page, known: set[str]) -> Iterator[str]:
    yield from _unknown(f"page {page.id}", names(page.when), known)
    for question in page.questions:
        yield from _unknown(question.id, names(question.when), known)
        for choice in question.choices:
            yield from _unknown(f"choice {choice.value} of {question.id}", names(choice.when), known)


def _unknown(where: str, spoken_of: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in spoken_of:
        if name not in known:
            yield f"The condition of {where} speaks of {name}, which no earlier page asks."


def _shapes(document: Document) -> Iterator[str]:
    """Hold what a question has against its type."""
    for question in document.questions.values():
        yield from _shape(question.id, question)
        yield from _columns(question)
        yield from _details(question)


def _shape(name: str, question: Question) -> Iterator[str]:
    wants = {
        "choices": (bool(question.choices), question.type in WITH_CHOICES),
        "columns": (bool(question.columns), question.type == Type.ROWS),
    }
    for part, (has, should) in wants.items():
        if has != should:
            yield f"{name} is of type {question.type}, which does not go with its {part}."
    if question.currencies and question.type != Type.MONEY:
        yield f"{name} is of type {question.type}, which does not go with its currencies."
    for currency in question.currencies:
        if currency not in list_currencies():
            yield f"{name} names the currency {currency}, which ISO 4217 does not know."


def _columns(question: Question) -> Iterator[str]:
    """Columns are plain questions: they stand in every row, whatever the others say."""
    doubles = [name for name, count in Counter(each.id for each in question.columns).items() if count > 1]
    yield from (f"The column {name} of {question.id} stands there twice." for name in doubles)
    for column in question.columns:
        name = f"Column {column.id} of {question.id}"
        yield from _shape(name, column)
        if column.type in {Type.ROWS, Type.DECLARATION} or column.details:
            yield f"{name} cannot be a group, have details or be a declaration."
        if column.when or any(choice.when for choice in column.choices):
            yield f"{name} has a condition; a column is asked in every row."
    if question.type == Type.ROWS and not question.fewest <= question.most <= MOST_POSTED:
        yield f"{question.id} must have at least {question.fewest} and at most {MOST_POSTED} rows."


def _details(question: Question) -> Iterator[str]:
    if question.details is None:
        return
    if question.type != Type.YES_NO:
        yield f"{question.id} is of type {question.type}; only a yes or no has details."
    if question.details.type in {Type.ROWS, Type.DECLARATION} or question.details.details:
        yield f"The details of {question.id} must be one plain question."
    if question.details.when:
        yield f"{question.details.id} is asked where {question.id} is yes; it has no condition of its own."
