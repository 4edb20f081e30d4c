"""Verdicts: one for each thing that can be wrong with a seal, its signer or its authority."""

import dataclasses
import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from consular.lib.seal import c40
from consular.lib.seal.features import Feature
from consular.lib.seal.results import WrongFormatError
from consular.lib.seal.trust import NOBODY, Trust
from consular.lib.seal.verifying import verify
from tests.consular.lib.seal.samples import (
    AUTHORITY,
    TODAY,
    authority,
    certificate,
    document_types,
    feature,
    head,
    header_of_version_3,
    key_usage,
    message,
    name,
    raw,
    revoking,
    sealed,
    signed_anyhow,
    trusting,
    unsigned,
    usage,
    visa_of,
    write,
    zone,
)


@pytest.fixture
def trust(tmp_path):
    return trusting(tmp_path / "trust", certificate(extensions=[usage()]), authority())


def words(data, trust, **options):
    return list(verify(data, trust, **{"at": TODAY, **options}).words)


# What is good


def test_a_seal_of_a_signer_whom_the_authority_names_is_valid(trust):
    verdict = verify(sealed(), trust, at=TODAY)
    assert verdict.is_valid
    assert verdict.result == "VALID"
    assert verdict.visa == visa_of()


def test_features_that_nobody_knows_do_not_make_it_invalid(trust):
    verdict = verify(sealed(message(feature(0x90, "0001000002"))), trust, at=TODAY)
    assert (verdict.result, list(verdict.words)) == ("VALID", ["UNKNOWN_FEATURE"])


def test_features_may_come_in_any_order(trust):
    assert words(sealed(tuple(reversed(message()))), trust) == []


def test_a_seal_of_version_3_is_valid(trust):
    assert words(signed_anyhow(header_of_version_3() + zone(message())), trust) == []


def test_a_signer_whose_authority_is_not_here_is_believed_because_it_is_here(tmp_path):
    assert words(sealed(), trusting(tmp_path, certificate())) == []


def test_authorities_may_sign_with_rsa(tmp_path):
    key = rsa.generate_private_key(65537, 2048)
    signer = certificate(signed_by=key)
    above = authority(signed_by=key, public_key=key.public_key())
    assert words(sealed(), trusting(tmp_path, signer, above)) == []
    assert words(sealed(), trusting(tmp_path, certificate(signed_by=5), above)) == ["UNTRUSTED_CERTIFICATE"]


@pytest.mark.parametrize("salt", [0, 32])
def test_authorities_may_sign_with_rsa_pss(tmp_path, salt):
    key = rsa.generate_private_key(65537, 2048)
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), salt)
    signer = certificate(signed_by=key, rsa_padding=scheme)
    above = authority(signed_by=key, public_key=key.public_key())
    assert words(sealed(), trusting(tmp_path, signer, above)) == []


@pytest.mark.parametrize(
    "change",
    [{"signature": b""}, {"signature": b"junk"}, {"signature": bytes.fromhex("3006020100020100")},
     {"signature": bytes.fromhex("30060201ff020101")}, {"hash": "sha1"}, {"hash": "md5"}, {"algorithm": "dsa"}],
    ids=str,
)  # fmt: skip
def test_what_is_no_signature_of_an_authority_is_none(tmp_path, change):
    signer, above = trusting(tmp_path, certificate(), authority()).certificates
    assert above.has_signed(signer)
    assert not above.has_signed(dataclasses.replace(signer, **change))


def test_certificates_are_read_in_der_too(tmp_path):
    write(tmp_path, certificate(), authority(), encoding=serialization.Encoding.DER)
    assert words(sealed(), Trust.of(tmp_path)) == []


def test_of_certificates_with_one_name_the_one_that_signed_counts(tmp_path):
    trust = trusting(tmp_path, certificate(2), certificate(1), certificate(3))
    assert words(sealed(), trust) == []
    assert words(sealed(by=4), trust) == ["INVALID_SIGNATURE"]


# Format


