import importlib
import json
import os

import pytest
from django.core.management import call_command

from consular.documents.cleaning import SandboxError
from tests.consular.documents import clamd, files

process_module = importlib.import_module("consular.documents.actions.process")

LINES = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]


@pytest.fixture
def checked(tmp_path, capsys):
    """Give files their contents, check them as a kind, and return a verdict each."""

    def _checked(*contents, kind="supporting"):
        paths = [tmp_path / str(place) for place in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return _verdicts(capsys, *paths, kind=kind)

    return _checked


def _verdicts(capsys, *paths, kind="supporting"):
    call_command("document_check", *map(str, paths), kind=kind)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_passport_is_read_with_its_lines_format_and_fields(checked):
    (verdict,) = checked(files.data_page(*LINES), kind="passport")
    assert (verdict["verdict"], verdict["pages"], verdict["findings"]) == ("clean", 1, [])
    assert (verdict["mrz"]["lines"], verdict["mrz"]["valid"], verdict["mrz"]["format"]) == (
        LINES,
        True,
        "TD3",
    )
    assert verdict["mrz"]["fields"]["birth_on"] == "1974-08-12"


def test_what_cannot_be_read_is_said_to_be_unread_with_advice(checked):
    (verdict,) = checked(files.jpeg(), kind="passport")
    assert verdict["mrz"] is None
    assert verdict["findings"][0]["code"] == "mrz_not_read"
    assert "two lines" in verdict["message"]


def test_a_photo_is_measured(checked):
    (verdict,) = checked(files.jpeg(), kind="photo")
    assert (verdict["photo"]["width"], verdict["photo"]["height"]) == (120, 160)
    assert "picture_small" in [each["code"] for each in verdict["findings"]]


def test_every_line_answers_its_file_in_order(checked):
    verdicts = checked(files.jpeg(), b"", files.exe(), files.locked_pdf(user="x"), files.pdf(pages=2))
    assert [(each["verdict"], each["reason"], each["pages"]) for each in verdicts] == [
        ("clean", "", 1),
        ("refused", "empty", 0),
        ("refused", "not_accepted", 0),
        ("refused", "locked", 0),
        ("clean", "", 2),
    ]
    assert all(each["message"] for each in verdicts if each["verdict"] == "refused")


def test_every_verdict_has_the_same_keys(checked, capsys, tmp_path):
    verdicts = checked(files.jpeg(), files.html(), kind="photo") + _verdicts(capsys, tmp_path / "none")
    assert {tuple(sorted(each)) for each in verdicts} == {
        ("content_type", "file", "findings", "kind", "message", "mrz", "pages", "photo", "reason", "verdict")
    }


def test_what_is_no_file_is_a_failure_and_no_error(capsys, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    odd = [tmp_path, tmp_path / "none", pipe, "nul\0l", tmp_path / ("a" * 300), "\udcff"]
    verdicts = _verdicts(capsys, *odd)
    assert [each["verdict"] for each in verdicts] == ["failed"] * len(odd)
    assert {each["reason"] for each in verdicts} == {"not_readable"}


def test_too_large_a_file_is_refused_unread(checked, settings):
    settings.DOCUMENT_MAX_BYTES = 1000
    (verdict,) = checked(files.jpeg() + bytes(2000))
    assert (verdict["verdict"], verdict["reason"]) == ("refused", "too_large")


def test_trouble_of_ours_is_not_the_files_fault(checked, monkeypatch):
    def away(*_args, **_options):
        raise SandboxError("exit -9")

    monkeypatch.setattr(process_module, "cleaned", away)
    (verdict,) = checked(files.jpeg())
    assert (verdict["verdict"], verdict["reason"]) == ("failed", "not_processed")


def test_the_scanner_is_asked_where_one_is_set_up(checked, settings):
    with clamd.running() as url:
        settings.CLAMD_URL = url
        infected, harmless = checked(files.jpeg() + clamd.EICAR, files.jpeg())
    assert infected["message"].startswith("Our virus scanner")
    assert (infected["verdict"], infected["reason"], infected["pages"]) == ("refused", "malware", 0)
    assert harmless["verdict"] == "clean"
