"""What holds for all translations at once: nothing is missing, and nothing that a program fills in is lost."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
PERSIAN = ROOT / "locale/fa/LC_MESSAGES/django.po"
BORROWED = "embassy/third_party_texts.py"

# %(name)s and %d as Python fills them in, {name} as str.format and our scripts do
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0 +]?\d*[sdrfi]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
ISOLATED = re.compile(
    "[\u2066\u2068][^\u2069]*\u2069"
)  # text inside Persian in an order of its own: codes, names

every_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])


@cache
def catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path))


def texts(entry: polib.POEntry) -> list[str]:
    """Return the translations of an entry, one for each plural form."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def persian() -> list[tuple[str, str]]:
    """Return (what was said in English, what a Persian reader sees of it beside names and numbers filled in)."""
    return [
        (entry.msgid, TAG.sub(" ", PLACEHOLDER.sub(" ", ISOLATED.sub(" ", text))))
        for entry in catalogue(PERSIAN)
        for text in texts(entry)
    ]


def identity(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


@every_catalogue
def test_everything_is_translated(path):
    found = catalogue(path)
    assert [entry.msgid for entry in found.untranslated_entries()] == []
    assert [entry.msgid for entry in found.fuzzy_entries()] == []
    assert [entry.msgid for entry in found.obsolete_entries()] == []
    assert [entry.msgid for entry in found if "" in texts(entry)] == []


@every_catalogue
@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_what_is_filled_in_is_the_same_in_every_language(path, pattern):
    wrong = []
    for entry in catalogue(path):
        said = Counter(pattern.findall(entry.msgid))
        said_of_many = Counter(pattern.findall(entry.msgid_plural)) or said
        wrong += [
            (entry.msgid, t) for t in texts(entry) if Counter(pattern.findall(t)) not in (said, said_of_many)
        ]
    assert wrong == []


@every_catalogue
def test_isolates_are_closed(path):
    for entry in catalogue(path):
        for text in texts(entry):
            assert not set("\u2066\u2067\u2068\u2069") & set(ISOLATED.sub("", text)), text


def test_persian_is_written_with_persian_letters():
    assert [text for _, text in persian() if re.search("[يكىةـ]", text)] == []


def test_persian_is_written_with_persian_digits_and_punctuation():
    strange = re.compile(r"[0-9٠-٩]|[\u0600-\u06ff\u200c] *[,;?]|[\"“”]")
    assert [text for _, text in persian() if strange.search(text)] == []


def test_persian_joins_without_a_blank():
    """A prefix or suffix that Persian sets apart stands after a zero-width non-joiner, never a blank."""
    apart = re.compile(r"(?<![\w\u200c])(?:ن?می|[\u0600-\u06ff]+ ها|[\u0600-\u06ff]+ های)(?![\w\u200c])")
    assert [text for _, text in persian() if apart.search(text)] == []


def test_every_text_of_the_sources_is_in_the_catalogue_and_no_other(tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("needs xgettext: install Debian's gettext")
    for folder in ("consular", "embassy", "visas", "templates"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.pyc", "node_modules")
        )
    (tmp_path / "locale").mkdir()
    collect = ["-m", "django", "makemessages", "--locale", "fa", "--no-wrap"]
    # Without settings it reads the folder where it stands
    subprocess.run(
        [sys.executable, *collect],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
    )
    collected = {identity(entry) for entry in polib.pofile(str(tmp_path / "locale/fa/LC_MESSAGES/django.po"))}
    for path in CATALOGUES:
        ours = {identity(entry) for entry in catalogue(path)}
        assert (collected - ours, ours - collected) == (set(), set()), "run `make messages`, then translate"


@every_catalogue
def test_the_subject_of_every_email_is_translated(path):
    subjects = {str(p.relative_to(ROOT)) for p in (ROOT / "templates/emails").rglob("subject.txt")}
    translated = {
        name
        for entry in catalogue(path)
        for name, _ in entry.occurrences
        if all(text not in {"", entry.msgid} for text in texts(entry))
    }
    assert subjects
    assert subjects - translated == set()


def test_texts_borrowed_from_packages_are_still_theirs():
    # Django's English catalogue lists its texts; allauth has none, and keeps its Persian one complete
    lists = {django: "en", allauth: "fa"}
    theirs = {
        (entry.msgctxt, entry.msgid)
        for package, language in lists.items()
        for path in Path(package.__file__).parent.rglob(f"locale/{language}/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
    }
    borrowed = {(e.msgctxt, e.msgid) for e in catalogue(PERSIAN) if BORROWED in dict(e.occurrences)}
    assert borrowed
    assert borrowed - theirs == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "direction"), [("fa", "rtl"), ("ar", "rtl"), ("fr", "ltr"), ("es", "ltr")]
)
def test_every_language_has_pages_in_its_own_words(client, language, direction):
    assert language in dict(settings.LANGUAGES)
    page = client.get(f"/{language}/").content.decode()
    assert f'lang="{language}" dir="{direction}"' in page
    assert "Do I need a visa?" not in page
