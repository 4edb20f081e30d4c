"""What is found, in which order, in whose language."""

import pytest
from hypothesis import given, strategies as st

from embassy.search.actions.index import put_texts
from embassy.search.finding import PAGE, find, is_one_slip, suggest
from embassy.search.sources import Source
from embassy.search.status import Kind
from embassy.search.vectors import MOST_WORDS
from tests.embassy.search.conftest import TEXTS

pytestmark = pytest.mark.usefixtures("indexed")

SAME = {form: frozenset({"visa", "روادید", "ویزا"}) for form in ("visa", "روادید", "ویزا")}


def addresses(asked, language="en", synonyms=None, **options):
    return [text.address for text in find(asked, language, synonyms or {}, **options).texts]


def test_the_text_with_the_words_in_its_title_comes_first():
    assert addresses("photograph visa")[0] == "/visas/photograph/"
    assert addresses("student visa") == ["/visas/st/"]


def test_beginnings_of_words_are_enough():
    assert addresses("stud") == ["/visas/st/"]


@pytest.mark.parametrize("asked", ["دانشجويي", "روادید دانشجويى", "دوره ها ۹۰", "دانشگاه"])
def test_persian_is_found_from_an_arabic_keyboard(asked):
    assert addresses(asked, "fa") == ["/visas/st/"]


@pytest.mark.parametrize("asked", ["التأشيرة", "تاشيره", "طالب", "جامعة"])
def test_arabic_is_found_with_and_without_the_article(asked):
    assert addresses(asked, "ar") == ["/visas/st/"]


def test_accents_do_not_matter():
    assert addresses("a l'etranger", "fr") == ["/citizens/passports/"]


def test_a_text_is_shown_in_the_readers_language_whatever_language_was_typed():
    (text,) = find("student", "fa", {}).texts
    assert (text.language, text.title) == ("fa", "روادید دانشجویی")


def test_a_text_that_the_reader_has_no_translation_of_is_shown_in_the_language_that_was_found():
    (text,) = find("passeport renouveler", "en", {}).texts
    assert text.language == "fr"


def test_who_looks_for_one_word_finds_the_other_word_for_the_same_thing():
    assert find("ویزای دانشجویی", "fa", {}).some_words
    assert not find("ویزای دانشجویی", "fa", SAME).some_words
    assert set(addresses("ویزا", "en", SAME)) >= {"/visas/st/", "/visas/tv/"}


def test_some_of_the_words_are_better_than_nothing_and_it_is_said():
    results = find("how do I renew my tourist visa", "en", {})
    assert results.some_words
    assert results.texts[0].address == "/visas/tv/"


def test_one_kind_alone_can_be_looked_for():
    assert addresses("passport", kind="news") == ["/news/hours/"]


def test_a_misspelt_word_has_a_suggestion():
    assert find("pasport", "en", {}).texts == []
    assert suggest("fotograph rules") == "photograph rules"
    assert find("studnet", "en", {}).suggestion == "Student"


def test_what_was_found_by_some_words_has_a_suggestion_too():
    assert find("fotograph visa", "en", {}).suggestion == "photograph visa"


@pytest.mark.parametrize("asked", ["vusa", "viaa", "vsia", "visaa", "rviisa"[1:]])
def test_a_short_word_may_have_one_wrong_letter(asked):
    assert suggest(asked).lower() == "visa"


@given(st.text("abc", min_size=2, max_size=6), st.integers(0, 5), st.sampled_from("xyz"))
def test_one_slip_is_told_whichever_word_it_is_in(word, place, letter):
    place %= len(word)
    for slipped in (
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ):
        assert is_one_slip(word, slipped) == is_one_slip(slipped, word) == (word != slipped)


def test_two_slips_are_too_many():
    assert not is_one_slip("visa", "fusa")
    assert not is_one_slip("visa", "visaab")


def test_nothing_is_suggested_for_what_is_like_nothing():
    assert suggest("qqqqq zzzzz") == ""


@pytest.mark.parametrize("asked", ["'", "%", "_", "zz' OR 1=1 --", "<script>", "&|!:*", "\\", "١" * 200])
def test_signs_and_tricks_find_nothing_and_break_nothing(asked):
    assert find(asked, "en", {}).count == 0


def test_a_page_is_found_with_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        find("visa", "en", {})


def test_many_are_shown_a_page_at_a_time():
    put_texts([*TEXTS, *(Source(Kind.NEWS, f"/news/{n:03}/", "en", "Bulletin") for n in range(PAGE + 3))])
    first, second = find("bulletin", "en", {}), find("bulletin", "en", {}, page=2)
    assert (len(first.texts), len(second.texts)) == (PAGE, 3)
    assert first.count == second.count == PAGE + 3
    assert first.page.has_next()
    assert not second.page.has_next()


def test_a_line_full_of_unknown_words_costs_no_more_than_a_short_one(django_assert_num_queries):
    asked = " ".join(f"qq{letter}{other}" for letter in "abcdefg" for other in "hijklm")
    with django_assert_num_queries(2 + MOST_WORDS):
        suggest(asked)
