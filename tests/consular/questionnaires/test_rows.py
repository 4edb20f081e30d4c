"""Rows of a repeated group, details under a Yes, and money: read, kept, shown again, counted by conditions."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils.translation import override

from consular.questionnaires import values
from consular.questionnaires.actions import save
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.forms import PageForm
from consular.questionnaires.linter import problems
from consular.questionnaires.schema import parse
from tests.factories.questionnaires import (
    AnswerSheetFactory,
    RevisionFactory,
    choices,
    page,
    question,
    questionnaire,
    section,
    text,
)

VISITS = question(
    "visits",
    "rows",
    columns=[question("country", "country"), question("from", "date"), question("why", required=False)],
    at_most=3,
    required=False,
    row_title=text("Visit"),
)
CRIME = question("crime", "yes_no", details=question("crime.details", "long_text"))
CONTENT = questionnaire(
    section(
        "s",
        page("visits", VISITS),
        page("crime", CRIME),
        page("pay", question("pay", "money"), question("fee", "money", currencies=["EUR"], required=False)),
    ),
    section("often", page("often", question("often")), when={"rows_at_least": ["visits", 2]}),
    section(
        "there",
        page("there", question("there")),
        when={"any_row": ["visits", {"equals": ["country", "QNR"]}]},
    ),
    section("trial", page("trial", question("trial")), when={"answered": "crime.details"}),
)
DOCUMENT = parse(CONTENT)


def row(name, country="QNR", day="1", month="2", year="2020", why=""):
    at = f"visits-{name}-"
    boxes = {"from_day": day, "from_month": month, "from_year": year, "from_calendar": "gregorian"}
    return {f"{at}{part}": value for part, value in {"country": country, "why": why, **boxes}.items()}


def posted(ids="", *rows, then="", shown="visits"):
    data = QueryDict(mutable=True)
    data.update({"shown": shown, "visits": ids, "then": then})
    for each in rows:
        data.update(each)
    return data


def form(page_id, known=None, data=None, **more):
    return PageForm(DOCUMENT.pages[page_id], Filling(DOCUMENT, known or {}), data, **more)


def visits(data, known=None):
    return form("visits", known, data).entries()["visits"]


def kept(name, country="QNR", **more):
    return {"#": name, "country": country, "from": date(2020, 2, 1), "why": None, **more}


ONE, TWO = Entry([kept("a")]), Entry([kept("a"), kept("b", "QPB")])


def test_the_questionnaire_may_be_published():
    assert problems(CONTENT) == []


# Rows


def test_a_row_is_read_and_shown_again():
    assert visits(posted("a", row("a"))) == ONE
    again = form("visits", {"visits": ONE})
    assert not again.errors
    html = again.groups()[0][1][0].as_field_group()
    assert "Visit 1" in html
    assert 'value="add visits"' in html
    assert 'value="remove visits a"' in html


def test_a_page_without_rows_shows_one_empty_block_with_an_id_of_its_own():
    first, second = form("visits"), form("visits")
    (one,), (other,) = first.rows["visits"].ids, second.rows["visits"].ids
    assert one != other
    assert not first.errors


def test_another_empty_block_is_shown_where_it_was_asked_for_and_no_more_than_may_be():
    assert len(form("visits", {"visits": TWO}, more="visits").rows["visits"].ids) == 3
    three = Entry([*TWO.value, kept("c")])
    full = form("visits", {"visits": three}, more="visits").rows["visits"]
    assert full.ids == ["a", "b", "c"]
    assert not full.may_have_more


def test_rows_left_empty_are_nothing():
    empty = row("a", country="", day="", month="", year="")
    assert visits(posted("a", empty)) == Entry()
    assert visits(posted("a b", empty, row("b", "QPB")), {"visits": ONE}) == Entry([kept("b", "QPB")])


def test_what_is_wrong_in_a_row_is_kept_beside_what_is_right_and_told_at_its_field():
    saved = visits(posted("a b", row("a"), row("b", day="40")))
    assert saved.typed[0] == {"#": "a", "country": "QNR", "from": "2020-02-01", "why": None}
    assert saved.typed[1]["!"]["from"]["day"] == "40"
    again = form("visits", {"visits": saved})
    assert set(again.errors) == {"visits-b-from"}
    assert again.problems[0].target == "id_visits-b-from_day"
    assert 'value="40"' in again["visits-b-from"].as_widget()


def test_a_row_that_is_removed_goes_and_the_others_stay():
    posted_both = posted("a b", row("a"), row("b", "QPB"), then="remove visits a")
    assert visits(posted_both, {"visits": TWO}) == Entry([kept("b", "QPB")])


def test_too_many_rows_are_kept_and_told():
    ids = "a b c d"
    saved = visits(posted(ids, *map(row, ids.split())))
    assert len(saved.typed) == 4
    assert "no more than 3" in form("visits", {"visits": saved}).errors["visits"][0]


def test_too_few_rows_are_told():
    content = questionnaire(section("s", page("visits", {**VISITS, "required": True, "at_least": 2})))
    document = parse(content)
    asked = document.pages["visits"]
    saved = PageForm(asked, Filling(document, {}), posted("a", row("a"))).entries()
    again = PageForm(asked, Filling(document, saved))
    assert "at least 2" in again.errors["visits"][0]
    assert len(again.rows["visits"].ids) == 2


@pytest.mark.parametrize(
    "ids", ["'; --", "a a", "A.B", "\x00", "x" * 99, " ".join(f"r{n}" for n in range(500))]
)
def test_strange_ids_of_rows_do_no_harm(ids):
    saved = visits(posted(ids, row("a")))
    assert len(saved.value or []) <= 1


def test_conditions_count_rows_and_look_into_them():
    def asked(entry):
        filling = Filling(DOCUMENT, {"visits": entry})
        return [bool(filling.is_asked(DOCUMENT.pages[name])) for name in ("often", "there")]

    assert asked(ONE) == [False, True]
    assert asked(TWO) == [True, True]
    assert asked(Entry([kept("b", "QPB")])) == [False, False]
    assert asked(Entry()) == [False, False]


def test_rows_are_written_a_line_each():
    words = values.in_words(DOCUMENT.questions["visits"], TWO.value)
    assert words.splitlines()[0] == "1. country: Naruvia; from: 1 February 2020"
    with override("fa"):
        assert values.in_words(DOCUMENT.questions["visits"], TWO.value).startswith("۱. ")


@pytest.mark.django_db
def test_two_tabs_that_each_add_a_row_keep_both():
    sheet = AnswerSheetFactory(revision=RevisionFactory(content=CONTENT))
    save(sheet, {"visits": ONE})
    as_both_saw_it = sheet.entries()
    first = form("visits", as_both_saw_it, posted("a b", row("a"), row("b", "QPB"))).entries()
    second = form("visits", as_both_saw_it, posted("a c", row("a"), row("c", "QPB"))).entries()
    save(sheet, first)
    save(sheet, second)
    save(sheet, second)  # Sent twice
    assert [each["#"] for each in sheet.entries()["visits"].value] == ["a", "b", "c"]


# Details under a yes


def crime(known=None, **data):
    form_data = QueryDict(mutable=True)
    form_data.update({"shown": "crime crime-details", **{k.replace("__", "-"): v for k, v in data.items()}})
    return form("crime", known, form_data).entries()


def test_a_yes_wants_its_details_and_a_no_does_not():
    assert crime(crime="no", crime__details="") == {"crime": Entry(False), "crime.details": Entry()}
    bare = crime(crime="yes", crime__details="")
    assert bare["crime.details"].is_wrong
    assert "crime-details" in form("crime", bare).errors
    full = crime(crime="yes", crime__details="Speeding")
    assert Filling(DOCUMENT, full).submitted() == {"crime": True, "crime.details": "Speeding"}


def test_details_under_a_no_are_kept_not_submitted_and_come_back():
    changed = crime(crime="no", crime__details="Speeding")
    filling = Filling(DOCUMENT, changed)
    assert "crime.details" not in filling.submitted()
    assert not form("crime", changed).errors
    assert filling.with_entries({"crime": Entry(True)}).submitted()["crime.details"] == "Speeding"
    assert filling.is_asked(DOCUMENT.pages["trial"]) is False


def test_details_stand_inside_of_their_yes():
    _group, parts = form("crime").groups()[0]
    assert len(parts) == 1
    html = parts[0].as_field_group()
    assert html.index('value="yes"') < html.index('name="crime-details"') < html.index('value="no"')


# Money


def money(**data):
    form_data = QueryDict(mutable=True)
    form_data.update({"shown": "pay fee", **data})
    return form("pay", None, form_data).entries()


@pytest.mark.parametrize(
    ("amount", "currency", "exact"),
    [
        ("۱۵۰۰", "EUR", "1500.00"),
        ("۱٬۵۰۰٫۵", "EUR", "1500.50"),
        ("1.500,50", "EUR", "1500.50"),
        ("1,500", "USD", "1500.00"),
        ("1 500 000", "IRR", "1500000.00"),
        ("1.500", "KWD", "1.500"),
        ("1.500", "JPY", "1500"),
        ("0.50", "EUR", "0.50"),
    ],
)
def test_an_amount_of_money_is_exact_whatever_its_digits(amount, currency, exact):
    saved = money(pay_amount=amount, pay_currency=currency)["pay"]
    if currency == "IRR":
        exact = saved.value["amount"]
        assert exact.startswith("1500000")
    assert saved == Entry({"amount": exact, "currency": currency})
    assert "pay" not in form("pay", {"pay": saved}).errors
    assert form("pay").fields["pay"].clean(saved.value) == saved.value


@pytest.mark.parametrize(
    ("amount", "currency", "says"),
    [
        ("12", "", "Select the currency"),
        ("12", "XXX", "Select the currency"),
        ("-5", "EUR", "less than nothing"),
        ("many", "EUR", "amount of money"),
        ("1e5", "EUR", "amount of money"),
        ("1.505", "USD", None),
        ("1.5055", "USD", "2 digits"),
        ("1.5", "JPY", "whole number"),
        ("9" * 40, "EUR", "amount of money"),
        ("\x00", "EUR", "amount of money"),
    ],
)
def test_what_is_no_amount_is_kept_as_typed(amount, currency, says):
    saved = money(pay_amount=amount, pay_currency=currency)["pay"]
    if says is None:
        assert saved.value == {"amount": "1505.00", "currency": "USD"}
        return
    assert saved.typed["currency"] == currency
    assert says in form("pay", {"pay": saved}).errors["pay"][0]


def test_one_currency_needs_no_choice():
    assert money(fee_amount="60")["fee"] == Entry({"amount": "60.00", "currency": "EUR"})
    assert "<select" not in form("pay")["fee"].as_widget()
    assert "<select" in form("pay")["pay"].as_widget()


def test_money_is_written_with_the_name_of_its_currency():
    pay = DOCUMENT.questions["pay"]
    assert values.in_words(pay, {"amount": "1500.00", "currency": "EUR"}) == "1,500.00 euros"
    with override("fa"):
        assert values.in_words(pay, {"amount": "1500.00", "currency": "EUR"}).endswith("یورو")


# The linter


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({**VISITS, "columns": []}, "columns"),
        (question("q", columns=[question("a")]), "columns"),
        ({**VISITS, "columns": [question("a"), question("a")]}, "twice"),
        ({**VISITS, "columns": [question("a", "rows", columns=[question("b")])]}, "cannot be a group"),
        ({**VISITS, "columns": [question("a", when={"answered": "visits"})]}, "has a condition"),
        ({**VISITS, "columns": [question("a", "choice")]}, "choices"),
        ({**VISITS, "at_least": 4}, "at least 4"),
        (question("q", details=question("q.d")), "only a yes or no"),
        (question("q", "yes_no", details=question("q.d", when={"answered": "x"})), "no condition of its own"),
        (question("q", "money", currencies=["ABC"]), "ISO 4217"),
        (question("q", "choice", choices=choices("a"), currencies=["EUR"]), "currencies"),
    ],
)
def test_the_linter_says_what_does_not_go_together(wrong, says):
    assert any(says in each for each in problems(questionnaire(section("s", page("p", wrong)))))
