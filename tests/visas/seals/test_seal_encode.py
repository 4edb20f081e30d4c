"""The command that writes the seal of a visa."""

import contextlib
import copy
import io
import json
import sys

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import CommandError, call_command
from hypothesis import given, strategies as st

from consular.lib.seal.verifying import verify
from tests.consular.lib.seal.samples import (
    PUBLISHED,
    TODAY,
    certificate,
    key,
    message,
    published,
    published_trust,
    sealed,
    trusting,
    unsigned,
    visa_of,
)
from visas.seals.fields import WrongFieldsError, parse

HEADER = {
    "country": "QNR", "signer": "QNVS", "cert_ref": "1A2B", "issue_date": "2026-11-20", "signature_date": "2026-11-21",
}  # fmt: skip
FIELDS = {"header": HEADER, "visa": visa_of().as_json()}
HOLDER = {
    "state": "QNR", "surname": "Azad", "given_names": "Shirin", "number": "V1234567", "nationality": "IRN",
    "birth": "1990-05-01", "sex": "F", "expiry": "2027-01-31",
}  # fmt: skip


@pytest.fixture
def encoded(monkeypatch):
    def of(fields, **options):
        text = fields if isinstance(fields, str) else json.dumps(fields)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        out = io.StringIO()
        call_command("seal_encode", stdout=out, stderr=io.StringIO(), **options)
        return bytes.fromhex(out.getvalue())

    return of


def changed(path, value):
    """Return the fields with one of them changed; None removes it."""
    fields = copy.deepcopy(FIELDS)
    *way, last = path.split(".")
    place = fields
    for step in way:
        place = place[step]
    place[last] = value
    if value is None:
        del place[last]
    return fields


@pytest.fixture
def pem(tmp_path):
    def of(private, password=None):
        protection = (
            serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
        )
        content = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection
        )
        (tmp_path / "key.pem").write_bytes(content)
        return tmp_path / "key.pem"

    return of


def test_without_a_key_it_writes_what_is_to_be_signed(encoded):
    assert encoded(FIELDS) == unsigned()


def test_with_a_key_it_writes_a_seal_that_is_valid(encoded, pem, tmp_path):
    trust = trusting(tmp_path / "trust", certificate())
    assert verify(encoded(FIELDS, key=pem(key())), trust, at=TODAY).is_valid


def test_a_signature_made_elsewhere_completes_it(encoded):
    signature = sealed()[len(unsigned()) + 2 :].hex()
    assert encoded({**FIELDS, "signature": signature}) == sealed()


def test_lines_may_be_whole_or_made_of_what_stands_in_them(encoded):
    whole = list(visa_of().lines)
    assert encoded(changed("visa.mrz_mrv_a", whole)) == unsigned()
    assert encoded(changed("visa.mrz_mrv_a", HOLDER)) == unsigned()
    assert encoded(changed("visa.mrz_mrv_a", {**HOLDER, "birth": "900501", "optional": "X"})) == unsigned()


def test_other_features_follow(encoded):
    more = [{"tag": 144, "value": "0001000002"}]
    assert encoded({**FIELDS, "features": more}) == unsigned() + bytes.fromhex("90050001000002")


VISAS = [each for each in PUBLISHED if each.get("visa") and each["expect"] == "VALID"]


@pytest.mark.parametrize("known", VISAS, ids=[each["id"] for each in VISAS])
def test_what_seal_verify_prints_is_written_as_it_was(encoded, known):
    seal = bytes.fromhex(known["hex"])
    answer = verify(seal, published_trust(), at=None).as_json()
    assert encoded({"file": "x", **answer}) == seal[: known["signed_bytes_length"]]
    assert encoded({**answer, "signature": known["signature_hex"]}) == seal
    assert encoded(known) == seal[: known["signed_bytes_length"]]


