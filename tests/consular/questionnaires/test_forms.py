"""The form of a page: reads every kind of answer, keeps what is wrong, shows it again with its error."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given, strategies as st

from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.forms import PageForm
from consular.questionnaires.schema import parse
from consular.questionnaires.status import Source, Type
from tests.factories.questionnaires import choices, page, question, questionnaire, section, text

PLAIN = [kind for kind in Type if kind != Type.ROWS]  # test_rows.py has those
KINDS = [
    question(kind.value, kind.value, **({"choices": choices("x", "y")} if "choice" in kind else {}))
    for kind in PLAIN
]
CONTENT = questionnaire(section("s", page("all", *KINDS)))
DOCUMENT = parse(CONTENT)
PAGE = DOCUMENT.pages["all"]
SHOWN = " ".join(kind.value for kind in PLAIN)
RIGHT = {
    "text": ("  a  b ", "a b"),
    "long_text": ("one\r\ntwo", "one\ntwo"),
    "latin_name": ("O’Connor", "O'Connor"),
    "native_name": ("شیرین آزاد", "شیرین آزاد"),
    "code": (" k۱۲۳ ۴۵۶ ", "K123456"),
    "country": ("QNR", "QNR"),
    "nationality": ("XXA", "XXA"),
    "phone": ("۰۰۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸", "+982112345678"),
    "email": ("A@EXAMPLE.org", "A@example.org"),
    "address": ("Street 1\nTown", "Street 1\nTown"),
    "choice": ("x", "x"),
    "choices": (["x", "y"], ["x", "y"]),
    "yes_no": ("no", False),
    "integer": ("۱۲", 12),
    "declaration": ("on", True),
}


def posted(**values):
    data = QueryDict(mutable=True)
    data["shown"] = values.pop("shown", SHOWN)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def entries(data, known=None):
    return PageForm(PAGE, Filling(DOCUMENT, known or {}), data).entries()


def shown_again(saved):
    return PageForm(PAGE, Filling(DOCUMENT, saved))


@pytest.mark.parametrize("kind", RIGHT)
def test_each_kind_of_answer_is_read_and_shown_again(kind):
    typed, value = RIGHT[kind]
    saved = entries(posted(**{kind: typed}))
    assert saved[kind] == Entry(value)
    assert kind not in shown_again(saved).errors
    assert shown_again(saved)[kind].as_widget()


@pytest.mark.parametrize(
    "boxes",
    [
        ("31", "1", "1985", "gregorian"),
        ("۱۱", "۱۱", "۱۳۶۳", "solar_hijri"),
        ("11", "بهمن", "1363", "gregorian"),
    ],
)
def test_a_date_is_read_in_either_calendar(boxes):
    names = ("date_day", "date_month", "date_year", "date_calendar")
    assert entries(posted(**dict(zip(names, boxes, strict=True))))["date"] == Entry(date(1985, 1, 31))


def test_an_empty_form_saves_that_and_tells_each_error():
    saved = entries(posted())
    assert all(entry.is_wrong for entry in saved.values())
    form = shown_again(saved)
    assert set(form.errors) == {kind.value for kind in PLAIN}
    assert len(form.problems) == len(PLAIN)


def test_a_page_that_was_never_saved_has_no_errors():
    form = shown_again({})
    assert not form.errors
    assert not form.problems


def test_only_what_was_given_shows_errors():
    form = shown_again({"text": Entry("right"), "integer": Entry(typed="twelve")})
    assert set(form.errors) == {"integer"}
    assert 'value="twelve"' in form["integer"].as_widget()


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("text", "a" * 5000, "200 characters or fewer. You have entered 5\N{NO-BREAK SPACE}000"),
        ("text", "a\x00b", "a character was lost"),
        ("text", "\u202eabc", "direction"),
        ("latin_name", "شیرین", "Latin letters"),
        ("latin_name", "R2D2", "cannot have 2"),
        ("phone", "12", "country code"),
        ("email", "nobody", "email address"),
        ("country", "ATLANTIS", "from the list"),
        ("choice", "z", "offered"),
        ("integer", "1.5", "whole number"),
    ],
)
def test_what_is_wrong_is_kept_as_typed_and_told_again(kind, typed, says):
    saved = entries(posted(**{kind: typed}))
    assert saved[kind].value is None
    assert saved[kind].typed == typed.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    form = shown_again(saved)
    assert says in form.errors[kind][0]


def test_a_wrong_date_keeps_its_boxes_and_its_calendar():
    saved = entries(posted(date_day="۳۲", date_month="۱", date_year="۱۳۶۴", date_calendar="solar_hijri"))
    assert saved["date"].typed == {"day": "۳۲", "month": "۱", "year": "۱۳۶۴", "calendar": "solar_hijri"}
    html = shown_again(saved)["date"].as_widget()
    assert 'value="۳۲"' in html
    assert shown_again(saved).errors["date"]


def test_errors_come_in_the_language_of_the_reader():
    content = questionnaire(
        section("s", page("p", question("q", required_message={"en": "Say it", "fa": "بگویید"})))
    )
    document = parse(content)
    saved = Filling(document, {"q": Entry(typed="")})
    for language, message in (("en", "Say it"), ("fa", "بگویید")):
        with override(language):
            assert PageForm(document.pages["p"], saved).errors["q"] == [message]


def test_a_post_writes_only_what_its_page_showed():
    saved = entries(posted(shown="text", text="a", integer="12", stranger="x"))
    assert saved == {"text": Entry("a")}
    assert entries(posted(shown="text nobody integer'; --", text="a")) == {"text": Entry("a")}
    assert entries(QueryDict("text=a")) == {}


def test_an_optional_question_may_be_emptied():
    document = parse(questionnaire(section("s", page("p", question("q", required=False)))))
    form = PageForm(document.pages["p"], Filling(document, {"q": Entry("before")}), QueryDict("shown=q&q="))
    assert form.entries() == {"q": Entry()}


def test_an_answer_saved_again_unchanged_keeps_its_source():
    known = {"code": Entry("K1", source=Source.PASSPORT), "text": Entry("a", source=Source.PASSPORT)}
    saved = entries(posted(code="k1", text="b"), known)
    assert saved["code"].source == Source.PASSPORT
    assert saved["text"].source == Source.TYPED


def test_what_was_typed_wrong_and_is_right_by_now_asks_to_be_saved_again():
    form = shown_again({"choice": Entry(typed="x")})
    assert form.errors["choice"] == ["Check this answer and save the page again"]


def test_an_answer_against_a_check_is_told_on_its_page():
    content = questionnaire(
        section("s", page("p", question("first", "date"), question("last", "date"))),
        checks=[
            {"question": "last", "at_least": {"of": "first", "days": 1}, "message": text("{limit} or later")}
        ],
    )
    document = parse(content)
    known = {"first": Entry(date(2027, 1, 31)), "last": Entry(date(2027, 1, 31))}
    form = PageForm(document.pages["p"], Filling(document, known))
    assert form.errors["last"] == ["1 February 2027 or later"]


def test_the_label_of_a_lonely_question_is_the_heading():
    document = parse(
        questionnaire(section("s", page("one", question("q")), page("two", question("r"), question("t"))))
    )
    filling = Filling(document, {})
    assert PageForm(document.pages["one"], filling).fields["q"].label_is_heading
    assert not PageForm(document.pages["two"], filling).fields["r"].label_is_heading


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_typed_can_be_kept_and_shown_again(first, second):
    data = posted(text=first, code=second, date_day=first, date_year=second, phone=first, integer=second)
    saved = entries(data)
    form = shown_again(saved)
    assert form.problems
    for field in ("text", "code", "date", "phone", "integer"):
        assert form[field].as_widget()
        assert "\x00" not in repr(saved[field].typed)
