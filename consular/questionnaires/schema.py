"""A questionnaire as frozen objects, read once from a revision's JSON.

    Document: sections → pages → groups → questions, and checks between answers

A section is one line of the task list, a page is one form. Conditions (`when`) may speak of context
values and of questions on earlier pages; `consular.questionnaires.linter` holds that and more.
In JSON every object has the names of its class's fields; absent ones take the default. A page's
`questions` holds questions and groups (objects with `questions` of their own).

A question of type `rows` is a group of questions, its `columns`, that is answered as often as there are jobs, or
children: {"id": "jobs", "type": "rows", "columns": [questions], "at_most": 5, "row_title": {"en": "Job"}}. A `yes_no`
may have `details`, a question of its own that stands under the Yes on the same page, and is asked with it alone.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from consular.lib.multilingual import Multilingual
from consular.questionnaires.conditions import Condition
from consular.questionnaires.status import Type

QUESTION_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
SLUG = re.compile(r"[a-z][a-z0-9-]*")
MOST_ROWS = 20  # Unless the question says
MOST_POSTED = 60  # A page may bring more rows than the question allows; it says so then


class SchemaError(ValueError):
    """The JSON is not a questionnaire; the message says where and why, in English."""


@dataclass(frozen=True)
class Choice:
    """One answer that is offered."""

    value: str
    label: Multilingual
    hint: Multilingual = field(default_factory=Multilingual)
    when: Condition | None = None


@dataclass(frozen=True)
class Question:
    """One question. `id` is its name for life.

    `called` is how messages name it where the label is a question; `required_message` replaces the
    message for an empty answer; `source` cites the form or law that it comes from. `at_least` and
    `at_most` bound an integer, or how many rows there are; `length` bounds the characters of a text. `columns` and
    `row_title` are of rows, `details` of a yes or no (and its own `under` is that question's id); `currencies` are the
    ones that an amount of money may be in, all if there are none.
    """

    id: str
    type: Type
    label: Multilingual
    hint: Multilingual = field(default_factory=Multilingual)
    called: Multilingual = field(default_factory=Multilingual)
    required_message: Multilingual = field(default_factory=Multilingual)
    required: bool = True
    when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    length: int = 200
    at_least: int | None = None
    at_most: int | None = None
    autocomplete: str = ""
    width: int | str = ""
    source: str = ""
    columns: tuple["Question", ...] = ()
    row_title: Multilingual = field(default_factory=Multilingual)
    details: "Question | None" = None
    currencies: tuple[str, ...] = ()
    under: str = ""

    @property
    def field_name(self) -> str:
        """Its name in HTML, where a dot would be awkward."""
        return self.id.replace(".", "-")

    @property
    def fewest(self) -> int:
        """How many rows there are at least."""
        return int(self.required) if self.at_least is None else self.at_least

    @property
    def most(self) -> int:
        """How many rows there are at most."""
        return MOST_ROWS if self.at_most is None else self.at_most


@dataclass(frozen=True)
class Group:
    """Questions that belong together, under a heading unless `title` is empty."""

    questions: tuple[Question, ...]
    title: Multilingual = field(default_factory=Multilingual)


@dataclass(frozen=True)
class Page:
    """One form. `intro` stands above its questions."""

    id: str
    title: Multilingual
    groups: tuple[Group, ...]
    intro: Multilingual = field(default_factory=Multilingual)
    when: Condition | None = None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in order, details after their yes or no."""
        listed = (question for group in self.groups for question in group.questions)
        return tuple(each for question in listed for each in (question, question.details) if each)


@dataclass(frozen=True)
class Section:
    """One line of the task list. `chapter` is the heading that it opens, if it opens one.

    People who do something together may answer a `shared` one alike: none of its answers is about one person alone.
    """

    id: str
    title: Multilingual
    pages: tuple[Page, ...]
    chapter: Multilingual = field(default_factory=Multilingual)
    when: Condition | None = None
    shared: bool = False

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)


@dataclass(frozen=True)
class Bound:
    """What an answer is compared with: that of a question or a context value, a date or number, moved by `days`."""

    of: str
    days: int = 0

    def among(self, facts: Mapping[str, Any]) -> Any:
        """Return the limit, or None where it is not known."""
        known = facts.get(self.of)
        if known is None:
            return None
        return known + (dt.timedelta(self.days) if isinstance(known, dt.date) else self.days)


