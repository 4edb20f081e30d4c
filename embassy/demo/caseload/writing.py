"""Write a caseload by COPY, in as many processes as the machine has processors."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import psycopg
from django.db import connection, transaction

from consular.accounts.models import User
from embassy.demo.caseload import copying
from embassy.demo.caseload.drawing import TABLES, Part
from embassy.demo.caseload.facts import Facts

AT_A_TIME = 5000  # applications in one transaction
PER_APPLICANT = 4  # applications of one person, as a rule
MOST_APPLICANTS = 50_000
ANALYSED = (*TABLES, "accounts_user")


class AlreadyThereError(Exception):
    """A caseload of this seed and day was written before."""


def write(facts: Facts, count: int) -> None:
    """Write `count` applications; `AlreadyThereError` where those of this seed are there."""
    applicants = _applicants(facts, min(MOST_APPLICANTS, count // PER_APPLICANT + 1))
    parts = list(_parts(count, _reserved(count), applicants))
    workers = min(len(parts), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, get_context("spawn"), copying.begin, (facts, _address())) as pool:
        for _part in pool.map(copying.copy_part, parts):
            pass
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"ANALYZE {', '.join(ANALYSED)}")
        cursor.execute("RESET statement_timeout")


def _parts(count: int, key: int, applicants: tuple[int, int]) -> Iterator[Part]:
    for first in range(0, count, AT_A_TIME):
        yield Part(first, min(AT_A_TIME, count - first), key + first, applicants)


@transaction.atomic
def _applicants(facts: Facts, count: int) -> tuple[int, int]:
    """Write the people who apply, who cannot sign in; return the key of the first, and how many."""
    first = f"caseload.{facts.seed}.{facts.now:%Y%m%d}.0@example.org"
    if User.objects.filter(email=first).exists():
        raise AlreadyThereError
    with connection.cursor() as cursor:
        key = _next(cursor, "accounts_user", count)
        columns = "id, password, is_superuser, email, name, language, is_staff, is_active, date_joined"
        with cursor.copy(f"COPY accounts_user ({columns}) FROM STDIN") as copy:
            for place in range(count):
                email = f"caseload.{facts.seed}.{facts.now:%Y%m%d}.{place}@example.org"
                copy.write(f"{key + place}\t!\tf\t{email}\t\ten\tf\tt\t{facts.now.isoformat()}\n")
    return key, count


def _reserved(count: int) -> int:
    """Return the first of `count` keys that nobody else will give to a case or a request."""
    with connection.cursor() as cursor:
        first = max(_next(cursor, table, 1) for table in ("cases_case", "cases_request"))
        for table in ("cases_case", "cases_request"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count])
    return first


def _next(cursor: object, table: str, count: int) -> int:
    """Return the first of `count` keys of a table, and let its sequence go on behind them."""
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])  # type: ignore[attr-defined]
    first: int = cursor.fetchone()[0]  # type: ignore[attr-defined]
    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count])  # type: ignore[attr-defined]
    return first


def _address() -> str:
    """Return how to reach the database, for a process that knows no settings."""
    known = connection.get_connection_params()
    said = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if known.get(name)}
    return psycopg.conninfo.make_conninfo(**said)
