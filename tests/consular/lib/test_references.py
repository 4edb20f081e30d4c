import pytest
from hypothesis import given, strategies as st

from consular.lib.references import (
    ALPHABET,
    LENGTH,
    check_character,
    is_reference,
    new_reference,
    parse_reference,
    spaced,
)

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
references = bodies.filter(check_character).map(lambda body: body + check_character(body))


def test_new_references_are_well_formed_and_differ():
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(is_reference(reference) for reference in made)


@given(references, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(reference, place, other):
    wrong = reference[:place] + other + reference[place + 1 :]
    assert is_reference(wrong) == (wrong == reference)


@given(references, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_characters_that_changed_places_are_found(reference, one, other):
    swapped = list(reference)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert is_reference("".join(swapped)) == (swapped == list(reference))


@given(references)
def test_a_reference_is_understood_as_it_is_read_out(reference):
    persian = str.maketrans("23456789", "۲۳۴۵۶۷۸۹")
    for typed in (
        spaced(reference),
        spaced(reference).lower(),
        f"  {' '.join(reference)} ",
        reference.translate(persian),
    ):
        assert parse_reference(typed) == reference


@pytest.mark.parametrize(
    "text", ["", "----", "QV7K", "O0O0O0O0O0O0", "نامه", "²²²²²²²²²²²²", "A" * 5000, "\x00"]
)
def test_what_cannot_be_a_reference_is_none(text):
    assert parse_reference(text) is None


def test_characters_that_look_alike_are_not_used():
    assert not set("01ILOU") & set(ALPHABET)
