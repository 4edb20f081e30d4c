"""A questionnaire read from JSON, and the linter that keeps a bad one from being published."""

import pytest

from consular.questionnaires.linter import problems
from consular.questionnaires.schema import SchemaError, parse
from tests.factories.questionnaires import choices, page, question, questionnaire, section, small, text


def test_a_questionnaire_is_sections_of_pages_of_questions():
    document = parse(small())
    assert [each.id for each in document.sections] == ["person", "trip", "stay", "minor"]
    assert list(document.pages) == ["person", "trip", "stay", "host", "minor", "closing"]
    assert list(document.questions) == [
        "name", "nickname", "arrives", "leaves", "lodging", "host.name", "guardian", "agreed",
    ]  # fmt: skip
    assert document.page_of["host.name"].id == "host"


def test_questions_under_a_heading_keep_their_place_among_the_others():
    grouped = {"title": text("Contact"), "questions": [question("phone"), question("email")]}
    document = parse(questionnaire(section("s", page("p", question("first"), grouped, question("last")))))
    groups = document.pages["p"].groups
    assert [[each.id for each in group.questions] for group in groups] == [
        ["first"],
        ["phone", "email"],
        ["last"],
    ]
    assert [group.title.get("en") for group in groups] == [None, "Contact", None]


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"title": {"en": "x"}, "sections": [], "closing": {}},
        questionnaire(section("s", page("p", question("q", "no_such_type")))),
        questionnaire(section("s", page("p", question("Not an id")))),
        questionnaire(section("s", page("p", question("q", surprise=1)))),
        questionnaire(section("S", page("p", question("q")))),
    ],
)
def test_what_is_no_questionnaire_is_refused(broken):
    with pytest.raises(SchemaError):
        parse(broken)
    assert problems(broken)


def test_a_good_questionnaire_has_no_problems():
    assert problems(small()) == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (questionnaire(section("s", page("p", question("q"), question("q")))), "question q stands there twice"),
        (questionnaire(section("s", page("p", question("q"))), section("t", page("p", question("r")))), "page p stands"),
        (questionnaire(section("s", page("p", question("q", label={"en": "q"})))), "label of q has no text in: fa"),
        (questionnaire(section("s", page("p", question("q", hint={"fa": "q"})))), "hint of q has no text in: en"),
        (questionnaire(section("s", page("p", question("q", "choice")))), "does not go with its choices"),
        (questionnaire(section("s", page("p", question("q", choices=choices("x"))))), "does not go with its choices"),
        (
            questionnaire(section("s", page("p", question("q"), question("r", when={"answered": "q"})))),
            "condition of r speaks of q, which no earlier page asks",
        ),
        (
            questionnaire(section("s", page("p", question("q"), when={"answered": "later"}), page("o", question("later")))),
            "condition of page p speaks of later",
        ),
        (questionnaire(section("s", page("p", question("q"), when={"is": 1}))), "There is no such test"),
        (
            questionnaire(section("s", page("p", question("q", "integer"))), checks=[
                {"question": "q", "at_most": {"of": "nobody"}, "message": text("m")}]),
            "a check of q speaks of nobody",
        ),
    ],
)  # fmt: skip
def test_the_linter_says_what_is_wrong(content, complaint):
    assert any(complaint in problem for problem in problems(content)), problems(content)
