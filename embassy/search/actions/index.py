"""Make the index say what the site says."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from consular.lib.wording import forms
from embassy.content import edition
from embassy.search.models import Index, Text, Word
from embassy.search.sources import Source, all_texts, changes_at
from embassy.search.vectors import vector

ONE_AT_A_TIME = 0x5EA5C4  # The advisory lock under which the index is made
MAKER = "1"  # Another number makes every row anew: raise it when vectors are made differently
LONGEST_WRITTEN = 80


def refresh(*, again: bool = False) -> bool:
    """Make the index anew when the site has another edition, or the clock has made one; tell whether it did."""
    number, now = edition.number(), timezone.now()
    as_it_is = Index.objects.filter(Q(stale_at=None) | Q(stale_at__gt=now), edition=number)
    if as_it_is.exists() and not again:
        return False
    with transaction.atomic():
        _wait_for_others()
        found = list({(each.address, each.language): each for each in all_texts(now)}.values())
        put_texts(found)
        put_words(found)
        made = {"edition": number, "stale_at": changes_at(now), "made_at": now}
        Index.objects.update_or_create(id=1, defaults=made)
    return True


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def put_texts(found: list[Source]) -> None:
    """Write what is new or differs, and take away what is no more."""
    known = {(row.address, row.language): row for row in Text.objects.defer("vector")}
    digests = {(each.address, each.language): digest(each) for each in found}
    gone = [row.pk for key, row in known.items() if key not in digests]
    Text.objects.filter(pk__in=gone).delete()
    changed = [each for each in found if _is_new(each, digests, known)]
    Text.objects.bulk_create(
        [_row(each, digests[each.address, each.language]) for each in changed],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["address", "language"],
        update_fields=["kind", "title", "summary", "vector", "digest"],
    )


def _is_new(each: Source, digests: dict[tuple[str, str], str], known: dict[tuple[str, str], Text]) -> bool:
    row = known.get((each.address, each.language))
    return row is None or row.digest != digests[each.address, each.language]


def digest(each: Source) -> str:
    return hashlib.sha256(repr((MAKER, each)).encode()).hexdigest()


def _row(each: Source, made_from: str) -> Text:
    finished = vector(("A", each.title), ("B", each.summary), ("C", str(each.kind.label)), ("D", each.body))
    return Text(
        kind=each.kind,
        address=each.address,
        language=each.language,
        title=each.title,
        summary=each.summary,
        vector=Cast(Value(finished), SearchVectorField()),
        digest=made_from,
    )


def put_words(found: Iterable[Source]) -> None:
    """Keep each word of titles and summaries as it is most often written, for suggestions."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        for piece in f"{each.title} {each.summary}".split():
            for word in forms(piece):
                written[word[0]][piece.strip("«»“”\"'’()[].,;:!?؟،؛…")] += 1
    rows = [Word(form=form, written=_commonest(ways)) for form, ways in written.items()]
    known = dict(Word.objects.values_list("form", "written"))
    if known != {row.form: row.written for row in rows}:
        Word.objects.all().delete()
        Word.objects.bulk_create(rows, batch_size=2000)


def _commonest(ways: Counter[str]) -> str:
    """Return the commonest way of writing, small letters before capitals, then alphabetically."""
    return min(ways, key=lambda way: (-ways[way], way != way.lower(), way))[:LONGEST_WRITTEN]
