"""The command that checks seals."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.consular.lib.seal.samples import (
    PUBLISHED,
    VECTORS,
    authority,
    certificate,
    published,
    raw,
    revoking,
    sealed,
    write,
)

CERTIFICATES = VECTORS / "certs"


def verified(*files, **options):
    out = io.StringIO()
    call_command("seal_verify", *map(str, files), stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def file(tmp_path):
    def of(content, name="seal.bin"):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return of


def test_every_published_seal_gets_a_line(tmp_path):
    files = []
    for known in PUBLISHED:
        files.append(tmp_path / f"{known['id']}.bin")
        files[-1].write_bytes(bytes.fromhex(known["hex"]))
    answers = verified(*files, trust=CERTIFICATES, at="signature")
    assert [each["file"] for each in answers] == [str(each) for each in files]
    assert [each["result"] for each in answers] == [each["expect"] for each in PUBLISHED]
    assert {tuple(each) for each in answers} == {
        ("file", "result", "sub_indications", "header", "features", "visa")
    }


def test_a_visa_is_told_in_full(file):
    known, path = published("visa_utts5b_full"), file(raw("visa_utts5b_full"))
    assert verified(path, trust=CERTIFICATES, at="2026-11-24") == [
        {
            "file": str(path),
            "result": "VALID",
            "sub_indications": [],
            "header": known["header"],
            "features": [{"tag": each["tag"], "value": each["value_hex"]} for each in known["features"]],
            "visa": known["visa"],
        }
    ]


@pytest.mark.parametrize(
    ("at", "result"), [("signature", "VALID"), ("2024-01-01", "VALID"), ("2025-02-01", "EXPIRED_CERTIFICATE"), ("", "EXPIRED_CERTIFICATE")]
)  # fmt: skip
def test_certificates_are_judged_as_of_the_day_that_is_asked_for(file, at, result):
    assert verified(file(raw("visa_bsi_annexF")), trust=CERTIFICATES, at=at)[0]["result"] == result


def test_seals_may_come_in_hexadecimal(file):
    path = file(published("visa_utts5b_full")["hex"].encode() + b"\n", "seal.hex")
    assert verified(path, hex=True, trust=CERTIFICATES)[0]["result"] == "VALID"
    assert verified(path, trust=CERTIFICATES)[0]["result"] == "WRONG_FORMAT"


def test_a_file_that_is_missing_gets_an_answer_too(tmp_path, file):
    answers = verified(tmp_path / "missing", file(sealed()), trust=CERTIFICATES)
    assert [each["result"] for each in answers] == ["READ_ERROR", "UNKNOWN_CERTIFICATE"]
    assert answers[0] == {
        "file": str(tmp_path / "missing"),
        "result": "READ_ERROR",
        "sub_indications": ["READ_ERROR"],
        "header": None,
        "features": [],
        "visa": None,
    }


def test_without_certificates_nobody_is_known(file):
    assert verified(file(raw("visa_utts5b_full")))[0]["result"] == "UNKNOWN_CERTIFICATE"


def test_revocation_lists_stand_in_the_same_folder(tmp_path, file):
    folder = write(tmp_path / "trust", certificate(), authority(), revoking(0x1A2B))
    assert verified(file(sealed()), trust=folder, at="2026-11-24")[0]["result"] == "REVOKED_CERTIFICATE"


def test_what_cannot_be_read_in_the_folder_is_told_aside(tmp_path, file):
    folder, err = write(tmp_path / "trust", certificate()), io.StringIO()
    (folder / "note.txt").write_text("hello")
    assert verified(file(sealed()), trust=folder, at="2026-11-24", stderr=err)[0]["result"] == "VALID"
    assert err.getvalue().startswith("Left out: note.txt")


@pytest.mark.parametrize("options", [{"trust": "/nowhere"}, {"at": "yesterday"}, {"at": "2026-13-01"}])
def test_a_question_that_cannot_be_answered_is_refused(file, options):
    with pytest.raises(CommandError) as refused:
        verified(file(sealed()), **options)
    assert refused.value.returncode == 2
