"""The parts that seals are made of: C40, lengths, dates, headers."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, strategies as st

from consular.lib.seal import c40, dates, der, header
from consular.lib.seal.results import WrongFormatError
from tests.consular.lib.seal.samples import PRIMITIVES

TEXTS = st.text(alphabet=sorted(c40.VALUES), max_size=100)


def wrong(reading, *arguments, **options):
    with pytest.raises(WrongFormatError):
        reading(*arguments, **options)


# C40


@pytest.mark.parametrize(("text", "coded"), [(each["text"], each["hex"]) for each in PRIMITIVES["c40"]])
def test_the_published_texts_go_both_ways(text, coded):
    assert c40.encode(text).hex() == coded
    assert c40.decode(bytes.fromhex(coded)) == text


@given(TEXTS)
def test_every_text_comes_back(text):
    assert c40.decode(c40.encode(text)) == text
    assert len(c40.encode(text)) == c40.length(len(text))


def test_a_space_is_a_filler():
    assert c40.encode("XK CD") == c40.encode("XK<CD")


@given(st.binary(max_size=12))
def test_bytes_are_read_only_if_a_text_is_written_so(data):
    try:
        text = c40.decode(data)
    except WrongFormatError:
        return
    assert c40.encode(text) == data


def test_of_all_pairs_those_of_one_two_or_three_characters_are_read():
    texts = [c40.encode("".join(text)) for n in (1, 2, 3) for text in itertools.product(c40.VALUES, repeat=n)]
    read = []
    for number in range(0x10000):
        try:
            read.append(c40.encode(c40.decode(number.to_bytes(2, "big"))))
        except WrongFormatError:
            continue
    assert sorted(read) == sorted(texts)


def test_what_ends_a_text_stands_at_its_end_only():
    wrong(c40.decode, bytes.fromhex("fe45eb11"))  # one character
    wrong(c40.decode, c40.encode("AB") + c40.encode("CDE"))  # two, and padding


@pytest.mark.parametrize("text", ["é", "a", "A-B", "\x00"])
def test_other_characters_have_no_code(text):
    wrong(c40.encode, text)


# Lengths


@given(st.integers(0, 0xFFFF))
def test_every_length_comes_back(length):
    coded = der.encode(length)
    assert der.decode(coded, 0, version=4) == (length, len(coded))


@pytest.mark.parametrize(
    "coded", ["80", "8100", "817f", "81", "820000", "8200ff", "8201", "82", "83010000", "ff", ""]
)
def test_lengths_that_are_not_minimal_or_not_there_are_wrong(coded):
    wrong(der.decode, bytes.fromhex(coded), 0, version=4)


def test_version_3_has_one_byte():
    assert der.decode(b"\x80", 0, version=3) == (128, 1)
    assert der.decode(b"\xff", 0, version=3) == (255, 1)


def test_nothing_is_so_long():
    wrong(der.encode, 0x10000)


# Dates


@pytest.mark.parametrize(("date", "coded"), [(each["date"], each["hex"]) for each in PRIMITIVES["date3"]])
def test_the_published_dates_go_both_ways(date, coded):
    assert dates.encode(dt.date.fromisoformat(date)).hex() == coded
    assert dates.decode(bytes.fromhex(coded)).isoformat() == date


@given(st.dates())
def test_every_date_comes_back(date):
    assert dates.decode(dates.encode(date)) == date


@pytest.mark.parametrize("number", [0, 2_302_026, 13_012_026, 1_322_026, 1_010_000, 0xFFFFFF])
def test_days_that_never_were_are_wrong(number):
    wrong(dates.decode, number.to_bytes(3, "big"))


# Headers


@pytest.mark.parametrize("known", PRIMITIVES["headers"], ids=lambda known: known["hex"])
def test_the_published_headers_are_read(known):
    told = header.decode(bytes.fromhex(known["hex"])).as_json()
    kind = f"{told['feature_definition_ref']:02x}{told['document_type_category']:02x}"
    assert {**told, "doc_ref": kind, "hex": known["hex"], "origin": known["origin"]}.items() >= known.items()


FIELDS = {
    "country": "D",
    "signer": "DETS",
    "reference": "32",
    "issued_on": dt.date(2024, 9, 27),
    "signed_on": dt.date(2024, 9, 27),
}


@given(
    st.from_regex(header.COUNTRY, fullmatch=True),
    st.from_regex(header.SIGNER, fullmatch=True).filter(lambda signer: signer != header.DEZV),
    st.text("0123456789ABCDEF", min_size=1, max_size=255),
    st.dates(),
    st.dates(),
)
def test_every_header_comes_back(country, signer, reference, issued_on, signed_on):
    written = header.encode(
        country=country.rstrip("<"),
        signer=signer,
        reference=reference,
        issued_on=issued_on,
        signed_on=signed_on,
    )
    read = header.decode(written + b"more")
    assert (read.country, read.signer, read.reference) == (country.rstrip("<"), signer, reference)
    assert (read.issued_on, read.signed_on, read.length) == (issued_on, signed_on, len(written))
    assert (read.version, read.is_visa) == (4, True)


@pytest.mark.parametrize(
    "change",
    [
        {"country": ""}, {"country": "GERM"}, {"country": "D1"}, {"country": "de"},
        {"signer": "DET"}, {"signer": "D1TS"}, {"signer": "dets"}, {"signer": "DEZV"},
        {"reference": ""}, {"reference": "XY"}, {"reference": "1a"}, {"reference": "0" * 256},
    ],
    ids=str,
)  # fmt: skip
def test_what_fits_into_no_header_is_not_written(change):
    wrong(header.encode, **{**FIELDS, **change})


@pytest.mark.parametrize("text", ["DETS00", "DETSGG", "DETS0<", "<<TS01", "DEZV0A", "DEZV00"])
def test_a_length_of_the_reference_that_is_none_is_wrong(text):
    written = header.encode(**{**FIELDS, "reference": "0123456789"})
    wrong(header.decode, written[:4] + c40.encode(text) + written[8:])


def test_germanys_administration_counts_in_decimal():
    written = header.encode(**{**FIELDS, "reference": "0123456789"})
    assert header.decode(written[:4] + c40.encode("DEZV10") + written[8:]).reference == "0123456789"
    wrong(header.decode, written[:4] + c40.encode("DETS10") + written[8:])


def test_a_header_that_ends_anywhere_is_wrong():
    written = header.encode(**FIELDS)
    for end in range(len(written)):
        wrong(header.decode, written[:end])