@dataclass(frozen=True)
class Check:
    """A rule between answers: `question` is at least or at most what the bound says, else `message`.

    In the message, {limit} stands for the bound. Where `never` is true, no answer at all goes with `when`: two
    answers contradict each other.
    """

    question: str
    message: Multilingual
    at_least: Bound | None = None
    at_most: Bound | None = None
    when: Condition | None = None
    never: bool = False

    def broken_at(self, facts: Mapping[str, Any]) -> Any:
        """Return the limit that the answer is beyond; None where it keeps to it or something is unknown."""
        answer = facts.get(self.question)
        if answer is None or self.never:
            return answer
        lowest = self.at_least.among(facts) if self.at_least else None
        highest = self.at_most.among(facts) if self.at_most else None
        if lowest is not None and answer < lowest:
            return lowest
        return highest if highest is not None and answer > highest else None


@dataclass(frozen=True)
class Document:
    """A whole questionnaire. `closing` is the last page: the declaration, signed after everything was checked."""

    title: Multilingual
    sections: tuple[Section, ...]
    closing: Page
    checks: tuple[Check, ...] = ()

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page by id, the closing one last."""
        listed = [page for section in self.sections for page in section.pages]
        return {page.id: page for page in (*listed, self.closing)}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in order."""
        return {question.id: question for page in self.pages.values() for question in page.questions}

    @cached_property
    def by_field(self) -> Mapping[str, Question]:
        """Every question by its name in HTML."""
        return {question.field_name: question for question in self.questions.values()}

    @cached_property
    def page_of(self) -> Mapping[str, Page]:
        """The page of each question's id."""
        return {question.id: page for page in self.pages.values() for question in page.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section of each page's id; the closing page stands in none."""
        return {page.id: section for section in self.sections for page in section.pages}


def parse(content: Mapping[str, Any]) -> Document:
    """Read a questionnaire from JSON; SchemaError says what is wrong with it."""
    try:
        return Document(
            title=Multilingual(content["title"]),
            sections=tuple(_section(each) for each in content["sections"]),
            closing=_page(content["closing"]),
            checks=tuple(_check(each) for each in content.get("checks", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SchemaError(f"Not a questionnaire: {error!r}") from error


def _section(raw: Mapping[str, Any]) -> Section:
    return Section(
        **_texts(raw, "title", "chapter") | {"id": _slug(raw["id"]), "pages": tuple(map(_page, raw["pages"]))}
    )


def _page(raw: Mapping[str, Any]) -> Page:
    kept = {name: value for name, value in raw.items() if name != "questions"}
    return Page(
        **_texts(kept, "title", "intro")
        | {"id": _slug(raw["id"]), "groups": tuple(_groups(raw["questions"]))}
    )


def _groups(listed: list[Mapping[str, Any]]) -> Iterator[Group]:
    """Yield the groups of a page; questions that stand alone between groups share one without a title."""
    alone: list[Question] = []
    for raw in listed:
        if "questions" not in raw:
            alone.append(_question(raw))
            continue
        if alone:
            yield Group(tuple(alone))
            alone = []
        yield Group(tuple(map(_question, raw["questions"])), Multilingual(raw["title"]))
    if alone:
        yield Group(tuple(alone))


def _question(raw: Mapping[str, Any]) -> Question:
    if not QUESTION_ID.fullmatch(raw["id"]):
        raise SchemaError(f"{raw['id']!r} is no id of a question")
    read: dict[str, Any] = {"type": Type(raw["type"]), "choices": tuple(map(_choice, raw.get("choices", ())))}
    read |= {"columns": tuple(map(_question, raw.get("columns", ())))}
    read |= {"currencies": tuple(raw.get("currencies", ())), "details": _details(raw)}
    return Question(**_texts(raw, "label", "hint", "called", "required_message", "row_title") | read)


def _details(raw: Mapping[str, Any]) -> Question | None:
    return replace(_question(raw["details"]), under=raw["id"]) if raw.get("details") else None


def _choice(raw: Mapping[str, Any]) -> Choice:
    return Choice(**_texts(raw, "label", "hint"))


def _check(raw: Mapping[str, Any]) -> Check:
    bounds = {name: Bound(**raw[name]) for name in ("at_least", "at_most") if name in raw}
    return Check(**_texts(raw, "message") | bounds)


def _texts(raw: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return a copy of `raw` in which these names hold a Multilingual."""
    return {**raw, **{name: Multilingual(raw[name]) for name in names if name in raw}}


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise SchemaError(f"{text!r} is no id of a page or section")
    return text