@pytest.mark.parametrize(
    "message_zone",
    [
        zone(message()) + zone(message()[:1]),
        zone([each for each in message() if each.tag != 4]),
        zone([each for each in message() if each.tag != 5]),
        zone([each for each in message() if each.tag != 1]),
        zone([*message(), Feature(2, bytes(44))]),
        zone(message()).replace(b"\x04\x03", b"\x04\x81\x03"),
        zone(message()).replace(b"\x04\x03", b"\x04\x82\x00\x03"),
        zone(message()).replace(b"\x04\x03", b"\x04\x80"),
        zone([*message(), Feature(6, b"")]),
        zone([Feature(1, b"\0" * 48), *message()[1:]]),
        b"",
    ],
)
def test_what_is_signed_well_and_written_badly_is_wrong(trust, message_zone):
    assert words(signed_anyhow(head() + message_zone), trust)[0] == "WRONG_FORMAT"


def test_lengths_over_127_bytes_are_written_in_der(trust):
    long = Feature(0x90, bytes(200))
    assert words(sealed((*message(), long)), trust) == ["UNKNOWN_FEATURE"]
    assert words(signed_anyhow(head() + zone((*message(), long))), trust) == ["WRONG_FORMAT"]
    of_version_3 = header_of_version_3() + zone((*message(), long))
    assert words(signed_anyhow(of_version_3), trust) == ["UNKNOWN_FEATURE"]


def test_other_documents_may_have_both_tags(trust):
    other = header_of_version_3(category=b"\xfc\x04") + zone((Feature(1, b"A"), Feature(2, b"B")))
    verdict = verify(signed_anyhow(other), trust, at=TODAY)
    assert (verdict.result, verdict.visa) == ("VALID", None)
    assert [each.tag for each in verdict.seal.features] == [1, 2]


@pytest.mark.parametrize("data", [b"", b"\xdc", b"%PDF-1.7", bytes(10), b"\xdc\x03" * 4000])
def test_what_is_no_seal_at_all_is_wrong(trust, data):
    verdict = verify(data, trust, at=TODAY)
    assert verdict.as_json() == {
        "result": "WRONG_FORMAT",
        "sub_indications": ["WRONG_FORMAT"],
        "header": None,
        "features": [],
        "visa": None,
    }


# Signature


def test_a_signature_over_other_bytes_is_wrong(trust):
    other = unsigned(message(passport_number="B12345678"))
    signature = sealed()[len(unsigned()) :]
    assert words(other + signature, trust) == ["INVALID_SIGNATURE"]


def test_a_signature_by_another_key_is_wrong(trust):
    assert words(sealed(by=2), trust) == ["INVALID_SIGNATURE"]


@pytest.mark.parametrize("size", [56, 80, 96, 128, 132])
def test_a_signature_as_on_another_curve_is_wrong(trust, size):
    length = bytes([size]) if size < 128 else bytes([0x81, size])
    assert words(unsigned() + b"\xff" + length + bytes(size), trust) == ["INVALID_SIGNATURE"]


@pytest.mark.parametrize("size", [0, 63, 65, 70, 71, 72])
def test_what_cannot_be_raw_r_and_s_is_no_signature(trust, size):
    assert words(unsigned() + bytes([0xFF, size]) + bytes(size), trust) == ["WRONG_FORMAT"]


def test_zeros_are_no_signature(trust):
    assert words(unsigned() + b"\xff\x40" + bytes(64), trust) == ["INVALID_SIGNATURE"]


def test_values_under_a_wrong_signature_are_not_judged(trust):
    first, second = visa_of().zone
    wrong = visa_of(zone=(first, second[:-1] + "0"))
    features = (Feature(1, c40.encode("".join(wrong.zone))), *message()[1:])
    assert words(sealed(features), trust) == ["INVALID_VISA_MRZ"]
    assert words(sealed(features, by=2), trust) == ["INVALID_SIGNATURE"]
    assert words(sealed(features), NOBODY) == ["UNKNOWN_CERTIFICATE", "INVALID_VISA_MRZ"]


# Signer


@pytest.mark.parametrize(
    "other", [{"serial": 0x1A2C}, {"subject": name("QQ")}, {"subject": name(common_name="VX")}], ids=str
)
def test_a_signer_who_is_not_here_is_unknown(tmp_path, other):
    assert words(sealed(), trusting(tmp_path, certificate(**other))) == ["UNKNOWN_CERTIFICATE"]


def test_zeros_before_the_reference_do_not_matter(trust):
    assert words(sealed(reference="00001A2B"), trust) == []


