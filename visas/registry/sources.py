"""Where a monitor reads a log: at an address, or in this portal's own database."""

import json
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from django.utils import timezone

from visas.registry import heads
from visas.registry.models import Head, Leaf
from visas.seals.bundle import bundle

MOST = 5_000_000  # bytes an answer
PATIENCE = 30  # seconds
TOO_MANY, PAUSES = 429, 10
BATCH = 1000


class Local:
    def bundle(self) -> bytes:
        return bundle(timezone.now())

    def heads(self, after: int) -> list[dict[str, Any]]:
        return [heads.shown(each) for each in Head.objects.filter(size__gt=after).order_by("size")[:BATCH]]

    def leaves(self, start: int, end: int) -> list[dict[str, Any]]:
        found = Leaf.objects.filter(index__gte=start, index__lt=min(end, start + BATCH)).order_by("index")
        return [heads.leaf(each) for each in found]

    def consistency(self, old: int, new: int) -> list[str]:
        return heads.consistency(old, new)


class Remote:
    """A portal at `https://…`; what it answers is believed in nothing."""

    def __init__(self, address: str) -> None:
        if not address.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError("Give an address that begins with https://")
        self.address = address.rstrip("/")

    def bundle(self) -> bytes:
        return self._bytes("/v/bundle.jws")

    def heads(self, after: int) -> list[dict[str, Any]]:
        return self._list(f"/v/log/heads?after={after}", "heads")

    def leaves(self, start: int, end: int) -> list[dict[str, Any]]:
        return self._list(f"/v/log/leaves?start={start}&end={end}", "leaves")

    def consistency(self, old: int, new: int) -> list[str]:
        return self._list(f"/v/log/consistency?old={old}&new={new}", "path")

    def _list(self, path: str, name: str) -> list[Any]:
        return list(json.loads(self._bytes(path))[name])

    def _bytes(self, path: str) -> bytes:
        """Return an answer, waiting when it is told to: a whole log is many requests."""
        for _pause in range(PAUSES):
            try:
                with urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310 - the scheme is checked
                    return bytes(answer.read(MOST))
            except HTTPError as error:
                if error.code != TOO_MANY:
                    raise
            time.sleep(PATIENCE)
        raise TimeoutError("It answers that there are too many requests.")
