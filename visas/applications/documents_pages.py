"""The pages of one required document as its page shows them: files in order, pages in each, and what may be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from django.conf import settings
from django.utils.translation import gettext

from consular.documents.models import Document, Page
from consular.ui.templatetags.ui import digits
from visas.applications.checklist import Item
from visas.applications.models import Evidence

QUARTERS = 4


@dataclass(frozen=True)
class Leaf:
    """One page. `order` counts the pages that are handed in, 0 for one that was left out.

    `place` is where it stands among the `places` through which it can move: those of its file, or, where it is
    all of its file, those of the files.
    """

    document: Document
    page: Page
    order: int
    place: int
    places: int

    @property
    def key(self) -> str:
        """What tells it from the others in the ids of the page."""
        return f"{self.document.pk}-{self.page.number}"

    @property
    def after_a_turn(self) -> int:
        return (self.page.turned + 1) % QUARTERS

    @property
    def all_places(self) -> range:
        return range(1, self.places + 1)

    @property
    def is_inside(self) -> bool:
        """Tell whether pages of its own file stand before and behind it."""
        kept = [page for page in self.document.kept_pages if page != self.page]
        before = [page for page in kept if (page.place, page.number) < (self.page.place, self.page.number)]
        return 0 < len(before) < len(kept)


@dataclass(frozen=True)
class Bundle:
    """One file with its pages; none before it is clean."""

    evidence: Evidence
    place: int
    places: int
    leaves: tuple[Leaf, ...]

    @property
    def document(self) -> Document:
        return self.evidence.document

    @property
    def key(self) -> str:
        return str(self.document.pk)

    @property
    def is_one_page(self) -> bool:
        return len(self.leaves) == 1


@dataclass(frozen=True)
class Arrangement:
    """All files for one required document."""

    item: Item

    @cached_property
    def bundles(self) -> list[Bundle]:
        files, numbers = self.item.evidence, count(1)
        return [
            Bundle(each, place, len(files), tuple(self._leaves(each.document, place, numbers)))
            for place, each in enumerate(files, start=1)
        ]

    def _leaves(self, document: Document, place: int, numbers: Iterator[int]) -> Iterator[Leaf]:
        pages = list(document.pages.all()) if document.is_clean else []
        alone = len(pages) == 1
        for inside, page in enumerate(pages, start=1):
            yield Leaf(
                document,
                page,
                0 if page.is_dropped else next(numbers),
                place if alone else inside,
                len(self.item.evidence) if alone else len(pages),
            )

    @property
    def has_pages(self) -> bool:
        return any(bundle.leaves for bundle in self.bundles)


def told(item: Item) -> list[str]:
    """Return how many files may come and how many are here, in numbers."""
    if item.takes_one_file:
        return [gettext("One file; another one replaces it.")]
    here = {
        "files": digits(len(item.evidence)),
        "pages": digits(item.page_count),
        "limit": digits(settings.DOCUMENT_MAX_FILES),
    }
    if not item.evidence:
        return [
            gettext("At most %(limit)s files. Photograph a paper of several pages page by page.") % here,
            gettext("Nothing is here yet."),
        ]
    return [gettext("At most %(limit)s files.") % here, gettext("Files: %(files)s. Pages: %(pages)s.") % here]
