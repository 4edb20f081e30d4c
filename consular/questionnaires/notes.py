"""What a person is told about a question that changed since they answered it. Pure.

A sheet's `changed` holds, for each such question, {"what": [kinds of change], "since": the number of the last
revision they answered}; where the answer did not fit any more, it stands aside in the row of that number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from consular.questionnaires import values
from consular.questionnaires.differences import Kind, for_applicants
from consular.questionnaires.schema import Question


@dataclass(frozen=True)
class Note:
    """Why a question is asked again, and what was answered where that does not fit any more ('' elsewhere)."""

    what: tuple[Kind, ...]
    was: str = ""

    @property
    def is_new(self) -> bool:
        return Kind.ADDED in self.what

    def __str__(self) -> str:
        said = [for_applicants(kind) for kind in self.what]
        if self.was:
            said.append(gettext("You answered: %(answer)s.") % {"answer": self.was})
        return " ".join(each for each in said if each)


def note(raw: Mapping[str, Any], question: Question | None, was: Any) -> Note:
    """Return the note of a question, with what was answered (JSON) to it as it was asked then."""
    words = values.in_words(question, values.from_json(question, was)) if question and was is not None else ""
    return Note(tuple(Kind(each) for each in raw["what"]), words)


def merged(known: Mapping[str, Any] | None, what: Iterable[Kind], since: int) -> dict[str, Any]:
    """Return what is kept of a question after one change more; it stays `since` the first unseen one."""
    before = known or {"what": [], "since": since}
    return {**before, "what": sorted({*before["what"], *what})}
