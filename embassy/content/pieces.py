"""A text in pieces for translators: one for each paragraph, heading, list or table.

What is no language (the lines that open and close a block, empty lines) stays between the pieces.
`"".join(cut(text)) == text` always; `is_words` tells which pieces are translated.
"""

import re

# An empty line, or a line that opens or closes a block; the title of :::details is words
_BETWEEN = re.compile(
    r"((?:^[ \t]*(?:\n|\Z)|^:::(?:warning|inset|steps)?[ \t]*(?:\n|\Z)|^:::details[ \t]+)+)", re.MULTILINE
)
_TITLE = re.compile(r":::details[ \t]+\Z")


def cut(text: str) -> list[str]:
    """Return the pieces of a text and what is between them, in turn, as they are written."""
    parts: list[str] = []
    for part in _BETWEEN.split(text):
        if parts and _TITLE.search(parts[-1]):  # Only the rest of its line is the title
            title, end, rest = part.partition("\n")
            parts += [title, end + rest] if not rest.strip() else [title, end, rest]
        else:
            parts.append(part)
    return [part for part in parts if part]


def is_words(part: str) -> bool:
    """Tell whether a piece is for a translator."""
    return bool(part.strip()) and not _BETWEEN.fullmatch(part)


def words(text: str) -> list[str]:
    """Return what is translated, without the line end after it."""
    return [part.rstrip("\n") for part in cut(text) if is_words(part)]


def put_together(text: str, translations: list[str]) -> str:
    """Return the text with each piece replaced by its translation, in their order."""
    found = iter(translations)
    return "".join(_replaced(part, found) for part in cut(text))


def _replaced(part: str, found: "object") -> str:
    if not is_words(part):
        return part
    ending = part[len(part.rstrip("\n")) :]
    return next(found) + ending  # type: ignore[call-overload,no-any-return]
