"""A seal on another visa, or in another person's passport."""

import pytest

from consular.lib import mrz
from consular.lib.seal import comparing
from consular.lib.seal.results import Verdict, Word
from tests.consular.lib.seal.samples import HOLDER, TODAY, visa_of

PASSPORT = {**HOLDER, "state": "IRN", "number": "A12345678"}


def passport(**changes):
    return mrz.td3(**{**PASSPORT, **changes})


def with_passport(**changes):
    return comparing.with_passport_zone(visa_of(), passport(**changes), today=TODAY)


def test_seal_visa_and_passport_of_one_person_belong_together():
    printed = mrz.mrv_a(**HOLDER, optional="ANYTHING")
    assert comparing.with_printed_visa(visa_of(), printed, today=TODAY) == set()
    assert with_passport() == set()
    assert comparing.with_passport(visa_of(), number="a-123 456 78", nationality=" irn ") == set()


@pytest.mark.parametrize(
    "change",
    [{"surname": "Azadi"}, {"number": "V1234568"}, {"expiry": "270201"}, {"nationality": "QNR"}],
    ids=str,
)
def test_a_seal_printed_on_another_visa_shows(change):
    printed = mrz.mrv_a(**{**HOLDER, **change})
    assert comparing.with_printed_visa(visa_of(), printed, today=TODAY) == {Word.SEAL_VISA_MISMATCH}


@pytest.mark.parametrize(
    "change", [{"number": "A12345679"}, {"nationality": "QNR"}, {"birth": "900502"}], ids=str
)
def test_a_seal_in_another_passport_shows(change):
    assert with_passport(**change) == {Word.SEAL_PASSPORT_MISMATCH}


@pytest.mark.parametrize(("number", "nationality"), [("A12345679", "IRN"), ("A12345678", "IRQ"), ("", "IRN")])
def test_what_is_typed_is_compared_too(number, nationality):
    told = comparing.with_passport(visa_of(), number=number, nationality=nationality)
    assert told == {Word.SEAL_PASSPORT_MISMATCH}


def test_a_verdict_takes_up_what_a_comparison_finds():
    verdict = Verdict.of({Word.UNKNOWN_FEATURE}, visa=visa_of())
    assert verdict.having(with_passport()).result == "VALID"
    worse = verdict.having(with_passport(number="A12345679"))
    assert (worse.result, worse.words) == (
        "SEAL_PASSPORT_MISMATCH", (Word.SEAL_PASSPORT_MISMATCH, Word.UNKNOWN_FEATURE),
    )  # fmt: skip


def test_a_zone_that_does_not_hold_says_nothing():
    first, second = passport()
    wrong = (first, second[:-1] + str((int(second[-1]) + 1) % 10))
    assert comparing.with_passport_zone(visa_of(), wrong, today=TODAY) == {Word.INVALID_PASSPORT_MRZ}
    assert comparing.with_printed_visa(visa_of(), ["V<", ""], today=TODAY) == {Word.INVALID_VISA_MRZ}


def test_a_visa_is_no_passport_and_a_passport_no_visa():
    assert comparing.with_printed_visa(visa_of(), passport(), today=TODAY) == {Word.INVALID_VISA_MRZ}
    lines = mrz.mrv_a(**HOLDER)
    assert comparing.with_passport_zone(visa_of(), lines, today=TODAY) == {Word.INVALID_PASSPORT_MRZ}
