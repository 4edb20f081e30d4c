"""What people and programs post that no page of ours would: kept where it can be, told, and never a failure."""

import datetime as dt

import pytest
from django.http import QueryDict

from consular.questionnaires import values
from consular.questionnaires.actions import save
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.forms import PageForm
from consular.questionnaires.schema import parse
from tests.factories.questionnaires import (
    AnswerSheetFactory,
    RevisionFactory,
    page,
    question,
    questionnaire,
    section,
    small,
)

CONTENT = questionnaire(
    section(
        "s",
        page(
            "p",
            question("latin", "latin_name"),
            question("native", "native_name"),
            question("code", "code"),
            question("on", "date"),
            question("jobs", "rows", columns=[question("firm")], required=False),
        ),
    )
)
DOCUMENT = parse(CONTENT)
PAGE = DOCUMENT.pages["p"]


def saved(name, data):
    form = QueryDict(mutable=True)
    form.update({"shown": name, **data})
    return PageForm(PAGE, Filling(DOCUMENT, {}), form).entries()[name]


def told(name, entry):
    return PageForm(PAGE, Filling(DOCUMENT, {name: entry})).errors.get(name, [""])[0]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("latin", "A" * 200, "A" * 200),
        ("latin", "O", "O"),
        ("latin", "  van   der  Berg ", "van der Berg"),
        ("latin", "Zoe\u0308", "Zoë"),
        ("native", "م", "م"),
        ("native", "می\u200cرود", "می\u200cرود"),
        ("native", "شیرین Azad", "شیرین Azad"),
        ("native", "ক্‍ষ", "ক্‍ষ"),
        ("native", "مُحَمَّد", "مُحَمَّد"),
        ("code", "o0O0", "O0O0"),
    ],
)
def test_names_that_people_have_are_taken(name, typed, value):
    assert saved(name, {name: typed}) == Entry(value)


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("latin", "A" * 201, "200 characters or fewer"),
        ("latin", "🙂", "cannot have 🙂"),
        ("native", "👨‍👩‍👧 خانواده", "cannot have"),
        ("native", "م" + "\u0651" * 7, "too many marks"),
        ("latin", "Z" + "\u0323\u0301" * 50, "too many marks"),
        ("native", "\u202eshirin", "direction"),
        ("native", "\u0301\u0301", "cannot be seen"),
    ],
)
def test_what_is_no_name_is_kept_as_typed_and_told(name, typed, says):
    entry = saved(name, {name: typed})
    assert entry.typed == typed
    assert says in told(name, entry)


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("29", "2", "2024", dt.date(2024, 2, 29)),
        ("29", "2", "2023", "has 28 days"),
        ("29", "2", "1900", "has 28 days"),
        ("30", "12", "1403", dt.date(2025, 3, 20)),
        ("30", "12", "1402", "has 29 days"),
        ("1", "1", "1899", dt.date(1899, 1, 1)),
        ("1", "1", "1823", "Check the year"),
        ("1", "1", "0000", "4 digits"),
    ],
)
def test_leap_days_and_old_dates(day, month, year, found):
    calendar = "solar_hijri" if year.startswith("14") else "gregorian"
    boxes = {"on_day": day, "on_month": month, "on_year": year, "on_calendar": calendar}
    entry = saved("on", boxes)
    if isinstance(found, dt.date):
        assert entry == Entry(found)
        assert values.in_words(DOCUMENT.questions["on"], entry.value)
    else:
        assert found in told("on", entry) or "year" in told("on", entry)


def test_a_row_takes_no_strange_text_either():
    entry = saved("jobs", {"jobs": "a", "jobs-a-firm": "x\x00" + "\u0301" * 9})
    assert entry.typed == [{"#": "a", "!": {"firm": "x\N{REPLACEMENT CHARACTER}" + "\u0301" * 9}}]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "shown=",
        "shown=%00&shown=latin&latin=a",
        "shown=closing agreed&agreed=on",
        "latin=a&native=b",
        "shown=latin&latin=a&latin=b&latin[]=c&__proto__=x",
        "shown=jobs&jobs=a&jobs-a-firm-x=1&jobs-a=2",
        "shown=latin%20" + "latin%20" * 3000,
    ],
)
def test_unknown_and_repeated_fields_do_no_harm(query):
    entries = PageForm(PAGE, Filling(DOCUMENT, {}), QueryDict(query)).entries()
    assert set(entries) <= {"latin", "jobs"}


@pytest.mark.django_db
def test_posts_replayed_and_reordered_end_where_the_last_one_leads():
    sheet = AnswerSheetFactory(revision=RevisionFactory(content=small()))
    document = sheet.revision.document

    def post(**data):
        form = QueryDict(mutable=True)
        form.update({"shown": " ".join(data), **data})
        where = document.page_of[next(iter(data))]
        save(sheet, PageForm(where, sheet.filling(), form).entries())

    post(name="first")
    post(lodging="host")
    post(name="second")
    post(lodging="hotel")
    post(lodging="host")
    post(name="first")
    assert sheet.entries() == {"name": Entry("first"), "lodging": Entry("host")}
