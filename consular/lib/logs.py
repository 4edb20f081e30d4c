"""Lines of the log without personal data: which error where, and on which page; neither values nor addresses.

PostgreSQL quotes a person's row in the text of an error, and addresses hold references of cases and the secret
part of a visa's code. Where DEBUG shows developers everything in the browser, the log says everything too.
"""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.conf import settings

NO_PAGE = "(no page of ours)"


class ReticentFormatter(logging.Formatter):
    """Writes an exception as its kind and the places it went through, after those that led to it; never its text."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        if settings.DEBUG:
            return super().formatException(ei)
        return "\n".join(f"{places(trace)}{kind}" for kind, trace in chain(ei[1]))


def chain(error: BaseException | None) -> Iterator[tuple[str, TracebackType | None]]:
    """Yield an exception as (kind, traceback), after those that led to it."""
    if error is None:
        return
    yield from chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    yield f"{type(error).__module__}.{type(error).__qualname__}", error.__traceback__


def places(trace: TracebackType | None) -> str:
    return "".join(traceback.format_tb(trace))


class RouteFilter(logging.Filter):
    """Puts the route, such as my/<reference:reference>/, in place of the address in what Django logs of an answer."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple) and not settings.DEBUG:
            address, shown = escaped(path), route(request)
            record.args = tuple(shown if each == address else each for each in record.args)
        return True


def route(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else NO_PAGE


def escaped(text: str) -> str:
    """Return `text` as django.utils.log writes it."""
    return text.encode("unicode_escape").decode("ascii")
