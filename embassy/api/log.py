"""The public log and the status lists in the OpenAPI document; visas.registry answers them, at /v/."""

from typing import Any

from embassy.api import schemas as s

DIGEST = s.text("SHA-256, hexadecimal.", pattern="^[0-9a-f]{64}$")
HEAD = s.thing({
    "size": s.whole("How many leaves the tree has."),
    "root": DIGEST,
    "signed": s.text("The same, signed: JWS with the certificate in x5c."),
})  # fmt: skip
LEAF = s.thing({
    "v": s.whole("1"),
    "kid": s.text("Signer and reference of the key of the seal."),
    "time": s.text("When it was entered."),
    "commitment": DIGEST,
})  # fmt: skip
PATH = s.many(DIGEST, "Hashes of the proof, as in RFC 9162.")
SERVERS = [{"url": "/v", "description": "Beside the API, without a language."}]


def _operation(name: str, summary: str, schema: s.Schema, *parameters: str) -> dict[str, Any]:
    whole = {"type": "integer", "minimum": 0}
    asked = [{"name": each, "in": "query", "required": True, "schema": whole} for each in parameters]
    return {
        "servers": SERVERS,
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": asked,
            "responses": {
                "200": {"description": "As asked for.", "content": {"application/json": {"schema": schema}}},
                "400": {"description": "A number is missing or out of range."},
                "429": {"description": "Too many requests: 30 in 15 seconds."},
            },
        },
    }


PATHS: dict[str, Any] = {
    "/log/head": _operation("log-head", "The newest signed head of the log", s.thing({
        "head": {"anyOf": [HEAD, {"type": "null"}]},
    })),
    "/log/heads": _operation("log-heads", "Signed heads of larger trees, 100 at most", s.thing({
        "heads": s.many(HEAD, "The smallest first."),
    }), "after"),
    "/log/leaves": _operation("log-leaves", "Leaves of the log, 1000 at most", s.thing({
        "start": s.whole("The place of the first."),
        "leaves": s.many(LEAF, "In order."),
    }), "start", "end"),
    "/log/inclusion": _operation("log-inclusion", "That a leaf is in the log", s.thing({
        "index": s.whole("Its place."), "size": s.whole("Of the tree."), "path": PATH,
    }), "index", "size"),
    "/log/consistency": _operation("log-consistency", "That an old log is the beginning of a newer", s.thing({
        "old": s.whole("Leaves of the old one."), "new": s.whole("Of the newer."), "path": PATH,
    }), "old", "new"),
}  # fmt: skip
