"""What the features of a visa say, and what no visa says."""

import datetime as dt
import json

import pytest
from hypothesis import given, strategies as st

from consular.lib import mrz
from consular.lib.seal import c40, visa
from consular.lib.seal.features import Feature
from consular.lib.seal.results import WrongFormatError
from consular.lib.seal.visa import SECOND_LINE, Visa
from tests.consular.lib.seal.samples import HOLDER, feature, message, visa_of

LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20)
CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=9)
BYTE = st.integers(0, 255)


def zone_of(write=mrz.mrv_a, **changes):
    lines = write(**{**HOLDER, **changes})
    return lines[0], lines[1][:SECOND_LINE]


def changed(features, tag, value):
    return tuple(Feature(tag, value) if each.tag == tag else each for each in features)


@given(
    st.sampled_from([mrz.mrv_a, mrz.mrv_b]), LETTERS, LETTERS, CODES, st.dates(dt.date(1900, 1, 1)), st.dates(),
    st.none() | BYTE, st.tuples(BYTE, BYTE, BYTE), CODES,
    st.none() | st.binary(min_size=1, max_size=4), st.none() | st.binary(max_size=254),
)  # fmt: skip
def test_every_visa_comes_back(write, surname, given_names, number, birth, expiry, entries, duration, passport, kind, more):  # fmt: skip
    zone = zone_of(write, surname=surname, given_names=given_names, number=number, birth=birth, expiry=expiry)
    written = Visa(zone, duration, passport, entries, kind, more)
    features = visa.encode(written)
    assert visa.decode(features) == written
    assert [each.tag for each in features] == sorted(each.tag for each in features)
    assert json.dumps(written.as_json())


@pytest.mark.parametrize("write", [mrz.mrv_a, mrz.mrv_b])
def test_the_lines_are_those_of_the_visa_without_optional_data(write):
    lines = write(**HOLDER, optional="ABC123")
    sealed = visa.decode(visa.encode(visa_of(zone=zone_of(write))))
    assert sealed.lines == (lines[0], lines[1].replace("ABC123", "<<<<<<"))
    assert sealed.zone_holds
    assert (sealed.nationality, sealed.birth) == ("IRN", "900501")


def test_nothing_said_and_none_are_different():
    assert "number_of_entries" not in visa_of().as_json()
    assert visa.decode(message(entries=0)).as_json()["number_of_entries"] == 0


def test_unknown_tags_are_kept_and_told():
    features = message(feature(0x90, "0001000002"), feature(0xFE, ""))
    assert visa.unknown_tags(features) == {0x90, 0xFE}
    assert visa.decode(features) == visa_of()


@pytest.mark.parametrize("tag", [visa.ZONE_A, visa.DURATION, visa.PASSPORT])
def test_a_visa_without_what_is_mandatory_is_none(tag):
    with pytest.raises(WrongFormatError):
        visa.decode([each for each in message() if each.tag != tag])


def test_a_visa_has_one_zone():
    other = visa.encode(visa_of(zone=zone_of(mrz.mrv_b)))[0]
    with pytest.raises(WrongFormatError):
        visa.check((*message(), other))


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (visa.ZONE_A, bytes(47)), (visa.ZONE_A, bytes(49)), (visa.DURATION, b"\x1e\0"), (visa.DURATION, bytes(4)),
        (visa.PASSPORT, c40.encode("A12345")), (visa.ENTRIES, b""), (visa.ENTRIES, bytes(2)),
        (visa.TYPE, b""), (visa.TYPE, bytes(5)), (visa.ADDITIONAL, bytes(255)),
    ],
)  # fmt: skip
def test_values_of_another_size_are_wrong(tag, value):
    with pytest.raises(WrongFormatError):
        visa.check(changed(message(entries=1, type=b"C", additional=b"x"), tag, value))


@pytest.mark.parametrize("tag", [visa.ZONE_A, visa.PASSPORT])
def test_a_text_that_is_not_c40_is_wrong(tag):
    features = message()
    size = next(len(each.value) for each in features if each.tag == tag)
    visa.check(changed(features, tag, bytes(size)))
    with pytest.raises(WrongFormatError):
        visa.decode(changed(features, tag, bytes(size)))


@pytest.mark.parametrize("place", [9, 19, 27])
def test_each_check_digit_is_checked(place):
    first, second = zone_of()
    wrong = second[:place] + str((int(second[place]) + 1) % 10) + second[place + 1 :]
    assert not visa_of(zone=(first, wrong)).zone_holds
    with pytest.raises(WrongFormatError):
        message(zone=(first, wrong))


def test_the_zone_of_a_passport_is_not_that_of_a_visa():
    first, second = zone_of()
    assert not visa_of(zone=("P" + first[1:], second)).zone_holds


@pytest.mark.parametrize(
    "change",
    [
        {"passport_number": "A123456789"}, {"passport_number": "a1"}, {"passport_number": "A1<"},
        {"entries": 256}, {"entries": -1}, {"duration": (256, 0, 0)}, {"type": b""}, {"type": bytes(5)},
        {"additional": bytes(255)},
    ],
    ids=str,
)  # fmt: skip
def test_what_a_seal_cannot_say_is_not_written(change):
    with pytest.raises(WrongFormatError):
        message(**change)
