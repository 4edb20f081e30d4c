"""The published seals: each is read as its publisher says, and gets the verdict that it should."""

import datetime as dt

import pytest

from consular.lib.seal import features, header
from consular.lib.seal.features import Feature
from consular.lib.seal.reading import read
from consular.lib.seal.verifying import verify
from tests.consular.lib.seal.samples import PUBLISHED, TODAY, VECTORS, published_trust, raw

EXPIRED = {"DETS27", "DETS32"}
every_seal = pytest.mark.parametrize("known", PUBLISHED, ids=[each["id"] for each in PUBLISHED])
READABLE = [each for each in PUBLISHED if each.get("header")]
every_readable_seal = pytest.mark.parametrize("known", READABLE, ids=[each["id"] for each in READABLE])


def told(known, at=None):
    return verify(bytes.fromhex(known["hex"]), published_trust(), at=at).as_json()


def test_the_certificates_are_all_read():
    trust = published_trust()
    assert trust.problems == ()
    assert {each.signer for each in trust.certificates} == {"DETS", "UTTS", "KD"}
    assert len(trust.certificates) == len(list((VECTORS / "certs").iterdir()))


@every_seal
def test_each_has_its_verdict_on_the_day_of_its_signature(known):
    answer = told(known)
    assert answer["result"] == known["expect"]
    assert answer["sub_indications"] == ([] if known["expect"] == "VALID" else [known["expect"]])


@every_seal
def test_today_the_certificates_of_some_have_ended(known):
    ended = known["expect"] == "VALID" and known["key"] in EXPIRED
    assert told(known, TODAY)["result"] == ("EXPIRED_CERTIFICATE" if ended else known["expect"])


@every_readable_seal
def test_header_features_and_visa_are_as_published(known):
    answer = told(known)
    assert answer["header"] == known["header"]
    assert [(each["tag"], each["value"]) for each in answer["features"]] == [
        (each["tag"], each["value_hex"]) for each in known["features"]
    ]
    assert answer["visa"] == known.get("visa")


@every_readable_seal
def test_the_signature_and_what_it_is_over_are_as_received(known):
    seal = read(bytes.fromhex(known["hex"]))
    assert seal.signature.hex() == known["signature_hex"]
    assert seal.signed == bytes.fromhex(known["hex"])[: known["signed_bytes_length"]]


# One of those without a certificate writes its country without fillers, which is read and not written.
WRITTEN = [
    each
    for each in READABLE
    if each["header"]["version"] == 4
    and each["header"]["signer"] != header.DEZV
    and each["expect"] == "VALID"
]


@pytest.mark.parametrize("known", WRITTEN, ids=[each["id"] for each in WRITTEN])
def test_written_anew_from_their_fields_they_are_the_same(known):
    head = known["header"]
    issued_on, signed_on = (dt.date.fromisoformat(head[each]) for each in ("issue_date", "signature_date"))
    written = header.encode(
        country=head["country"],
        signer=head["signer"],
        reference=head["cert_ref"],
        issued_on=issued_on,
        signed_on=signed_on,
        definition=head["feature_definition_ref"],
        category=head["document_type_category"],
    )
    message = tuple(Feature(each["tag"], bytes.fromhex(each["value_hex"])) for each in known["features"])
    whole = written + features.encode(message)
    assert whole == bytes.fromhex(known["hex"])[: known["signed_bytes_length"]]


def test_nobody_is_known_without_certificates(tmp_path):
    from consular.lib.seal.trust import NOBODY

    answer = verify(raw("visa_utts5b_full"), NOBODY, at=TODAY)
    assert answer.result == "UNKNOWN_CERTIFICATE"
    assert answer.seal
