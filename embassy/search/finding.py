"""Find texts: ranked, one line an address, in the reader's language where there is one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models.functions import Length

from consular.lib.wording import forms
from embassy.search.models import Word
from embassy.search.status import Kind
from embassy.search.vectors import MOST_WORDS, Synonyms, query, some_of

PAGE = 20
LAST_PAGE = 10
SHORT = range(3, 7)  # letters
WEIGHTS = "{0.05, 0.2, 0.5, 1.0}"  # of body, kind, summary and title
OWN_LANGUAGE = 3  # times as good as the same text in another language

# A page is found in whatever language holds the words; of its texts the reader's own is shown, else one that was found
_FIND = """
    WITH found AS (
        SELECT address, language, ts_rank(%(weights)s, vector, %(query)s::tsquery)
               * CASE WHEN language = %(language)s THEN %(own)s ELSE 1 END AS rank
        FROM search_text
        WHERE vector @@ %(query)s::tsquery AND (%(kind)s = '' OR kind = %(kind)s)
    ), page AS (
        SELECT address, max(rank) AS rank, (array_agg(language ORDER BY rank DESC, language))[1] AS best,
               count(*) OVER () AS count
        FROM found GROUP BY address ORDER BY rank DESC, address LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT kind, address, language, title, summary, count
    FROM page CROSS JOIN LATERAL (
        SELECT kind, language, title, summary FROM search_text
        WHERE address = page.address AND language IN (%(language)s, best)
        ORDER BY language = %(language)s DESC LIMIT 1
    ) shown
    ORDER BY rank DESC, address
"""


@dataclass(frozen=True)
class Found:
    """One page of the site that was found. `address` is without the language: /visas/tv/."""

    kind: Kind
    address: str
    language: str
    title: str
    summary: str

    @property
    def is_rtl(self) -> bool:
        return self.language in settings.LANGUAGES_BIDI


@dataclass(frozen=True)
class Results:
    """One page of what was found. `some_words`: nothing has all words, these have some. `suggestion`: what to try."""

    texts: list[Found] = field(default_factory=list)
    count: int = 0
    number: int = 1
    some_words: bool = False
    suggestion: str = ""

    @property
    def page(self) -> Page[int]:
        """The place of this page among all."""
        return Paginator(range(min(self.count, PAGE * LAST_PAGE)), PAGE).get_page(self.number)


def find(asked: str, language: str, synonyms: Synonyms, *, kind: str = "", page: int = 1) -> Results:
    """Return one page of the texts that hold what was asked for, all of it or, failing that, some of it."""
    if (all_words := query(asked, synonyms)) and (rows := _rows(all_words, language, kind, page)):
        return _results(rows, page)
    rows = _rows(some_of(asked, synonyms), language, kind, page)
    return _results(rows, page, some_words=bool(rows), suggestion=suggest(asked))


def _rows(finished: str, language: str, kind: str, page: int) -> list[Any]:
    values: dict[str, Any] = {
        "query": finished,
        "language": language,
        "kind": kind,
        "weights": WEIGHTS,
        "own": OWN_LANGUAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {**values, "limit": PAGE, "offset": (page - 1) * PAGE})
        return list(cursor.fetchall())


def _results(rows: list[Any], page: int, **more: Any) -> Results:
    texts = [Found(Kind(kind), *others) for kind, *others, _count in rows]
    return Results(texts, rows[0][-1] if rows else 0, page, **more)


def suggest(asked: str) -> str:
    """Return what was asked with each word that nowhere stands replaced by the likest one; '' without such."""
    wanted = [(word[0], piece) for piece in asked.split() for word in forms(piece)][:MOST_WORDS]
    known = set(Word.objects.filter(form__in=[form for form, _ in wanted]).values_list("form", flat=True))
    better = {form: likest(form) for form, _ in wanted if form not in known}
    better |= one_slip_away([form for form, likely in better.items() if not likely])
    return " ".join(_written(wanted, better)) if any(better.values()) else ""


def _written(wanted: Iterable[tuple[str, str]], better: dict[str, str]) -> Iterable[str]:
    return (better.get(form) or piece for form, piece in wanted)


def likest(form: str) -> str:
    """Return how the word is written that shares most groups of three letters with `form`, '' when none is like it."""
    alike = Word.objects.filter(form__trigram_similar=form).annotate(likeness=TrigramSimilarity("form", form))
    return alike.order_by("-likeness", "form").values_list("written", flat=True).first() or ""


def one_slip_away(unknown: Iterable[str]) -> dict[str, str]:
    """Return how a word is written that differs by one letter, for short words: they have few groups of three letters."""
    short = [form for form in unknown if len(form) in SHORT]
    if not short:
        return {}
    rows = Word.objects.annotate(letters=Length("form")).filter(letters__lte=SHORT.stop).order_by("form")
    words = list(rows.values_list("form", "written"))
    return {each: next((written for form, written in words if is_one_slip(each, form)), "") for each in short}


def is_one_slip(first: str, second: str) -> bool:
    """Tell whether one slip of the finger makes one word of the other: a letter changed, added, lost, or two turned."""
    start = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    place = min(len(first), len(second)) if start is None else start
    one, other = first[place:], second[place:]
    turned = one[:2] == other[1::-1] and one[2:] == other[2:]
    return first != second and (one[1:] == other[1:] or one[1:] == other or one == other[1:] or turned)
