"""The search of the site in 5,000 texts, beside the bare query that an index answers."""

import random
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from benchmarks.bench import SEED, Bench
from benchmarks.measuring import interleaved
from benchmarks.table import Row

TEXTS, WORDS, GOAL = 5_000, 4_000, 2.0
BARE = """
    SELECT address FROM search_text WHERE vector @@ %s::tsquery
    ORDER BY ts_rank(vector, %s::tsquery) DESC LIMIT 20
"""


def run(bench: Bench) -> Iterator[Row]:
    with transaction.atomic():
        add_texts()
        for name, asked in questions().items():
            yield compared(bench, name, asked)
        transaction.set_rollback(True)


def add_texts() -> None:
    """Write texts of 150 words in five languages; common words are far commoner than rare ones, as in any language."""
    from embassy.search.actions.index import put_texts
    from embassy.search.sources import Source
    from embassy.search.status import Kind

    rng = random.Random(SEED)
    words = [f"{'کلمه' if n % 3 else 'word'}{letters(n)}" for n in range(WORDS)]

    def written(count: int) -> str:
        return " ".join(words[min(int(rng.paretovariate(0.6)), WORDS) - 1] for _ in range(count))

    put_texts(
        [
            Source(Kind.PAGE, f"/texts/{n // 5}/", ("en", "fa", "ar", "fr", "es")[n % 5], written(5), written(20), written(125))
            for n in range(TEXTS)
        ]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_text")


def letters(number: int) -> str:
    """Write a number in letters, so that no word is the beginning of all others."""
    return "".join(chr(ord("b") + int(digit)) for digit in f"{number:04}")


def questions() -> dict[str, str]:
    return {
        "a rare word": "word" + letters(600),
        "a common word": "word" + letters(0),
        "two words, one common": f"کلمه{letters(1)} کلمه{letters(40)}",
    }


def compared(bench: Bench, name: str, asked: str) -> Row:
    from embassy.search.finding import find
    from embassy.search.vectors import query

    ours, bare = interleaved(bench.times(50), lambda: find(asked, "en", {}), bare_query(query(asked, {})))
    figure, peer = f"{ours.wall:.1f} ms", f"bare query: {bare.wall:.1f} ms"
    return Row(f"search in {TEXTS:,} texts: {name}", figure, peer, ours.wall / bare.wall, GOAL)


def bare_query(finished: str) -> Callable[[], None]:
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [finished, finished])
            cursor.fetchall()

    return ask
