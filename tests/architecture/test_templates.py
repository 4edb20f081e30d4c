"""What holds for all templates at once."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(p.relative_to(ROOT / "templates") for p in (ROOT / "templates").rglob("*") if p.is_file())


@pytest.mark.parametrize("name", [str(name) for name in TEMPLATES])
def test_every_template_compiles(name):
    get_template(name)


def test_no_template_holds_inline_script_or_style():
    wrong = []
    for name in TEMPLATES:
        text = (ROOT / "templates" / name).read_text(encoding="utf-8")
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=\"", text):
            wrong.append(str(name))
    assert wrong == []


def test_every_message_has_a_subject_and_a_body_and_no_person_in_its_subject():
    folders = {p.parent for p in TEMPLATES if p.parts[0] == "emails" and p.suffix == ".txt"}
    for folder in folders:
        files = {p.name for p in (ROOT / "templates" / folder).iterdir()}
        if files & {"subject.txt", "body.txt"}:
            assert {"subject.txt", "body.txt"} <= files, folder
            assert "{{" not in (ROOT / "templates" / folder / "subject.txt").read_text(encoding="utf-8"), (
                folder
            )
