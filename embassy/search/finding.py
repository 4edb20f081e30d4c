"""Find texts: ranked, in the reader's language first, one line an address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FloatField, Max, Value, When

from consular.lib.wording import forms
from embassy.search.models import Text, Word
from embassy.search.vectors import Synonyms, query, some_of

PAGE = 20
LAST_PAGE = 10
WEIGHTS = [0.05, 0.2, 0.5, 1.0]  # of body, kind, summary and title
OWN_LANGUAGE = 3.0  # times as good as the same text in another language
LIKE_ENOUGH = 0.4  # similarity of three-letter groups


class Asked(SearchQuery):
    """A tsquery that is finished: the database neither parses nor stems it."""

    template = "%(expressions)s::tsquery"

    def __init__(self, finished: str) -> None:
        super().__init__(Value(finished))


@dataclass(frozen=True)
class Results:
    """One page of what was found. `some_words`: nothing has all words, these have some. `suggestion`: what to try."""

    texts: list[Text] = field(default_factory=list)
    count: int = 0
    number: int = 1
    some_words: bool = False
    suggestion: str = ""

    @property
    def page(self) -> Page[int]:
        """The place of this page among all."""
        return Paginator(range(self.count), PAGE).get_page(self.number)


def find(asked: str, language: str, synonyms: Synonyms, *, kind: str = "", page: int = 1) -> Results:
    """Return one page of the texts that hold what was asked for, all of it or, failing that, some of it."""
    rows: list[Any] = []
    exact, loose = query(asked, synonyms), some_of(asked, synonyms)
    for finished in dict.fromkeys((exact, loose)):
        if finished and (rows := _ranked(finished, language, kind, page)):
            texts = _in_order([row["address"] for row in rows], Asked(finished), language)
            count = _count(finished, kind)
            return Results(texts, count, page, some_words=finished != exact)
    return Results(suggestion=suggest(asked))


def _matching(finished: str, kind: str) -> Any:
    found = Text.objects.filter(vector=Asked(finished))
    return found.filter(kind=kind) if kind else found


def _ranked(finished: str, language: str, kind: str, page: int) -> list[Any]:
    own = Case(
        When(language=language, then=Value(OWN_LANGUAGE)), default=Value(1.0), output_field=FloatField()
    )
    rank = SearchRank(F("vector"), Asked(finished), weights=WEIGHTS) * own
    found = _matching(finished, kind).values("address").annotate(rank=Max(rank)).order_by("-rank", "address")
    return list(found[(page - 1) * PAGE : page * PAGE])


def _count(finished: str, kind: str) -> int:
    return int(_matching(finished, kind).values("address").distinct()[: PAGE * LAST_PAGE].count())


def _in_order(addresses: list[str], asked: Asked, language: str) -> list[Text]:
    """Return one text an address: in the reader's language if there is one, else one that holds the words."""
    rows = Text.objects.filter(address__in=addresses).annotate(
        holds=Case(When(vector=asked, then=1), default=0)
    )
    best: dict[str, Text] = {}
    for row in rows.order_by("holds", "language").defer("vector", "digest"):
        if row.address not in best or best[row.address].language != language:
            best[row.address] = row
    return [best[address] for address in addresses]


def suggest(asked: str) -> str:
    """Return what was asked with each word that nowhere stands replaced by the likest one; '' without such."""
    wanted = [(word[0], piece) for piece in asked.split() for word in forms(piece)]
    known = dict(Word.objects.filter(form__in=[form for form, _ in wanted]).values_list("form", "written"))
    better = {form: known.get(form) or likest(form) for form, _ in wanted}
    changed = any(form not in known and better[form] for form, _ in wanted)
    return " ".join(_written(wanted, known, better)) if changed else ""


def _written(
    wanted: Iterable[tuple[str, str]], known: dict[str, str], better: dict[str, str]
) -> Iterable[str]:
    return (piece if form in known else better[form] or piece for form, piece in wanted)


def likest(form: str) -> str:
    """Return how the word is written that is most like `form`, '' when none is like enough."""
    alike = Word.objects.filter(form__trigram_similar=form).annotate(likeness=TrigramSimilarity("form", form))
    best = (
        alike.filter(likeness__gte=LIKE_ENOUGH)
        .order_by("-likeness", "form")
        .values_list("written", flat=True)
    )
    return best.first() or ""
