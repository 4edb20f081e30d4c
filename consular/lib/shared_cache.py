"""The cache that all processes share, in one statement a write, and with no entry thrown away before its time.

Django's database cache counts its rows before each write, looks for the key, and writes: five statements. With
more than MAX_ENTRIES it drops a third of them, so that whoever made many entries would have the limits on
guessing (consular.lib.limits) forgotten. Here an entry goes when it has expired, a few at a time.
"""

import base64
import pickle
import random
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils import timezone

SWEPT_AT_ONCE = 1000
WRITES_BETWEEN_SWEEPS = 200  # On average: far fewer than are swept at once
NEVER = datetime(9999, 12, 31, tzinfo=UTC)

WRITE = """
    INSERT INTO {table} AS held (cache_key, value, expires) VALUES (%s, %s, %s)
    ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
UNLESS_HELD = " WHERE held.expires <= %s"
SWEEP = """
    DELETE FROM {table} WHERE cache_key IN (
        SELECT cache_key FROM {table} WHERE expires <= %s LIMIT %s FOR UPDATE SKIP LOCKED
    )
"""


class SharedCache(DatabaseCache):
    """`add` tells for certain who was first: the unique key decides, also between processes."""

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        self._run(WRITE, *self._row(key, value, timeout, version))
        self._sweep_sometimes()

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        row = self._row(key, value, timeout, version)
        was_first = self._run(WRITE + UNLESS_HELD, *row, timezone.now()) == 1
        self._sweep_sometimes()
        return was_first

    def sweep(self) -> int:
        """Delete some of what has expired, and return how many."""
        return self._run(SWEEP, timezone.now(), SWEPT_AT_ONCE)

    def _sweep_sometimes(self) -> None:
        if random.randrange(WRITES_BETWEEN_SWEEPS) == 0:  # noqa: S311 - no secret
            self.sweep()

    def _row(self, key: Any, value: Any, timeout: Any, version: Any) -> tuple[str, str, datetime]:
        """Return key, value and expiry as Django's own methods read them."""
        ends = self.get_backend_timeout(timeout)
        packed = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        expires = NEVER if ends is None else datetime.fromtimestamp(ends, tz=UTC)
        return self.make_and_validate_key(key, version=version), packed, expires

    def _run(self, statement: str, *values: Any) -> int:
        """Run a statement on the cache's table, and return how many rows it wrote."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        with connection.cursor() as cursor:
            cursor.execute(
                statement.format(table=connection.ops.quote_name(self.cache_model_class._meta.db_table)),
                values,
            )
            return int(cursor.rowcount)