def test_visas_without_listed_features_are_in_the_order_of_their_tags(encoded):
    known = published("visa_utts5b_full")
    written = encoded({"header": known["header"], "visa": known["visa"]})
    assert len(written) == known["signed_bytes_length"]
    assert (
        written[known["header"]["header_length"] + 46 :].hex()
        == "03010c0403a00000050633be1fed20c60601aa0701bb"
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("", "This is not JSON"),
        ("[" * 100_000, "This is not JSON"),
        ("[]", "the input is not an object"),
        ("{}", "header is missing"),
        ({"header": HEADER}, "visa is missing"),
        (changed("header.country", None), "header.country is missing"),
        (changed("header.country", "germany"), "'germany'"),
        (changed("header.signer", 7), "header.signer is not text"),
        (changed("header.cert_ref", "xyz"), "reference"),
        (changed("header.cert_ref", "0000"), "for tests"),
        (changed("header.issue_date", "yesterday"), "header.issue_date is not a date"),
        (changed("header.colour", "red"), "header has no 'colour'"),
        (changed("header.version", 3), "header.version can only be 4"),
        (changed("header.document_type_category", 6), "can only be 1"),
        (changed("visa.mrz_mrv_a", None), "mrz_mrv_a or mrz_mrv_b"),
        (changed("visa.mrz_mrv_a", ["V<", "X"]), "visa.mrz_mrv_a is a line of 44"),
        (changed("visa.mrz_mrv_a", 5), "visa.mrz_mrv_a is not a list"),
        (changed("visa.mrz_mrv_a", [5, None]), "visa.mrz_mrv_a is a line of 44"),
        (changed("visa.mrz_mrv_a", [visa_of().zone[0], "1" * 28]), "check digits"),
        (changed("visa.mrz_mrv_a", {**HOLDER, "number": "1234567890"}), "longer than 9"),
        (changed("visa.mrz_mrv_a", {"surname": "Azad"}), "is missing"),
        (changed("visa.mrz_mrv_a", {**HOLDER, "shoe_size": "40"}), "has no 'shoe_size'"),
        (changed("visa.duration_of_stay", [30]), "three numbers"),
        (changed("visa.duration_of_stay", [30, 0, True]), "three numbers"),
        (changed("visa.duration_of_stay", [300, 0, 0]), "0 to 255"),
        (changed("visa.number_of_entries", "one"), "number_of_entries is not a number"),
        (changed("visa.number_of_entries", 256), "0 to 255"),
        (changed("visa.passport_number", "A-1"), "C40"),
        (changed("visa.passport_number", "A123456789"), "more than 9"),
        (changed("visa.visa_type_hex", "TV"), "visa.visa_type_hex is not hexadecimal"),
        (changed("visa.visa_type_hex", "0102030405"), "wrong length"),
        (changed("visa.purpose", "tourism"), "visa has no 'purpose'"),
        ({**FIELDS, "features": [{"tag": 255, "value": ""}]}, "0 to 254"),
        ({**FIELDS, "features": [{"tag": 144, "value": ""}] * 2}, "each once"),
        ({**FIELDS, "features": [{"tag": 144}]}, "features.value is not text"),
        ({**FIELDS, "features": [{"tag": 4, "value": "010000"}]}, "a visa has one of the tags 01 and 02"),
        (changed("visa.duration_of_stay", [10**40, 0, 0]), "0 to 255"),
        ({**FIELDS, "features": [{"tag": 10**40, "value": ""}]}, "0 to 254"),
        ({**FIELDS, "signature": "00"}, "not a signature"),
        ({**FIELDS, "signature": "xx"}, "signature is not hexadecimal"),
        ({**FIELDS, "test": "yes"}, "test is not true or false"),
    ],
)  # fmt: skip
def test_what_makes_no_seal_is_refused_in_words(encoded, fields, words):
    with pytest.raises(CommandError, match=words) as refused:
        encoded(fields)
    assert refused.value.returncode == 2


def test_visa_and_features_must_say_the_same(encoded):
    features = [each.as_json() for each in message(passport_number="B12345678")]
    with pytest.raises(CommandError, match="do not say the same"):
        encoded({**FIELDS, "features": features})


def test_a_reference_of_zeros_is_for_those_who_say_test(encoded):
    assert encoded({**changed("header.cert_ref", "0000"), "test": True}) == unsigned(
        reference="0000", test=True
    )


def test_other_keys_are_refused(encoded, pem, tmp_path):
    (tmp_path / "none.pem").write_text("hello")
    for file in (tmp_path / "missing.pem", tmp_path / "none.pem", pem(key(), b"secret")):
        with pytest.raises(CommandError, match=r"PEM|read"):
            encoded(FIELDS, key=file)
    with pytest.raises(CommandError, match="P-256"):
        encoded(FIELDS, key=pem(ec.generate_private_key(ec.SECP384R1())))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
PLACES = [
    *(f"header.{name}" for name in HEADER), "header.version", "visa", "visa.mrz_mrv_a", "visa.duration_of_stay",
    "visa.number_of_entries", "visa.passport_number", "visa.visa_type_hex", "visa.additional_feature_hex",
    "features", "signature", "test",
]  # fmt: skip


@given(st.sampled_from(PLACES), VALUES)
def test_any_value_anywhere_is_taken_or_refused_in_words(place, value):
    with contextlib.suppress(WrongFieldsError):
        assert parse(json.dumps(changed(place, value))).signed


@given(st.sampled_from(sorted(HOLDER)), st.text(max_size=50))
def test_any_text_of_a_holder_is_taken_or_refused_in_words(name, text):
    with contextlib.suppress(WrongFieldsError):
        assert parse(json.dumps(changed("visa.mrz_mrv_a", {**HOLDER, name: text}))).signed
