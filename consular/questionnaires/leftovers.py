"""What comes from a page that was opened in an older revision."""

from collections.abc import Mapping
from typing import Any

from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.forms import SHOWN, PageForm
from consular.questionnaires.schema import Document


def left_behind(earlier: Mapping[int, Document], new: Document, data: Any) -> dict[str, Entry]:
    """Return what was posted to questions that the newest wording does not have, read as they were asked."""
    found: dict[str, Entry] = {}
    for document in earlier.values():
        gone = [name for name in document.questions if name not in new.questions and name not in found]
        for page in {document.page_of[name].id for name in gone} - {document.closing.id}:
            posted = PageForm(document.pages[page], Filling(document, {}), data).entries()
            found |= {name: entry for name, entry in posted.items() if name in gone}
    return found


def unknown(new: Document, data: Any) -> set[str]:
    """Return the names of fields that a posted page had and no page has now."""
    return set(data.get(SHOWN, "").split()) - new.by_field.keys()
