"""What changed between two wordings, as typed changes and in words."""

import copy

import pytest

from consular.questionnaires.differences import Kind, Part, differences
from consular.questionnaires.schema import parse
from tests.factories.questionnaires import choices, page, question, small, text


def changed(change):
    """Return the changes that `change` makes to the small questionnaire, as (what, part, id)."""
    content = copy.deepcopy(small())
    change(content)
    return {(each.what, each.part, each.id) for each in differences(parse(small()), parse(content))}


def questions(content, section=0, page=0):
    return content["sections"][section]["pages"][page]["questions"]


def test_nothing_changed():
    assert changed(lambda content: None) == set()


@pytest.mark.parametrize(
    ("part", "now", "what"),
    [
        ("label", text("whole name"), Kind.REWORDED),
        ("label", {"en": "name", "fa": "نام"}, Kind.HINT),
        ("hint", text("as in the passport"), Kind.HINT),
        ("required_message", text("say it"), Kind.HINT),
        ("type", "latin_name", Kind.TYPE),
        ("length", 20, Kind.LIMITS),
        ("when", {"below": ["age", 3]}, Kind.CONDITION),
        ("required", False, Kind.REQUIRED),
    ],
)
def test_each_change_to_a_question_has_its_kind(part, now, what):
    assert changed(lambda content: questions(content)[0].update({part: now})) == {
        (what, Part.QUESTION, "name")
    }


def test_other_answers_that_are_offered():
    change = lambda content: questions(content, 2)[0].update(choices=choices("hotel"))  # noqa: E731
    assert changed(change) == {(Kind.CHOICES, Part.QUESTION, "lodging")}


def test_what_is_new_and_what_is_gone():
    def change(content):
        questions(content).append(question("age.given", "integer"))
        del questions(content)[0]
        content["sections"].pop()

    assert changed(change) == {
        (Kind.ADDED, Part.QUESTION, "age.given"),
        (Kind.REMOVED, Part.QUESTION, "name"),
        (Kind.REMOVED, Part.QUESTION, "guardian"),
        (Kind.REMOVED, Part.PAGE, "minor"),
        (Kind.REMOVED, Part.SECTION, "minor"),
    }


def test_what_moved_to_another_page():
    def change(content):
        questions(content, 1).append(questions(content).pop(1))

    assert changed(change) == {(Kind.MOVED, Part.QUESTION, "nickname")}


def test_what_moved_to_the_front_moved_alone():
    def change(content):
        content["sections"].insert(0, content["sections"].pop(2))

    assert {part for what, part, name in changed(change) if name == "stay"} == {Part.SECTION}
    assert (Kind.MOVED, Part.SECTION, "person") not in changed(change)


def test_a_check_that_changed():
    assert changed(lambda content: content.update(checks=[])) == {(Kind.REMOVED, Part.CHECK, "leaves")}


def test_staff_read_what_changed_and_applicants_what_it_means_to_them():
    content = small()
    questions(content)[0]["label"] = text("whole name")
    questions(content)[1]["hint"] = text("if you have one")
    content["sections"].append(
        {"id": "more", "title": text("More"), "pages": [page("more", question("why"))]}
    )
    told = {
        each.id: each for each in differences(parse(small()), parse(content)) if each.part == Part.QUESTION
    }
    assert told["name"].for_staff() == "Question “whole name” (name) has other words"
    assert "other words" in told["name"].for_applicants()
    assert told["nickname"].for_applicants() == ""
    assert told["why"].for_applicants() == "This question is new."
    assert [told[name].asks_again for name in ("name", "nickname", "why")] == [True, False, True]