def test_a_certificate_that_has_ended_or_not_begun_is_expired(trust):
    assert words(sealed(), trust, at=dt.date(2028, 1, 1)) == []
    for day in (dt.date(2028, 1, 2), dt.date(2025, 12, 31)):
        assert words(sealed(), trust, at=day) == ["EXPIRED_CERTIFICATE"]


def test_certificates_may_be_judged_as_of_the_signature(tmp_path):
    days = (dt.date(2026, 1, 1), dt.date(2026, 11, 22))
    trust = trusting(tmp_path, certificate(days=days))
    assert words(sealed(), trust) == ["EXPIRED_CERTIFICATE"]
    assert words(sealed(), trust, at=None) == []
    assert words(sealed(signed_on=dt.date(2026, 11, 23)), trust, at=None) == ["EXPIRED_CERTIFICATE"]


def test_an_authority_that_has_ended_is_expired(tmp_path):
    above = authority(days=(dt.date(2020, 1, 1), dt.date(2026, 11, 23)))
    assert words(sealed(), trusting(tmp_path, certificate(), above)) == ["EXPIRED_CERTIFICATE"]


def test_a_wrong_signature_goes_before_an_expired_certificate(trust):
    verdict = verify(sealed(by=2), trust, at=dt.date(2030, 1, 1))
    assert verdict.result == "INVALID_SIGNATURE"
    assert list(verdict.words) == ["INVALID_SIGNATURE", "EXPIRED_CERTIFICATE"]


def test_a_revoked_signer_is_refused_whenever_it_signed(tmp_path):
    trust = trusting(tmp_path, certificate(), authority(), revoking(0x1A2B))
    assert words(sealed(), trust) == ["REVOKED_CERTIFICATE"]
    assert words(sealed(signed_on=dt.date(2026, 1, 2)), trust, at=None) == ["REVOKED_CERTIFICATE"]


def test_lists_that_name_others_or_nobody_do_not_matter(tmp_path):
    trust = trusting(tmp_path, certificate(), authority(), revoking(1, 2), revoking())
    assert words(sealed(), trust) == []


def test_a_list_of_another_authority_does_not_matter(tmp_path):
    trust = trusting(tmp_path, certificate(), revoking(0x1A2B, issuer=name(common_name="Other")))
    assert words(sealed(), trust) == []


def test_a_list_that_the_authority_has_not_signed_leaves_nothing_to_trust(tmp_path):
    trust = trusting(tmp_path, certificate(), authority(), revoking(1, signed_by=7))
    assert words(sealed(), trust) == ["UNTRUSTED_CERTIFICATE"]


def test_a_certificate_that_its_authority_has_not_signed_is_untrusted(tmp_path):
    trust = trusting(tmp_path, certificate(signed_by=7), authority())
    assert words(sealed(), trust) == ["UNTRUSTED_CERTIFICATE"]


def test_an_authority_with_two_keys_may_have_signed_with_either(tmp_path):
    other = authority(signed_by=7, public_key=certificate(7).public_key())
    assert words(sealed(), trusting(tmp_path, certificate(), other, authority())) == []


@pytest.mark.parametrize(
    "extension",
    [usage("1.3.6.1.5.5.7.3.1"), usage("2.5.29.37.0"), key_usage(key_cert_sign=True, crl_sign=True)],
)
def test_a_certificate_for_another_use_is_untrusted(tmp_path, extension):
    trust = trusting(tmp_path, certificate(extensions=[extension]))
    assert words(sealed(), trust) == ["UNTRUSTED_CERTIFICATE"]


def test_a_certificate_without_a_key_for_seals_is_untrusted(tmp_path):
    key = rsa.generate_private_key(65537, 2048).public_key()
    trust = trusting(tmp_path, certificate(public_key=key))
    assert words(sealed(), trust) == ["UNTRUSTED_CERTIFICATE", "INVALID_SIGNATURE"]


def test_what_is_not_an_authority_vouches_for_nobody(tmp_path):
    """A certificate that says it comes from another signer is believed for itself or not at all."""
    other = certificate(100, subject=AUTHORITY, serial=1)
    assert words(sealed(), trusting(tmp_path, certificate(), other)) == []


