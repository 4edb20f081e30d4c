"""The pages of the site as readers may see them, in memory: which text of which page is shown at which moment.

`read()` asks for every approved text without its body (one query); what follows is pure. A process keeps the
tree as long as the edition's number stays; the clock is asked in each request.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

from embassy.content.models import Revision
from embassy.content.status import SOURCE, Kind, State


@dataclass(frozen=True)
class Text:
    """An approved revision without its body."""

    pk: int
    language: str
    title: str
    summary: str
    live_from: datetime
    live_to: datetime | None
    translates: int | None
    changed_at: datetime

    def is_live(self, at: datetime) -> bool:
        return self.live_from <= at and (self.live_to is None or at < self.live_to)


@dataclass(frozen=True)
class Page:
    """A page's place, and its approved texts, the newest first."""

    path: str
    kind: str
    position: int
    review_by: date | None
    reviewed_on: date | None
    texts: tuple[Text, ...] = field(repr=False, default=())

    @property
    def parent(self) -> str:
        """Return the path of the page above, '' for one at the top."""
        return self.path.rpartition("/")[0]

    def live(self, language: str, at: datetime) -> Text | None:
        """Return the text that readers of a language see: the newest approved one in force."""
        return next((text for text in self.texts if text.language == language and text.is_live(at)), None)

    def languages(self, at: datetime) -> list[str]:
        """Return the languages in which something is shown."""
        return list(dict.fromkeys(text.language for text in self.texts if text.is_live(at)))

    def published_at(self, at: datetime) -> datetime:
        """Return when readers of any language could first read it; `at` when they cannot yet."""
        return min((text.live_from for text in self.texts if text.live_from <= at), default=at)

    def is_stale(self, text: Text, at: datetime) -> bool:
        """Tell whether a translation is of another text than the one that is shown in English now."""
        source = self.live(SOURCE, at)
        return bool(source and text.language != SOURCE and text.translates != source.pk)

    def shown(self, language: str, at: datetime) -> "Shown | None":
        """Return what a reader of `language` sees; None when there is nothing to see."""
        order = dict.fromkeys([language, SOURCE, *self.languages(at)])
        found = next((text for each in order if (text := self.live(each, at))), None)
        if found is None:
            return None
        return Shown(self, found, language, self.is_stale(found, at), self.published_at(at))


@dataclass(frozen=True)
class Shown:
    """A page as a reader of a language sees it, perhaps in another language."""

    page: Page
    text: Text
    language: str
    is_stale: bool
    published_at: datetime

    @property
    def is_translated(self) -> bool:
        return self.text.language == self.language

    @property
    def title(self) -> str:
        return self.text.title

    @property
    def summary(self) -> str:
        return self.text.summary

    @property
    def url(self) -> str:
        return f"/{self.language}/{self.page.path}/"

    @property
    def reviewed_on(self) -> date:
        """Return the day on which somebody last read it through: when it was approved, or reviewed since."""
        return max(filter(None, [self.page.reviewed_on, self.text.live_from.date()]))


class Tree:
    """All pages with an approved text. Shared between threads; nothing in it changes."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = {page.path: page for page in pages}

    @cached_property
    def by_parent(self) -> dict[str, list[Page]]:
        ordered = sorted(self.pages.values(), key=lambda page: (page.parent, page.position, page.path))
        return {parent: list(found) for parent, found in groupby(ordered, key=lambda page: page.parent)}

    @cached_property
    def _turns(self) -> list[datetime]:
        texts = [text for page in self.pages.values() for text in page.texts]
        return sorted({moment for text in texts for moment in (text.live_from, text.live_to) if moment})

    def turn(self, at: datetime) -> int:
        """Return a number that differs between two moments when something came or went between them."""
        return bisect_right(self._turns, at)

    def shown(self, path: str, language: str, at: datetime) -> Shown | None:
        page = self.pages.get(path)
        return page.shown(language, at) if page else None

    def children(self, path: str, language: str, at: datetime) -> list[Shown]:
        """Return the pages below, in their order."""
        return list(self._shown(self.by_parent.get(path, []), language, at))

    def sections(self, language: str, at: datetime) -> list[Shown]:
        tops = self.by_parent.get("", [])
        return list(self._shown((page for page in tops if page.kind == Kind.SECTION), language, at))

    def below(self, path: str, language: str, at: datetime, *, kind: Kind) -> list[Shown]:
        """Return all pages of a kind below a path, the newest first."""
        found = (p for p in self.pages.values() if p.kind == kind and p.path.startswith(f"{path}/"))
        shown = self._shown(found, language, at)
        return sorted(shown, key=lambda each: each.page.published_at(at), reverse=True)

    def above(self, path: str, language: str, at: datetime) -> list[Shown]:
        """Return the pages on the way from the top to a page, without itself."""
        parts = path.split("/")
        ways = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
        return list(self._shown((self.pages[way] for way in ways if way in self.pages), language, at))

    @staticmethod
    def _shown(pages: Iterable[Page], language: str, at: datetime) -> Iterator[Shown]:
        return (shown for page in pages if (shown := page.shown(language, at)))


COLUMNS = ("pk", "language", "title", "summary", "live_from", "live_to", "translates", "changed_at")
PLACE = ("path", "kind", "position", "review_by", "reviewed_on")


def read() -> Tree:
    """Read the tree from the database (one query)."""
    approved = Revision.objects.filter(state=State.APPROVED).order_by("node__path", "-live_from", "-pk")
    rows = approved.values_list(*(f"node__{name}" for name in PLACE), *COLUMNS)
    return Tree(_pages(rows))


def _pages(rows: Iterable[tuple[Any, ...]]) -> Iterator[Page]:
    width = len(PLACE)
    for place, found in groupby(rows, key=lambda row: row[:width]):
        yield Page(*place, tuple(Text(*row[width:]) for row in found))  # type: ignore[call-arg]


@lru_cache(maxsize=512)
def _body(pk: int, changed_at: datetime) -> str:
    return Revision.objects.values_list("html", flat=True).get(pk=pk)


def body(text: Text) -> str:
    """Return the HTML of an approved text, which never changes: one query when this process has not shown it lately."""
    return _body(text.pk, text.changed_at)
