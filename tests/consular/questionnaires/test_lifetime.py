"""Whatever the sequence of answers, back steps, rows and revisions: nothing given is lost, nothing invisible is submitted.

The machine keeps a model beside the database: what was last given to each question, whether its page had the question
or not, and every right answer that a newer revision did not take.
"""

import copy
import itertools

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from consular.questionnaires import rows, values
from consular.questionnaires.actions import freeze, move, save
from consular.questionnaires.filling import Entry
from consular.questionnaires.models import AnswerSheet
from tests.factories.questionnaires import (
    AnswerSheetFactory,
    QuestionnaireFactory,
    RevisionFactory,
    choices,
    page,
    question,
    questionnaire,
    section,
    text,
)

JOBS = question("jobs", "rows", columns=[question("firm"), question("town", required=False)], required=False)
CRIME = question("crime", "yes_no", details=question("crime.details"))
WORDS = st.sampled_from(["a", "شیرین", "x" * 200, "e\u0301", "O'Connor", "🙂 b", "می‌رود"])


def first():
    """Return the first wording: a host who is asked about where the lodging is theirs, jobs, a crime with details."""
    return questionnaire(
        section("stay",
            page("stay", question("lodging", "choice", choices=choices("hotel", "host"))),
            page("host", question("host.name"), when={"equals": ["lodging", "host"]})),
        section("jobs", page("jobs", JOBS)),
        section("busy", page("busy", question("busy")), when={"rows_at_least": ["jobs", 2]}),
        section("crime", page("crime", CRIME)),
    )  # fmt: skip


def _without_hotel(content):
    content["sections"][0]["pages"][0]["questions"][0]["choices"] = choices("host", "tent")


def _host_is_a_number(content):
    content["sections"][0]["pages"][1]["questions"][0]["type"] = "integer"


def _host_is_gone(content):
    del content["sections"][0]["pages"][1]


def _jobs_have_other_columns(content):
    content["sections"][1]["pages"][0]["questions"][0]["columns"] = [
        question("firm", length=2),
        question("pay"),
    ]


def _other_words(content):
    content["sections"][0]["pages"][0]["questions"][0]["label"] = text("Where do you stay?")


CHANGES = [
    _without_hotel,
    _host_is_a_number,
    _host_is_gone,
    _jobs_have_other_columns,
    _other_words,
    lambda content: None,
]


class Lifetime(RuleBasedStateMachine):
    """One sheet from its first answer until it is submitted, and after."""

    def __init__(self):
        super().__init__()
        self.sheet = AnswerSheetFactory(
            revision=RevisionFactory(questionnaire=QuestionnaireFactory(), content=first())
        )
        self.revision = self.sheet.revision
        self.given, self.known_rows, self.numbers = {}, {}, itertools.count(2)
        self.submitted = None

    def read(self):
        return AnswerSheet.objects.select_related("revision").get(pk=self.sheet.pk)

    def give(self, name, entry):
        sheet = self.read()
        if name in sheet.revision.document.questions:
            save(sheet, {name: entry})
            self.given[name] = entry

    is_open = precondition(lambda self: self.submitted is None)

    @is_open
    @rule(lodging=st.sampled_from(["hotel", "host", "tent"]))
    def stay(self, lodging):
        self.give("lodging", Entry(lodging))

    @is_open
    @rule(name=st.sampled_from(["host.name", "busy", "crime.details"]), words=WORDS)
    def write(self, name, words):
        is_number = name in self.read().revision.document.questions and (
            self.read().revision.document.questions[name].type == "integer"
        )
        self.give(name, Entry(typed=words) if is_number else Entry(words))

    @is_open
    @rule(crime=st.booleans())
    def confess(self, crime):
        self.give("crime", Entry(crime))

    @is_open
    @rule(row=st.sampled_from(["r1", "r2", "r3"]), firm=WORDS, removes=st.booleans())
    def work(self, row, firm, removes):
        jobs = self.read().revision.document.questions["jobs"]
        cells = {} if removes else {"#": row, "firm": firm, **{each.id: firm for each in jobs.columns}}
        change = rows.Change(jobs, frozenset([row]), (cells,) if cells else ())
        save(self.read(), {"jobs": Entry(change=change)})
        self.known_rows[row] = bool(cells)

    @is_open
    @rule(change=st.sampled_from(CHANGES), is_looked_at=st.booleans())
    def publish(self, change, is_looked_at):
        content = copy.deepcopy(first())
        change(content)
        self.revision = RevisionFactory(
            questionnaire=self.revision.questionnaire, number=next(self.numbers), content=content
        )
        if is_looked_at:
            move(self.sheet, self.revision, by=None)

    @is_open
    @rule()
    def submit(self):
        sheet = self.read()
        filling = sheet.filling()
        freeze(sheet, asked=filling.asked_ids())
        self.submitted = (sheet.revision_id, filling.submitted(), self.in_words())

    @precondition(lambda self: self.submitted is not None)
    @rule(change=st.sampled_from(CHANGES))
    def publish_after(self, change):
        content = copy.deepcopy(first())
        change(content)
        newer = RevisionFactory(
            questionnaire=self.revision.questionnaire, number=next(self.numbers), content=content
        )
        move(self.sheet, newer, by=None)

    def in_words(self):
        filling = self.read().filling()
        questions = filling.document.questions
        return {name: values.in_words(questions[name], value) for name, value in filling.submitted().items()}

    @invariant()
    def nothing_given_is_lost(self):
        if self.submitted:
            return
        found = {}
        for answer in self.sheet.answers.all():
            found.setdefault(answer.question, []).extend([answer.value, answer.typed])
        for name, entry in self.given.items():
            assert (entry.value if entry.typed is None else entry.typed) in found[name]
        ids = {row["#"] for kept in found.get("jobs", []) if kept for row in kept}
        assert {row for row, is_there in self.known_rows.items() if is_there} <= ids

    @invariant()
    def nothing_invisible_counts(self):
        filling = self.read().filling()
        for name in filling.submitted():
            assert filling.is_asked(filling.document.questions[name]) is True

    @invariant()
    def what_was_submitted_stays(self):
        if self.submitted:
            sheet = self.read()
            assert (sheet.revision_id, sheet.filling().submitted(), self.in_words()) == self.submitted


class LifetimeTest(TestCase):
    def test_from_the_first_answer_to_long_after_the_last(self):
        run_state_machine_as_test(
            Lifetime,
            settings=settings(
                max_examples=25,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )


pytestmark = pytest.mark.django_db
