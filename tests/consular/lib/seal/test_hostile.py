"""Whatever is done to a seal: an answer, and never VALID for what its signer has not signed."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from consular.lib.seal.features import Feature
from consular.lib.seal.results import Word
from consular.lib.seal.trust import NOBODY
from consular.lib.seal.verifying import verify
from tests.consular.lib.seal import mutations
from tests.consular.lib.seal.samples import (
    PUBLISHED,
    TODAY,
    head,
    message,
    published_trust,
    raw,
    sealed,
    signed_anyhow,
    zone,
)

VISAS = ["visa_utts5b_full", "visa_bsi_annexF"]


@pytest.fixture(scope="module")
def trust(tmp_path_factory):
    return mutations.signer(tmp_path_factory.mktemp("trust"))


def result(data, trust):
    return verify(data, trust, at=TODAY).result


@pytest.mark.parametrize(
    "known", [each for each in PUBLISHED if each["expect"] == "VALID"], ids=lambda k: k["id"]
)
def test_cut_at_any_byte_it_is_wrong(known):
    whole = bytes.fromhex(known["hex"])
    for end in range(len(whole)):
        assert verify(whole[:end], published_trust(), at=None).result == "WRONG_FORMAT"


def test_our_own_cut_at_any_byte_is_wrong(trust):
    for whole in mutations.originals():
        assert {result(whole[:end], trust) for end in range(len(whole))} == {"WRONG_FORMAT"}


def test_with_any_bit_flipped_it_is_not_valid(trust):
    for whole in mutations.originals():
        for place in range(8 * len(whole)):
            flipped = mutations.at(whole, place // 8, whole[place // 8] ^ 1 << place % 8)
            assert result(flipped, trust) != "VALID"


@pytest.mark.parametrize("name", VISAS)
def test_published_with_any_bit_flipped_it_is_not_valid(name):
    whole = raw(name)
    for place in range(8 * len(whole)):
        flipped = mutations.at(whole, place // 8, whole[place // 8] ^ 1 << place % 8)
        assert not verify(flipped, published_trust(), at=None).is_valid


def test_anything_that_follows_is_wrong(trust):
    for more in (b"\0", b"\xff", b"\x81", sealed()):
        assert result(sealed() + more, trust) == "WRONG_FORMAT"


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(data):
    assert verify(data, NOBODY, at=TODAY).result == "WRONG_FORMAT"
    assert verify(b"\xdc\x03" + data, published_trust(), at=None).words


FEATURES = st.lists(st.builds(Feature, st.integers(0, 254), st.binary(max_size=100)), max_size=8)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(message(entries=1))), FEATURES)
def test_any_features_get_an_answer_and_are_valid_only_if_they_make_a_visa(tmp_path_factory, known, others):
    trust = trust_of(tmp_path_factory)
    verdict = verify(signed_anyhow(head() + zone([*known, *others])), trust, at=TODAY)
    assert json.dumps(verdict.as_json())
    if verdict.is_valid:
        tags = [each.tag for each in (*known, *others)]
        assert len(set(tags)) == len(tags)
        assert {4, 5} < set(tags)
        assert len({1, 2} & set(tags)) == 1
        assert verdict.visa.zone_holds


KEPT = []


def trust_of(tmp_path_factory):
    """Return the trust, made once: hypothesis runs a test many times with one fixture."""
    if not KEPT:
        KEPT.append(mutations.signer(tmp_path_factory.mktemp("kept")))
    return KEPT[0]


def test_ten_thousand_mutations_get_the_answers_that_they_should(trust):
    told, anew = Counter(), {each.__name__ for each in mutations.ANEW}
    for change, was, now in mutations.mutations():
        verdict = verify(now, trust, at=TODAY)
        told[verdict.result] += 1
        if now != was and change not in anew:
            assert verdict.result != "VALID"
    assert sum(told.values()) == mutations.COUNT
    assert set(told) == {
        "VALID", Word.WRONG_FORMAT, Word.UNKNOWN_CERTIFICATE, Word.INVALID_SIGNATURE, Word.INVALID_VISA_MRZ,
    }  # fmt: skip
    assert min(told.values()) > 30


def test_the_file_for_a_twin_is_the_same_each_time(tmp_path):
    made = [mutations.as_json(tmp_path / str(n), 50) for n in range(2)]
    assert made[0] == made[1]
    assert {"hex", "change", "answer"} == json.loads(made[0])["seals"][7].keys()
