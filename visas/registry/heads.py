"""Signed tree heads and proofs, from the nodes that the log keeps (docs/formats/log.md)."""

import base64
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils import timezone

from visas.registry import merkle
from visas.registry.models import Head, Leaf, Node
from visas.seals import signing
from visas.seals.status import Use

KIND = "log-head+jws"


def size() -> int:
    """Return how many leaves the log has."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def nodes(wanted: set[merkle.Node]) -> dict[merkle.Node, bytes]:
    """Return the hashes of these nodes, by one query."""
    if not wanted:
        return {}
    asked = reduce(or_, (Q(level=level, place=place) for level, place in wanted))
    return {
        (level, place): bytes(found)
        for level, place, found in Node.objects.filter(asked).values_list("level", "place", "hash")
    }


def hashes(ranges: Iterable[merkle.Range]) -> list[bytes]:
    asked = list(ranges)
    known = nodes(merkle.needed(asked))
    return [merkle.folded(start, end, known) for start, end in asked]


def root(of_size: int) -> bytes:
    return hashes([(0, of_size)])[0]


def inclusion(index: int, of_size: int) -> list[str]:
    return [each.hex() for each in hashes(merkle.inclusion_ranges(index, of_size))]


def consistency(old: int, new: int) -> list[str]:
    """Return the proof that the log of `old` leaves is the beginning of that of `new`; nothing precedes an empty one."""
    return [each.hex() for each in hashes(merkle.consistency_ranges(old, new))] if old else []


def sign(of_size: int, root_hash: bytes) -> str:
    """Return a head, signed by the key of bundles and with its certificate, so that it can be checked for ever."""
    key = signing.active(Use.BUNDLE)
    payload = {
        "v": 1,
        "size": of_size,
        "root": root_hash.hex(),
        "time": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    certificate = base64.b64encode(bytes(key.certificate or b"")).decode()
    return signing.sign_json(payload, kind=KIND, key=key, x5c=[certificate])


def tree_head() -> dict[str, Any] | None:
    """Return the newest signed head, as the trust bundle carries it; None before the first."""
    head = Head.objects.first()
    return shown(head) if head else None


def shown(head: Head) -> dict[str, Any]:
    return {"size": head.size, "root": bytes(head.root).hex(), "signed": head.signed}


def leaf(found: Leaf) -> dict[str, Any]:
    """Return a leaf as everybody gets it: RFC 8785 makes the entry of it that is hashed."""
    return {
        "v": found.v,
        "kid": found.kid,
        "time": found.time,
        "commitment": bytes(found.commitment).hex(),
    }