@pytest.mark.parametrize(("codes", "is_allowed"), [
    (["V"], True), (["P", "V<"], True), (["VC"], False), (["P", "I"], False), ([], False),
])  # fmt: skip
def test_a_list_of_document_types_is_kept_to(tmp_path, codes, is_allowed):
    trust = trusting(tmp_path, certificate(extensions=[document_types(*codes)]))
    assert words(sealed(), trust) == ([] if is_allowed else ["INVALID_DOCUMENTTYPE"])


def test_a_list_of_document_types_that_nobody_can_read_allows_none(tmp_path):
    oid = document_types()[0].oid
    broken = x509.UnrecognizedExtension(oid, b"\x30\x03\x01"), False
    assert words(sealed(), trusting(tmp_path, certificate(extensions=[broken]))) == ["INVALID_DOCUMENTTYPE"]


def test_documents_without_a_zone_are_of_no_type(tmp_path):
    trust = trusting(tmp_path, certificate(extensions=[document_types("V")]))
    other = signed_anyhow(header_of_version_3(category=b"\xfc\x04") + zone([Feature(1, b"A")]))
    assert words(other, trust) == []
    permit = signed_anyhow(header_of_version_3(category=b"\xfb\x06") + zone([Feature(2, c40.encode("ATD"))]))
    assert words(permit, trust) == ["INVALID_DOCUMENTTYPE"]


def test_a_reference_of_zeros_is_for_tests(tmp_path):
    """No library makes a certificate with such a number, so one is written over."""
    zeros = sealed(reference="0000", test=True)
    assert words(zeros, NOBODY) == ["UNKNOWN_CERTIFICATE"]
    made = certificate(serial=0x5A).public_bytes(serialization.Encoding.DER)
    (tmp_path / "zero.der").write_bytes(made.replace(b"\x02\x01\x5a", b"\x02\x01\x00", 1))
    trust = Trust.of(tmp_path)
    assert words(zeros, trust) == ["UNTRUSTED_CERTIFICATE"]
    assert words(zeros, trust, for_tests=True) == []
    with pytest.raises(WrongFormatError):
        sealed(reference="0000")


def test_germanys_administration_is_found_by_its_signature_and_seals_no_visas(trust):
    names = unsigned().index(c40.encode("QNVS04"))
    seal = bytearray(unsigned())
    seal[names : names + 4] = c40.encode("DEZV04")
    assert words(signed_anyhow(bytes(seal)), trust) == ["UNKNOWN_CERTIFICATE"]
    seal[names + 12 : names + 14] = b"\x01\xc8"
    assert words(signed_anyhow(bytes(seal)), trust) == ["UNKNOWN_CERTIFICATE"]


# Folders


def test_what_is_not_a_certificate_is_left_out_and_told(tmp_path):
    write(tmp_path, certificate())
    (tmp_path / "note.txt").write_text("not a certificate")
    (tmp_path / "empty.pem").write_bytes(b"")
    (tmp_path / "cut.pem").write_bytes((tmp_path / "0.pem").read_bytes()[:200])
    (tmp_path / "folder").mkdir()
    trust = Trust.of(tmp_path)
    assert words(sealed(), trust) == []
    assert [each.partition(":")[0] for each in trust.problems] == ["cut.pem", "empty.pem", "note.txt"]


def test_one_file_may_hold_many(tmp_path):
    everything = [certificate(), authority(), revoking(0x1A2B)]
    encoded = b"\n".join(each.public_bytes(serialization.Encoding.PEM) for each in everything)
    (tmp_path / "all.pem").write_bytes(encoded)
    assert words(sealed(), Trust.of(tmp_path)) == ["REVOKED_CERTIFICATE"]


def test_a_list_in_der_counts_like_one_in_pem(tmp_path):
    write(tmp_path, certificate(), authority())
    (tmp_path / "list.crl").write_bytes(revoking(0x1A2B).public_bytes(serialization.Encoding.DER))
    trust = Trust.of(tmp_path)
    assert trust.problems == ()
    assert words(sealed(), trust) == ["REVOKED_CERTIFICATE"]


def test_foreign_seals_are_not_ours(trust):
    assert words(raw("visa_utts5b_full"), trust) == ["UNKNOWN_CERTIFICATE"]
