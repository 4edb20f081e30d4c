"""A page's text as a PO file, which translators' tools open, and back.

One entry for the title, the summary and each paragraph, heading, list or table. `msgctxt` is the page's path and
the place of the piece; the header names the page, the language and the English text that it is made from.
"""

from dataclasses import dataclass
from typing import Any

import polib
from django.utils.translation import gettext_lazy as _

from consular.lib.text import flaw
from embassy.content import pieces
from embassy.content.models import Revision

PAGE, SOURCE = "X-Embassy-Page", "X-Embassy-Source"
LONGEST = 1_000_000  # bytes
TITLE, SUMMARY, BODY = 200, 500, 60_000  # characters


class UnusableError(Exception):
    """The file cannot be taken; `reason` says why and what to do."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Piece:
    """What is translated on its own: `place` is title, summary, or the number of a paragraph."""

    place: str
    text: str


def pieces_of(text: Any) -> list[Piece]:
    """Return the title, the summary and the paragraphs of a text."""
    fixed = [Piece("title", text.title), Piece("summary", text.summary)]
    body = [Piece(f"{place:03}", part) for place, part in enumerate(pieces.words(text.body), start=1)]
    return [piece for piece in [*fixed, *body] if piece.text]


def write(source: Revision, language: str, current: Revision | None = None) -> str:
    """Return the file for one language. What `current` translates and has not changed since is filled in."""
    known = _known(current)
    file: Any = polib.POFile(wrapwidth=0)  # type: ignore[no-untyped-call]
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        PAGE: source.node.path,
        SOURCE: str(source.pk),
    }
    for piece in pieces_of(source):
        context = f"{source.node.path}#{piece.place}"
        entry = {"msgctxt": context, "msgid": piece.text, "msgstr": known.get(piece.text, "")}
        file.append(polib.POEntry(**entry))  # type: ignore[no-untyped-call]
    return str(file)


def _known(current: Revision | None) -> dict[str, str]:
    """Return English piece → its translation, as far as the two texts run side by side."""
    if current is None or current.translates is None:
        return {}
    theirs = {piece.place: piece.text for piece in pieces_of(current)}
    ours = {piece.place: piece.text for piece in pieces_of(current.translates)}
    return {text: theirs[place] for place, text in ours.items()} if theirs.keys() == ours.keys() else {}


def read(file: bytes, source: Revision, language: str) -> dict[str, str]:
    """Return title, summary and body in `language`; `UnusableError` for a file that is not one of this text."""
    found = _parse(file)
    _demand_same(found, source, language)
    given = {str(entry.msgctxt).rpartition("#")[2]: entry for entry in found if not entry.obsolete}
    wanted = pieces_of(source)
    for piece in wanted:
        if piece.place not in given or given[piece.place].msgid != piece.text:
            raise UnusableError(
                _("The English words in the file are not those of the page. Export the page again.")
            )
    missing = sum(not _is_done(given[piece.place]) for piece in wanted)
    if missing:
        raise UnusableError(
            _("Not translated yet, or marked as fuzzy: %(count)s. Translate them and import the file again.")
            % {"count": missing}
        )
    texts = {piece.place: _clean(given[piece.place].msgstr) for piece in wanted}
    if len(texts["title"]) > TITLE or len(texts.get("summary", "")) > SUMMARY:
        raise UnusableError(
            _("The title may have %(title)s characters, the summary %(summary)s.")
            % {"title": TITLE, "summary": SUMMARY}
        )
    title, summary = texts.pop("title"), texts.pop("summary", "")
    body = pieces.put_together(source.body, list(texts.values()))
    _demand_short(body)
    return {"title": title, "summary": summary, "body": body}


def _demand_short(body: str) -> None:
    """Refuse what the form for writing would refuse, too: the next editor could not save it."""
    if len(body) > BODY:
        reason = _("%(label)s must be %(limit)s characters or fewer. You have entered %(given)s.")
        raise UnusableError(reason % {"label": _("Text"), "limit": BODY, "given": len(body)})


def _clean(translation: str) -> str:
    if flaw(translation):
        raise UnusableError(
            _("The file has characters that cannot be seen: marks of direction or control. Delete them.")
        )
    return translation.strip()


def _is_done(entry: Any) -> bool:
    return bool(entry.msgstr.strip()) and "fuzzy" not in entry.flags


def _parse(file: bytes) -> Any:
    unreadable = UnusableError(
        _("The file is no PO file, or it is damaged. Export the page and begin from that file.")
    )
    if len(file) > LONGEST or b"msgid" not in file or b"\0" in file or b"\n" not in file:
        raise unreadable
    try:
        return polib.pofile(file.decode("utf-8-sig"))  # type: ignore[no-untyped-call]
    except (OSError, ValueError, IndexError, KeyError, AttributeError) as error:
        raise unreadable from error


def _demand_same(found: Any, source: Revision, language: str) -> None:
    """Refuse a file of another page, another language, or an English text that is not the newest any more."""
    about = found.metadata
    if about.get(PAGE) != source.node.path:
        raise UnusableError(_("The file is of another page: %(page)s.") % {"page": about.get(PAGE) or "–"})
    if about.get("Language") != language:
        raise UnusableError(
            _("The file is in another language: %(language)s.") % {"language": about.get("Language") or "–"}
        )
    if about.get(SOURCE) != str(source.pk):
        raise UnusableError(
            _(
                "The English text has changed since the file was exported. Export the page again:"
                " what has not changed is filled in."
            )
        )
