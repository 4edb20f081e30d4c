"""What goes to the database is always a tsvector and a tsquery that it takes."""

import pytest
from django.db import connection
from hypothesis import given, strategies as st

from embassy.search.vectors import MOST_WORDS, query, some_of, vector

HOSTILE = [
    "'",
    "\\",
    "' | 'a",
    "a:*",
    "!(b)",
    "<->",
    "%_",
    '"',
    "a'b",
    "\x00",
    "ا' & 'ب",
    "&" * 10_000,
    "x" * 10_000,
]


def cast(text, kind):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}::text", [text])
        return cursor.fetchone()[0]


def test_a_text_is_found_by_its_words_by_weight_and_place():
    assert vector(("A", "Visas"), ("D", "for students")) == "'visa':1A 'for':2D 'student':3D"


def test_a_word_in_two_parts_stands_whole_and_in_parts_in_one_place():
    assert vector(("A", "می‌کنید")) == "'میکنید':1A 'می':1A 'کنید':1A"


def test_all_words_are_asked_for_by_their_beginnings():
    assert query("student visas", {}) == "('student':*) & ('visa':*)"


def test_some_words_are_enough_when_all_are_too_many():
    assert some_of("student visas", {}) == "('student':*) | ('visa':*)"


def test_synonyms_are_asked_for_as_well():
    assert query("visa", {"visa": frozenset({"visa", "ویزا"})}) == "('visa':* | 'ویزا')"


def test_nothing_is_asked_with_signs_alone():
    assert query("?!… ' %", {}) == ""


def test_no_more_words_are_asked_for_than_help():
    assert query(" ".join(f"word{n}" for n in range(100)), {}).count("&") == MOST_WORDS - 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_to_the_database(text):
    cast(vector(("A", text)), "tsvector")
    cast(query(text, {}), "tsquery")


@pytest.mark.django_db
@given(st.text())
def test_whatever_is_typed_is_a_query_of_the_database(text):
    cast(vector(("A", text), ("D", text)), "tsvector")
    cast(query(text, {}), "tsquery")
