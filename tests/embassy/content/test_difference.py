"""How two texts differ, word by word."""

import time

import pytest
from hypothesis import given, strategies as st

from embassy.content import difference

texts = st.lists(st.sampled_from(["one two three", "one three", "", "سلام دنیا", "## A"]), max_size=8).map(
    "\n".join
)


def told(kind, lines):
    return ["".join(run.text for run in line if run.kind in {"same", kind}) for line in lines]


@given(texts, texts)
def test_both_texts_can_be_read_from_the_difference(before, after):
    lines = difference.words(before, after)
    removed = [line for line in told("removed", lines) if line]
    added = [line for line in told("added", lines) if line]
    assert removed == [line for line in before.splitlines() if line]
    assert added == [line for line in after.splitlines() if line]


def test_a_changed_word_is_named_alone():
    (line,) = difference.words("The fee is 60 euros.", "The fee is 65 euros.")
    assert [(run.kind, run.text) for run in line if run.kind != "same"] == [
        ("removed", "60"),
        ("added", "65"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 30_000, "a b " * 15_000),
        ("a\n" * 2000, "a\nb\n" * 1000),
        ("a\n" * 30_000, "a\nb\n" * 15_000),
    ],
)
def test_long_alike_texts_are_compared_soon(before, after):
    begun = time.process_time()
    assert difference.words(before, after)
    assert time.process_time() - begun < 3
