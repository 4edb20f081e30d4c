"""Decoding with the format's knowledge, and the one repair that is allowed."""

import datetime as dt

import numpy as np
import pytest

from consular.documents.reading import acceptance, decoding
from consular.documents.reading.attempts import Attempt
from consular.documents.reading.decoding import LAYOUTS, LENGTHS, Line
from consular.documents.reading.recogniser import BLANK, CHARACTERS
from consular.lib import mrz

TODAY = dt.date(2026, 11, 24)
LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


def scores(text, doubts=()):
    """Make up what the network gives for a text: a frame for each character, gaps between.

    doubts: (position, other character, its probability).
    """
    shown = np.full((2 * len(text) + 1, len(CHARACTERS) + 1), 1e-5)
    shown[0::2, BLANK] = 1
    for position, character in enumerate(text):
        shown[2 * position + 1, CHARACTERS.index(character) + 1] = 1
    for position, other, chance in doubts:
        row = shown[2 * position + 1]
        row[CHARACTERS.index(text[position]) + 1] = 1 - chance
        row[CHARACTERS.index(other) + 1] = chance
    return np.log(shown / shown.sum(axis=1, keepdims=True)).astype(np.float32)


def decode(text, layout="TD3", number=1, doubts=()):
    return decoding.decode([scores(text, doubts)], decoding.mask(LAYOUTS[layout][number]))


def attempt(*doubts, lines=LINES):
    """Make an attempt at the specimen passport with doubts in its second line."""
    read = (decode(lines[0], number=0), decode(lines[1], doubts=doubts))
    return Attempt(None, "TD3", (-0.5, 0.5), (0, 1), read)


@pytest.mark.parametrize(("layout", "length"), LENGTHS.items())
def test_every_line_of_a_layout_has_its_length(layout, length):
    assert {len(decoding.mask(line)) for line in LAYOUTS[layout]} == {length}


def test_clear_scores_give_the_text_with_certainty():
    line = decode(LINES[1])
    assert line.text == LINES[1]
    assert line.certainty.min() > 0.95
    assert line.likelihood > -0.05


def test_without_knowledge_the_best_class_of_each_frame_counts():
    assert decoding.greedy(scores("P<UTO<<A1")) == "P<UTO<<A1"


def test_a_letter_where_only_a_digit_can_stand_is_read_as_the_digit():
    assert decode(LINES[1], doubts=[(13, "Z", 0.9)]).text == LINES[1]


def test_the_certainty_is_that_of_the_scores():
    line = decode(LINES[1], doubts=[(0, "E", 0.3)])
    assert line.certainty[0] == pytest.approx(0.7, abs=0.02)
    assert next(line.others(0.1))[:2] == (0, "E")


def test_several_looks_outvote_one():
    good, bad = scores(LINES[1]), scores(LINES[1], [(0, "E", 0.9)])
    line = decoding.decode([good, bad, good], decoding.mask(LAYOUTS["TD3"][1]))
    assert line.text == LINES[1]
    assert line.certainty[0] > 0.9


def test_a_clear_attempt_is_accepted_as_read():
    assert acceptance.accepted(attempt(), TODAY) == LINES


def test_the_only_repair_is_made():
    misread = attempt((3, "B", 0.6))
    assert misread.texts != LINES
    assert acceptance.accepted(misread, TODAY) == LINES


def test_a_repair_needs_a_doubt():
    wrong = (LINES[0], LINES[1][:9] + "5" + LINES[1][10:])
    assert acceptance.accepted(attempt(lines=wrong), TODAY) is None


def test_of_two_possible_repairs_none_is_made():
    wrong = (LINES[0], LINES[1][:3] + "7" + LINES[1][4:])
    assert acceptance.accepted(attempt((3, "8", 0.3), lines=wrong), TODAY) == LINES
    # M for L at the start weighs as much as 8 for 7 three places on.
    assert acceptance.accepted(attempt((3, "8", 0.3), (0, "M", 0.3), lines=wrong), TODAY) is None


@pytest.mark.parametrize(("position", "other"), [(0, "1"), (1, "S"), (7, "2")])
def test_of_two_characters_that_a_check_digit_cannot_tell_apart_neither_is_believed(position, other):
    rival = LINES[1][:position] + other + LINES[1][position + 1 :]
    assert mrz.parse((LINES[0], rival), today=TODAY).valid
    assert acceptance.accepted(attempt((position, other, 0.2)), TODAY) is None
    assert acceptance.accepted(attempt((position, other, 0.005)), TODAY) == LINES


def test_what_no_check_digit_covers_must_be_nearly_certain():
    for position, other in ((10, "V"), (20, "M")):
        assert acceptance.accepted(attempt((position, other, 0.2)), TODAY) is None
    name = (decode(LINES[0], number=0, doubts=[(5, "F", 0.2)]), decode(LINES[1]))
    assert acceptance.accepted(Attempt(None, "TD3", (-0.5, 0.5), (0, 1), name), TODAY) is None


def test_lines_of_another_length_are_not_accepted():
    short = (decode(LINES[0][:-2], number=0), decode(LINES[1]))
    assert acceptance.accepted(Attempt(None, "TD3", (-0.5, 0.5), (0, 1), short), TODAY) is None


def test_a_line_tells_its_text_and_certainty():
    chances = np.full((2, len(CHARACTERS)), 0.001)
    chances[0, 1], chances[1, 2] = 0.9, 0.8
    line = Line(chances, 0.0)
    assert line.text == "01"
    assert line.certainty.tolist() == [0.9, 0.8]
