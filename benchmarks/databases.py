"""Databases that the benchmarks make and drop. Nothing here opens the portal's own."""

import contextlib
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import dj_database_url
import psycopg

PORTAL, MANY, PEER = "bench_portal", "bench_portal_many", "bench_peer"
OURS = (PORTAL, MANY, PEER)


def settings_for(url: str, name: str) -> dict[str, Any]:
    """Return Django's settings for the database `name` on the server of `url`."""
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return {**found, "NAME": name}


def administer(url: str, *statements: str) -> None:
    """Run statements on the server's maintenance database."""
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as link:
        for statement in statements:
            link.execute(statement)


@contextlib.contextmanager
def databases(url: str) -> Iterator[None]:
    """Make the empty databases, and drop them at the end however it comes."""
    drop = [f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in OURS]
    administer(url, *drop, f"CREATE DATABASE {PORTAL}", f"CREATE DATABASE {PEER}")
    try:
        yield
    finally:
        administer(url, *drop)


def copy_portal(url: str) -> None:
    """Make MANY a copy of PORTAL; nobody may be connected to either."""
    administer(
        url, f"DROP DATABASE IF EXISTS {MANY} WITH (FORCE)", f"CREATE DATABASE {MANY} TEMPLATE {PORTAL}"
    )


@contextlib.contextmanager
def looking_at(name: str) -> Iterator[None]:
    """Let this thread's default connection be another, which is kept open for the next time."""
    from django.db import connections

    before = connections["default"]
    connections["default"] = kept_connection(name)
    try:
        yield
    finally:
        connections["default"] = before


@cache
def kept_connection(name: str) -> Any:
    from django.db import connections

    made = connections.create_connection("default")
    made.settings_dict = {**made.settings_dict, "NAME": name}
    return made


def close_kept() -> None:
    for name in OURS:
        kept_connection(name).close()
    kept_connection.cache_clear()
