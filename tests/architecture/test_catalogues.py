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
LANGUAGES = [path.parts[-3] for path in CATALOGUES]
BORROWED = "embassy/third_party_texts.py"

# %(name)s and %d as Python fills them in, {name} as str.format and our scripts do
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0 +]?\d*[sdrfi]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
# Text inside Persian and Arabic in an order of its own: codes, names
ISOLATED = re.compile("[\u2066\u2068][^\u2069]*\u2069")
# Filled in left to right whatever the language around it
LEFT_TO_RIGHT = re.compile(
    r"%\((?:address|code|handle|ip|known|path|recipient|reference|user_agent|username|zone|\w*email)\)s"
)
JSON = re.compile(r"\[\{.*\}\]")

ARABIC_PUNCTUATION = '[\u0600-\u06ff\u200c] *[,;?]|["“”]'
# What a careful writer of the language never writes: letters, digits and punctuation of another
FOREIGN = {
    "fa": re.compile(f"[يكىةـ]|[0-9٠-٩]|{ARABIC_PUNCTUATION}"),
    "ar": re.compile(f"[یکپچژگۀ]|[0-9۰-۹]|{ARABIC_PUNCTUATION}"),
    "fr": re.compile(r"[\"“”']| [;?!»]| :(?!:)|« |[^\W\d_][;?!»]"),
    "es": re.compile(r"[\"“”']|^[^¿]*\?|^[^¡]*!"),
}

every_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=LANGUAGES)
right_to_left = pytest.mark.parametrize("language", ["fa", "ar"])


def po(language: str) -> Path:
    return ROOT / f"locale/{language}/LC_MESSAGES/django.po"


@cache
def catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path))


def texts(entry: polib.POEntry) -> list[str]:
    """Return the translations of an entry, one for each plural form."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def translations(language: str) -> list[str]:
    return [text for entry in catalogue(po(language)) for text in texts(entry)]


def read(text: str) -> str:
    """Return what a reader sees of a text beside codes, names and numbers filled in."""
    for pattern in (ISOLATED, JSON, PLACEHOLDER, TAG):
        text = pattern.sub(" ", text)
    return text


def identity(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def test_every_language_has_a_catalogue():
    assert {"en", *LANGUAGES} == set(dict(settings.LANGUAGES))


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
def test_a_counted_text_has_all_plural_forms_of_its_language(path):
    found = catalogue(path)
    forms = int(re.search(r"nplurals=(\d)", found.metadata["Plural-Forms"])[1])
    assert {len(entry.msgstr_plural) for entry in found if entry.msgid_plural} == {forms}


@pytest.mark.parametrize("language", LANGUAGES)
def test_isolates_are_closed(language):
    strays = [t for t in translations(language) if set("\u2066\u2067\u2068\u2069") & set(ISOLATED.sub("", t))]
    assert strays == []


@right_to_left
def test_what_is_left_to_right_stands_between_isolates(language):
    bare = [text for text in translations(language) if LEFT_TO_RIGHT.search(ISOLATED.sub(" ", text))]
    assert bare == []


@right_to_left
def test_no_number_follows_a_latin_word_outside_isolates(language):
    """The number would jump to the other side of the word."""
    jumps = re.compile(r"[A-Za-z][^\u0600-\u06ff]*[0-9۰-۹٠-٩\ufffc]")
    shown = [
        TAG.sub(" ", PLACEHOLDER.sub("\ufffc", ISOLATED.sub(" ", text))) for text in translations(language)
    ]
    assert [text for text in shown if jumps.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_written_with_its_own_letters_digits_and_punctuation(language):
    strange = FOREIGN[language]
    assert [text for text in map(read, translations(language)) if strange.search(text)] == []


def test_persian_joins_without_a_blank():
    """A prefix or suffix that Persian sets apart stands after a zero-width non-joiner, never a blank."""
    apart = re.compile(r"(?<![\w\u200c])(?:ن?می|[\u0600-\u06ff]+ ها|[\u0600-\u06ff]+ های)(?![\w\u200c])")
    assert [text for text in map(read, translations("fa")) if apart.search(text)] == []


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Return the identities of all texts in the sources, collected anew."""
    if not shutil.which("xgettext"):
        pytest.skip("needs xgettext: install Debian's gettext")
    there = tmp_path_factory.mktemp("sources")
    for folder in ("consular", "embassy", "visas", "templates"):
        shutil.copytree(ROOT / folder, there / folder, ignore=shutil.ignore_patterns("*.pyc", "node_modules"))
    (there / "locale").mkdir()
    collect = ["-m", "django", "makemessages", "--locale", "fa", "--no-wrap"]
    # Without settings it reads the folder where it stands
    subprocess.run(
        [sys.executable, *collect],
        cwd=there,
        env={"PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
    )
    return {identity(entry) for entry in polib.pofile(str(there / "locale/fa/LC_MESSAGES/django.po"))}


@every_catalogue
def test_every_text_of_the_sources_is_in_the_catalogue_and_no_other(path, collected):
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


@pytest.fixture(scope="module")
def lent():
    """Return the texts of Django and allauth."""
    # Django's English catalogue lists its texts; allauth has none, and keeps its Persian one complete
    lists = {django: "en", allauth: "fa"}
    return {
        (entry.msgctxt, entry.msgid)
        for package, language in lists.items()
        for path in Path(package.__file__).parent.rglob(f"locale/{language}/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
    }


@every_catalogue
def test_texts_borrowed_from_packages_are_still_theirs(path, lent):
    borrowed = {(e.msgctxt, e.msgid) for e in catalogue(path) if BORROWED in dict(e.occurrences)}
    assert borrowed
    assert borrowed - lent == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "direction"), [("fa", "rtl"), ("ar", "rtl"), ("fr", "ltr"), ("es", "ltr")]
)
def test_every_language_has_pages_in_its_own_words(client, language, direction):
    assert language in dict(settings.LANGUAGES)
    page = client.get(f"/{language}/").content.decode()
    assert f'lang="{language}" dir="{direction}"' in page
    assert "Do I need a visa?" not in page
