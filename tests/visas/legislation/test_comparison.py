"""What a change changes is told for whom, for which stays and from when; what it leaves alone is not mentioned."""

from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies

from consular.lib import countries
from visas.legislation.comparison import OTHERS, Piece, compare
from visas.legislation.status import Expected
from visas.legislation.words import Words
from visas.policy import rules
from visas.policy.book import NotInForce, PolicyBook, read
from visas.policy.rules import Question

TODAY = date(2026, 11, 24)


@pytest.fixture
def book() -> PolicyBook:
    return read()


def rewritten(rows, wanted, **values):
    """Return the rows, those that `wanted` picks with other values."""
    found = []
    for row in rows:
        row = copy(row)  # noqa: PLW2901 - a book's rows are shared
        if wanted(row):
            vars(row).update(values)
        found.append(row)
    return tuple(found)


@pytest.fixture
def sooner(book):
    """Return the book in which group B may stay 90 days from January instead of March."""
    shorter = rewritten(book.rules, lambda rule: rule.max_days == 60, valid_to=date(2026, 12, 31))
    longer = rewritten(
        shorter, lambda rule: rule.category is not None and rule.max_days == 90, valid_from=date(2027, 1, 1)
    )
    return replace(book, rules=longer)


def test_the_same_law_changes_nothing(book):
    assert compare(book, book, countries.NATIONALITIES).is_empty


def test_a_change_is_told_in_sentences_by_group_stay_and_time(book, sooner):
    comparison = compare(book, sooner, countries.NATIONALITIES)
    told = Words(sooner, TODAY).needs(comparison)
    who = "Iltera, Utopia; Ordinary passport, Diplomatic passport, Service or official passport"
    purposes = "Holiday or sightseeing, Visiting family or friends, Business meetings or trade fairs"
    becomes = "61 to 90 days: Electronic travel authorisation (EA), in any 180 days"
    assert len(told) == 2
    assert all(line.startswith(who) and becomes in line for line in told)
    assert any(f"{purposes}; {becomes} instead of Visa from 1 January 2027 to" in line for line in told)
    assert any(
        f"{becomes} instead of No visa covers the stay from 1 January 2027 to" in line for line in told
    )


def test_who_is_named_nowhere_is_counted(book):
    changed = rewritten(
        book.rules,
        lambda rule: rule.group.code == "C" and rule.purpose is None and rule.document is None,
        interview="by_phone",
    )
    comparison = compare(book, replace(book, rules=changed), countries.NATIONALITIES)
    assert {OTHERS} <= {code for effect in comparison.needs for code in effect.nationalities}
    assert comparison.others == len(countries.NATIONALITIES) - len({m.nationality for m in book.members})
    told = Words(book, TODAY).needs(comparison)
    assert any(
        line.startswith(f"{comparison.others} other nationalities; Ordinary passport") for line in told
    )
    assert any(line.startswith("any nationality; Refugee travel document") for line in told)


def test_what_reaches_into_days_that_are_over_is_said(book):
    changed = rewritten(book.rules, lambda rule: rule.group.code == "D", may_take_longer=False)
    told = Words(book, TODAY).needs(compare(book, replace(book, rules=changed), countries.NATIONALITIES))
    assert all("from 1 January 2024 (for days that are over, too)" in line for line in told)


def test_fees_and_exemptions_are_told(book):
    dearer = rewritten(
        book.fees, lambda fee: fee.category.code in {"TV", "BV"} and fee.valid_to is None, amount=Decimal(90)
    )
    comparison = compare(book, replace(book, fees=dearer), countries.NATIONALITIES)
    told = [Words(book, TODAY).fee(effect) for effect in comparison.fees]
    assert "TV: 90 euros instead of 60 euros from 1 January 2026 (for days that are over, too)" in told
    assert len(told) == 2
    without = replace(book, exemptions=tuple(each for each in book.exemptions if each.code != "young-child"))
    told = [Words(book, TODAY).fee(effect) for effect in compare(book, without, countries.NATIONALITIES).fees]
    assert all("Children under 6" in line for line in told)


def test_documents_are_told(book):
    fewer = replace(book, documents=tuple(each for each in book.documents if each.code != "itinerary"))
    (effect,) = compare(book, fewer, countries.NATIONALITIES).papers
    assert (effect.category, effect.dropped, effect.added) == ("TV", ["itinerary"], [])
    assert effect.piece.start == date(2024, 1, 1)
    assert Words(book, TODAY).papers(effect)[0].startswith("TV: no longer asks for “Travel plan” from")


@pytest.fixture(scope="module")
def two_books(django_db_setup, django_db_blocker):
    from django.db import transaction

    from embassy.demo import policy

    with django_db_blocker.unblock(), transaction.atomic():
        policy.load()
        book = read()
        transaction.set_rollback(True)
    members = rewritten(book.members, lambda member: member.nationality == "QNR", valid_to=date(2027, 6, 30))
    shorter = rewritten(book.rules, lambda rule: rule.max_days == 90, max_days=45)
    return book, replace(book, members=members, rules=shorter)


@pytest.fixture(scope="module")
def found(two_books):
    return compare(*two_books, countries.NATIONALITIES).needs


@given(
    nationality=strategies.sampled_from(sorted(countries.NATIONALITIES) + ["QNR", "QSD", "UTO"] * 60),
    days=strategies.integers(min_value=1, max_value=200),
    on=strategies.dates(min_value=date(2023, 12, 1), max_value=date(2030, 12, 31)),
    data=strategies.data(),
)
def test_whatever_the_question_the_comparison_says_whether_its_answer_changes(
    two_books, found, nationality, days, on, data
):
    old, new = two_books
    purpose = data.draw(strategies.sampled_from([each.code for each in old.purposes]))
    document = data.draw(strategies.sampled_from([each.code for each in old.travel_documents]))
    question = Question(nationality, document, purpose, days, on)
    named = {member.nationality for member in old.members}
    who = nationality if nationality in named else OTHERS
    told = any(
        who in effect.nationalities
        and document in effect.documents
        and purpose in effect.purposes
        and effect.stay.first <= days <= (effect.stay.last or days)
        and effect.piece.start <= on <= (effect.piece.end or on)
        for effect in found
    )
    assert told == (look(old, question) != look(new, question))


def look(book, question):
    try:
        answer = rules.requirement(question, book=book)
    except NotInForce:
        return None
    if answer.too_long:
        return Expected.TOO_LONG
    rule = answer.rule
    code = answer.category.code if answer.category else ""
    return answer.outcome, code, rule.interview, rule.may_take_longer, rule.period_days


def test_neighbouring_times_are_told_as_one(book):
    days = [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    from visas.legislation.comparison import pieces

    assert list(pieces(days, lambda day: 1, lambda day: 2 if day < days[2] else 1)) == [
        Piece(days[0], date(2027, 2, 28), 1, 2)
    ]
