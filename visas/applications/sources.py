"""Where the answers on a page came from, when nobody typed them."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext

from consular.questionnaires.filling import Filling
from consular.questionnaires.schema import Page
from consular.questionnaires.status import Source

TOLD = (Source.PASSPORT, Source.EARLIER, Source.MEMBER)


@dataclass(frozen=True)
class Origin:
    """A source, and the labels of the questions whose answers came from it."""

    source: Source
    labels: tuple[str, ...]

    def __str__(self) -> str:
        """Return the questions in words."""
        return str(get_text_list(list(self.labels), gettext("and")))

    @property
    def is_earlier(self) -> bool:
        return self.source == Source.EARLIER


def origins(filling: Filling, page: Page) -> list[Origin]:
    """Return the sources of the answers on a page that were not typed there."""
    found = []
    for source in TOLD:
        labels = tuple(
            str(question.label)
            for question in filling.asked_on(page)
            if question.id in filling.entries and filling.entries[question.id].source == source
        )
        if labels:
            found.append(Origin(source, labels))
    return found
