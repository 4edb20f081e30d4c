"""Whether a traveller may board: the one address that needs a key, and the one that is posted to."""

import base64
import json
import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from consular.accounts.addresses import client_address
from consular.lib.limits import allow
from embassy.api import schemas as s
from embassy.api.answering import as_json, asked_language
from embassy.api.problems import Problem
from visas.issuance.status import Standing
from visas.verification import airlines
from visas.verification.actions import note_answer
from visas.verification.models import AirlineKey
from visas.verification.status import Board

LARGEST = 4096  # bytes of a request
REQUESTS, SECONDS = 30, 10  # a key
WRONG_KEYS, TEN_MINUTES = 10, 600  # an address
NUMBER = re.compile(r"[A-Z0-9]{1,20}")
HEADERS = {
    401: {"WWW-Authenticate": "Bearer"},
    405: {"Allow": "POST"},
    429: {"Retry-After": str(SECONDS)},
}
FIELDS = ("seal", "passport_number", "visa_number")

ASKED: s.Schema = {
    **s.thing({
        "seal": s.text("The bytes of the seal, in base64 or hexadecimal.", maxLength=2000),
        "passport_number": s.text("As in the passport. Required without a seal.", pattern="^[A-Z0-9]{1,20}$"),
        "visa_number": s.text("As on the visa. Required without a seal.", pattern="^[A-Z0-9]{1,20}$"),
    }),
    "required": [],
    "anyOf": [{"required": ["seal"]}, {"required": ["passport_number", "visa_number"]}],
}  # fmt: skip
ANSWER = {
    "answer": s.text("What to do; refer: ask the embassy first.", enum=list(Board.values)),
    "word": s.text("ICAO's word (Doc 9303-13): VALID, or what is wrong."),
    "standing": {"type": ["string", "null"], "enum": [*Standing.values, None], "description": "What the visa is worth today."},
}  # fmt: skip


@csrf_exempt  # No cookie is looked at: the key is in a header
@login_not_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """Answer an airline; its key is counted with the answer, and nothing about the traveller is kept."""
    with override(asked_language(request)):
        try:
            return answered(request)
        except Problem as problem:
            return refused(problem)


def answered(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        raise Problem(405, gettext("Send POST."))
    key = authorised(request)
    asked, today = read(request), timezone.localdate()
    if "seal" in asked:
        answer = airlines.by_seal(seal_of(asked["seal"]), asked.get("passport_number"), on=today)
    else:
        answer = airlines.by_numbers(asked["visa_number"], asked["passport_number"], on=today)
    note_answer(key, answer, on=today)
    return as_json(answer.as_json())


def refused(problem: Problem) -> HttpResponse:
    response = problem.response()
    for name, value in HEADERS.get(problem.status, {}).items():
        response.headers[name] = value
    return response


def authorised(request: HttpRequest) -> AirlineKey:
    """Return the key in `Authorization: Bearer …`; wrong ones are counted for the address that sends them."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    key = airlines.key_of(secret.strip()) if scheme.lower() == "bearer" and secret else None
    if key is None:
        if not allow("airline-wrong-key", client_address(request), tries=WRONG_KEYS, seconds=TEN_MINUTES):
            raise Problem(429, gettext("Too many wrong keys. Wait ten minutes."))
        raise Problem(
            401, gettext("Send your key as Authorization: Bearer. A consul of this embassy gives it to you.")
        )
    if not allow("airline-key", str(key.pk), tries=REQUESTS, seconds=SECONDS):
        raise Problem(429, gettext("Too many requests with this key. Wait ten seconds."))
    return key


def read(request: HttpRequest) -> dict[str, str]:
    """Return what was posted: a small JSON object of texts, complete and without anything else."""
    if request.content_type != "application/json":
        raise Problem(400, gettext("Send application/json."))
    body = request.body
    try:
        asked = json.loads(body) if 0 < len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise Problem(400, gettext("Send a small JSON object."))
    if wrong := faults(asked):
        raise Problem(400, gettext("Some parameters are wrong."), wrong)
    return {name: value for name, value in asked.items() if value is not None}


def faults(asked: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with which field."""
    found = {name[:40]: gettext("There is no such parameter.") for name in asked if name not in FIELDS}
    given = {name for name in FIELDS if asked.get(name) is not None}
    for name in given - {"seal"}:
        if not (isinstance(asked[name], str) and NUMBER.fullmatch(asked[name])):
            found[name] = gettext("Give capital letters and digits, at most 20.")
    if "seal" in given and not isinstance(asked["seal"], str):
        found["seal"] = gettext("Give the bytes in base64 or hexadecimal.")
    if "seal" not in given and not given >= {"passport_number", "visa_number"}:
        found["seal"] = gettext("Give a seal, or passport number and visa number.")
    if given >= {"seal", "visa_number"}:
        found["visa_number"] = gettext("The seal says the visa number. Give one of the two.")
    return found


def seal_of(text: str) -> bytes:
    """Return the bytes of a seal: hexadecimal if it begins like one (DC), otherwise base64."""
    try:
        if re.fullmatch(r"[dD][cC][0-9a-fA-F]*", text):
            return bytes.fromhex(text)
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        wrong = {"seal": gettext("Give the bytes in base64 or hexadecimal.")}
        raise Problem(400, gettext("Some parameters are wrong."), wrong) from error
