"""A process that draws and copies parts of a caseload; it knows no settings, only what it is given."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from embassy.demo.caseload.drawing import FREEZE, TABLES, Chunk, Part, draw
from embassy.demo.caseload.facts import Facts

_facts: Facts
_line: psycopg.Connection


def begin(facts: Facts, address: str) -> None:
    """Begin a process: connect once."""
    global _facts, _line
    _facts, _line = facts, psycopg.connect(address, autocommit=True)
    _line.execute("SET synchronous_commit = off")
    _line.execute("SET statement_timeout = 0")


def copy_part(part: Part) -> None:
    chunk = draw(_facts, part)
    with _without_looking_up(_line), _line.transaction(), _line.cursor() as cursor:
        put(cursor, chunk)


def put(cursor: psycopg.Cursor, chunk: Chunk) -> None:
    """Write a chunk: what is answered first, then frozen."""
    for table, columns in TABLES.items():
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write(chunk.text(table))
    cursor.execute(FREEZE, [chunk.to_freeze])


@contextmanager
def _without_looking_up(line: psycopg.Connection) -> Iterator[None]:
    """Do not have the database look up what every row refers to, where it lets us: all of it was just read or written."""
    allowed = line.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if allowed and allowed[0]:
        line.execute("SET session_replication_role = replica")
    yield
    if allowed and allowed[0]:
        line.execute("RESET session_replication_role")
