"""Answers for everybody, other sites' pages too: what is public about all visas."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def shared(
    request: HttpRequest, response: HttpResponse, *, seconds: int, says: bytes | None = None
) -> HttpResponse:
    """Let anybody keep an answer for so long, and ask whether it has changed: what it `says`, or any byte of it."""
    content = response.content if says is None else says
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
