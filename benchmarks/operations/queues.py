"""An officer's list, filters, searches and deep pages: of many cases and of ten thousand, and in the stock admin."""

from collections.abc import Iterator

from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.bench import Bench
from benchmarks.databases import MANY, PORTAL, looking_at
from benchmarks.measuring import Time, interleaved
from benchmarks.table import Row

BESIDE_STOCK, BESIDE_FEW = 0.1, 1.5
OURS, STOCK = "/en/staff/cases/case/", "/stock/cases/case/"


def run(bench: Bench) -> Iterator[Row]:
    for name, (query, stock) in questions(bench).items():
        few, many, theirs = compared(bench, query, stock)
        told = f"{bench.many:,} cases: {many.wall:.0f} ms"
        yield Row(
            f"bench: {name}",
            told,
            f"stock admin: {theirs.wall:.0f} ms",
            many.wall / theirs.wall,
            BESIDE_STOCK,
        )
        yield Row(
            f"bench: {name}", told, f"10,000 cases: {few.wall:.0f} ms", many.wall / few.wall, BESIDE_FEW
        )
    yield from sql_alone(bench)


def questions(bench: Bench) -> dict[str, tuple[str, str]]:
    """Return the query strings of ours and of stock, by what they ask."""
    name = bench.name
    return {
        "queue of the unclaimed": ("?queue=unclaimed", "?status__exact=submitted"),
        "filter by state": ("?state=refused", "?status__exact=refused"),
        "search by reference": (f"?q={bench.references[5]}", f"?q={bench.references[5]}"),
        "search by name": (f"?q={name}", f"?q={name}"),
        "page 200": ("?p=200", "?p=200"),
    }


def compared(bench: Bench, query: str, stock: str) -> tuple[Time, Time, Time]:
    client = bench.officers_client

    def look(database: str, address: str) -> None:
        with looking_at(database):
            opened(client, address)

    few, many, theirs = interleaved(
        bench.times(5),
        lambda: look(PORTAL, OURS + query),
        lambda: look(MANY, OURS + query),
        lambda: look(MANY, STOCK + stock),
    )
    return few, many, theirs


def opened(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def sql_alone(bench: Bench) -> Iterator[Row]:
    """Tell how much of a list is the database's: the rest is drawing fifty rows."""
    for name, (query, stock) in questions(bench).items():
        ours, theirs = in_database(bench, OURS + query), in_database(bench, STOCK + stock)
        yield Row(
            f"bench, SQL alone: {name}",
            f"{ours:.0f} ms",
            f"stock admin: {theirs:.0f} ms",
            ours / theirs,
            BESIDE_STOCK,
        )


def in_database(bench: Bench, address: str) -> float:
    """Return the milliseconds of all queries of one page, the least of three tries."""
    from django.db import connection

    found = []
    for _ in range(3):
        with looking_at(MANY), CaptureQueriesContext(connection) as queries:
            opened(bench.officers_client, address)
            found.append(sum(float(query["time"]) for query in queries.captured_queries) * 1000)
    return min(found)
