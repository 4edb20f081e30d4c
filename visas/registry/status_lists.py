"""Status lists as everybody gets them (IETF Token Status List; docs/formats/status_list.md)."""

import base64
import datetime as dt
import json
import zlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from joserfc import jws
from joserfc.errors import JoseError

from visas.registry.models import StatusList
from visas.registry.status import BITS, LENGTH
from visas.seals import signing
from visas.seals.status import Use

KIND = "statuslist+jwt"
LASTS = dt.timedelta(days=7)
FRESH = 600  # seconds for which an unchanged list keeps its signature
TTL = 60  # seconds after which a reader should ask again
SKEW = 300  # seconds by which the clocks of two machines may differ
LONGEST = 200_000  # characters of a token


class UnreliableError(ValueError):
    """A status list that must not be believed: forged, too old, of another list, or without this index."""


def status_list_jwts() -> list[dict[str, Any]]:
    """Return all lists, as the trust bundle carries them."""
    return [{"list": each.number, "jwt": token(each)} for each in StatusList.objects.all()]


def token(status_list: StatusList, now: dt.datetime | None = None) -> str:
    """Return the signed list: at most ten minutes old, and never from before its last change."""
    key = signing.active(Use.BUNDLE)
    moment = int((now or timezone.now()).timestamp())
    issued_at = max(moment - moment % FRESH, int(status_list.changed_at.timestamp()))
    place = f"registry:list:{status_list.number}:{status_list.revision}:{key.reference}:{issued_at}"
    made = cache.get_or_set(place, lambda: _signed(status_list, issued_at, key), FRESH)
    return str(made)


def _signed(status_list: StatusList, issued_at: int, key: Any) -> str:
    marked = status_list.places.exclude(mark=0).values_list("index", "mark")
    payload = {
        "sub": address(status_list.number),
        "iat": issued_at,
        "exp": issued_at + int(LASTS.total_seconds()),
        "ttl": TTL,
        "status_list": {"bits": BITS, "lst": packed(marked)},
    }
    return signing.sign_json(payload, kind=KIND, key=key)


def address(number: int) -> str:
    return f"{settings.SITE_URL}/v/status/{number}.jwt"


def packed(marked: Iterable[tuple[int, int]]) -> str:
    """Return `lst`: two bits for each place, the first in the lowest bits of its byte; all others are valid."""
    bits = bytearray(LENGTH * BITS // 8)
    for index, mark in marked:
        bits[index >> 2] |= mark << (index & 3) * BITS
    return base64.urlsafe_b64encode(zlib.compress(bits, 9)).rstrip(b"=").decode()


# Reading


def read(made: str, key: Any, *, number: int, now: dt.datetime, seen: int = 0) -> dict[str, Any]:
    """Return what a list says that `key` signed; `UnreliableError` for everything else.

    `seen` is the `iat` of the newest list that the reader has had: an older one is a replay.
    """
    registry = jws.JWSRegistry()
    registry.max_payload_length = LONGEST
    try:
        content = jws.deserialize_compact(made[:LONGEST], key, algorithms=["ES256"], registry=registry)
        said = json.loads(content.payload)
        times, subject = (said["iat"], said["exp"]), said["sub"]
        is_list = content.headers().get("typ") == KIND and said["status_list"]["bits"] == BITS
    except (JoseError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreliableError("not a status list of ours") from error
    if not is_list or not str(subject).endswith(f"/v/status/{number}.jwt"):
        raise UnreliableError("another list")
    _in_time(times, now, seen)
    return said if isinstance(said, dict) else {}


def _in_time(times: tuple[Any, Any], now: dt.datetime, seen: int) -> None:
    issued_at, ends_at = times
    if not (type(issued_at) is int and type(ends_at) is int):
        raise UnreliableError("no times")
    moment = int(now.timestamp())
    if issued_at < seen:
        raise UnreliableError("older than the one before")
    if issued_at > moment + SKEW:
        raise UnreliableError("from the future: is the clock right?")
    if moment > min(ends_at, issued_at + int(LASTS.total_seconds())) + SKEW:
        raise UnreliableError("out of date")


def mark_at(said: dict[str, Any], index: int) -> int:
    """Return what a list that was read says of a place."""
    if not 0 <= index < LENGTH:
        raise UnreliableError("no such place")
    try:
        text = said["status_list"]["lst"]
        inflater = zlib.decompressobj()
        bits = inflater.decompress(
            base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), LENGTH * BITS // 8
        )
        return bits[index >> 2] >> (index & 3) * BITS & 3
    except (KeyError, TypeError, ValueError, IndexError, zlib.error) as error:
        raise UnreliableError("no list") from error
