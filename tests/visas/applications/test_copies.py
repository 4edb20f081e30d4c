"""The record of what was submitted: complete, the same for ever, and its digest on the receipt."""

import hashlib
import json

import pytest
from hypothesis import given, strategies as st

from consular.audit.models import Entry
from tests.factories.applications import submitted_application, tourist
from visas.applications.copies import canonical, found_in, versions
from visas.applications.models import VisaApplication
from visas.applications.papers import receipt_context

pytestmark = pytest.mark.django_db

# What answers are made of
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc.#_", min_size=1), inner),
)


@pytest.fixture
def application(applicant):
    return submitted_application(applicant=applicant)


def only(application):
    (version,) = versions(VisaApplication.objects.with_sheet().get(pk=application.pk))
    return version


def test_the_record_has_every_answer_by_its_id_the_files_and_what_was_declared(application):
    record = json.loads(only(application).content)
    assert record["reference"] == application.case.reference
    assert record["answers"]["name.native"] == "شیرین آزاد"
    assert record["answers"]["birth.on"] == "1990-05-17"
    assert tourist().keys() <= record["answers"].keys()
    hashes = set(application.case.attachments.values_list("document__sha256", flat=True))
    assert {each["sha256"] for each in record["documents"]} == hashes
    assert {each["by"] for each in record["declarations"]} == {"applicant"}


def test_the_digest_is_the_sha256_of_the_file(application):
    assert application.digest == hashlib.sha256(only(application).content).hexdigest()
    assert receipt_context(application)["digest"] == application.digest


def test_the_trail_knows_the_digest(application):
    assert (
        Entry.objects.about(application).get(verb="application.submitted").detail["digest"]
        == application.digest
    )


def test_years_later_the_record_is_the_same(application, time_machine):
    time_machine.move_to("2060-01-01")
    assert only(application).digest == application.digest


@given(JSON)
def test_the_canonical_form_says_the_same_however_it_was_laid_out(value):
    again = json.loads(json.dumps(value, indent=4))
    assert canonical(again) == canonical(value)
    assert json.loads(canonical(value)) == value


def test_a_copy_is_found_however_its_json_is_laid_out(application):
    version = only(application)
    pretty = json.dumps(version.record, indent=2).encode()
    assert found_in([version], version.content) == found_in([version], pretty) == version


def changed(version):
    answers = version.record["answers"] | {"name.surname": "OTHER"}
    return json.dumps(version.record | {"answers": answers}).encode()


BAD = [
    b"",
    b"no json",
    b"[]",
    b"{}",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"a": NaN}',
    b'{"a": 1, "a": 1}',
    b'{"a": "\\ud800"}',
]


@pytest.mark.parametrize("content", BAD)
def test_what_is_no_copy_is_found_nowhere(application, content):
    assert found_in([only(application)], content) is None


def test_a_changed_copy_is_found_nowhere(application):
    version = only(application)
    assert found_in([version], changed(version)) is None
    twice = version.content.replace(b'{"answers"', b'{"version":1,"answers"', 1)
    assert found_in([version], twice) is None
