"""A questionnaire piece by piece, what can be reached, and conditions as rows. Without a database."""

import pytest

from consular.questionnaires.editing import conditions, pieces
from consular.questionnaires.editing.findings import findings
from consular.questionnaires.editing.reach import can_hold
from embassy.start.questionnaire import content as the_real_one
from tests.factories.questionnaires import choices, page, question, questionnaire, section, small, text

LODGING = "sections/stay/pages/stay/questions/lodging"


def test_every_piece_of_the_real_questionnaire_has_an_address_of_its_own_and_is_found_there():
    content = the_real_one()
    places = [place.where for place in pieces.walk(content)]
    assert len(places) == len(set(places)) > 500
    assert all(pieces.find(content, where).where == where for where in places[::40])


@pytest.mark.django_db  # The law is asked for its documents
def test_the_real_questionnaire_has_no_findings():
    assert findings("visa", the_real_one(), None) == []


def test_the_address_of_a_piece_stays_when_others_move():
    content = small()
    content["sections"].reverse()
    assert pieces.find(content, LODGING).name == "lodging"


def test_a_piece_that_is_not_there_is_gone():
    with pytest.raises(pieces.GoneError):
        pieces.find(small(), "sections/nowhere")


def test_conditions_may_speak_of_earlier_pages_and_the_context_alone():
    content = small()
    known = pieces.known_before(content, pieces.find(content, "sections/stay/pages/stay/questions/lodging"))
    assert known == ["age", "name", "nickname", "arrives", "leaves"]


def test_what_depends_on_a_question_is_named():
    content = small()
    found = pieces.dependants(content, pieces.find(content, LODGING))
    assert [place.where for place in found] == ["sections/stay/pages/host"]
    found = pieces.dependants(content, pieces.find(content, "sections/trip/pages/trip/questions/arrives"))
    assert [place.kind for place in found] == ["check"]


@pytest.mark.parametrize(
    ("condition", "reachable"),
    [
        ({"equals": ["lodging", "host"]}, True),
        ({"equals": ["lodging", "tent"]}, False),
        ({"not": {"equals": ["lodging", "host"]}}, True),
        ({"all": [{"equals": ["lodging", "host"]}, {"equals": ["lodging", "hotel"]}]}, False),
        ({"any": [{"equals": ["lodging", "tent"]}, {"below": ["age", 18]}]}, True),
        ({"below": ["age", 18]}, True),
        ({"any": []}, False),
    ],
)
def test_what_no_answers_fulfil_is_found(condition, reachable):
    assert can_hold([condition], pieces.ids(small())) is reachable


def test_a_page_that_only_an_impossible_answer_opens_is_a_finding_with_its_place():
    content = small()
    content["sections"][2]["pages"][1]["when"] = {"equals": ["lodging", "tent"]}
    (found,) = findings("x", content, None)
    assert found.where == "sections/stay/pages/host"
    assert "is never asked" in found.words


def test_a_label_changed_in_english_alone_is_stale_until_somebody_says_it_is_still_right():
    published, content = small(), small()
    content["sections"][0]["title"]["en"] = "You"
    (found,) = findings("x", content, published)
    assert found.where == "sections/person"
    assert "Persian" in found.words
    place = pieces.find(content, "sections/person")
    from consular.questionnaires.editing.findings import english

    content[pieces.STILL_RIGHT] = {"sections/person": english(place)}
    assert findings("x", content, published) == []
    content["sections"][0]["title"]["en"] = "You there"
    assert len(findings("x", content, published)) == 1


def test_a_language_of_the_title_is_a_language_of_every_text():
    content = questionnaire(section("one", page("one", question("one"))))
    content["title"]["fr"] = "Questionnaire"
    assert {"sections/one", "closing"} <= {found.where for found in findings("x", content, None)}


def test_a_condition_on_itself_or_on_what_comes_later_is_a_finding_with_its_place():
    content = small()
    content["sections"][0]["pages"][0]["when"] = {"answered": "name"}
    (found,) = findings("x", content, None)
    assert "no earlier page asks" in found.words
    assert found.where


def test_a_questionnaire_that_cannot_be_read_is_a_finding():
    content = small()
    content["sections"][0]["id"] = "no id at all"
    assert findings("x", content, None)


QUESTIONS = pieces.ids(
    questionnaire(
        section(
            "one",
            page(
                "one",
                question("kind", "choice", choices=choices("a", "b")),
                question("sure", "yes_no"),
                question("age", "integer"),
            ),
        )
    )
)


@pytest.mark.parametrize(
    "condition",
    [
        {"equals": ["kind", "a"]},
        {"not": {"equals": ["sure", True]}},
        {"all": [{"in": ["kind", ["a", "b"]]}, {"below": ["age", 18]}]},
        {"any": [{"answered": "kind"}, {"not": {"same": ["kind", "age"]}}]},
        {"equals": ["age", 18]},
    ],
)
def test_a_condition_comes_back_from_its_rows_as_it_was(condition):
    together, rows = conditions.as_rows(condition, QUESTIONS)
    assert conditions.from_rows(together, rows, QUESTIONS) == condition


@pytest.mark.parametrize(
    "condition",
    [
        {"any": []},
        {"all": [{"any": [{"answered": "kind"}]}]},
        {"any_row": ["visits", {"equals": ["country", "QNR"]}]},
        {"equals": ["kind", 18]},
        {"in": ["kind", ["a,b"]]},
        {"equals": ["kind", ["a"]]},
        "nonsense",
        {},
    ],
)
def test_what_the_rows_cannot_say_is_left_to_json(condition):
    assert conditions.as_rows(condition, QUESTIONS) is None


def test_text_is_shortened_for_a_line():
    assert len(pieces.in_short(text("x" * 500))) == 80
