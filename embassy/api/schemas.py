"""What a value looks like, in JSON Schema (2020-12) as OpenAPI 3.1 uses it."""

from typing import Any

Schema = dict[str, Any]

REFERENCE = {"type": "string", "format": "uri"}


def text(description: str, **more: Any) -> Schema:
    return {"type": "string", "description": description, **more}


def whole(description: str, **more: Any) -> Schema:
    return {"type": "integer", "description": description, **more}


def yes_no(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def date(description: str) -> Schema:
    return {"type": "string", "format": "date", "description": description}


def moment(description: str) -> Schema:
    return {"type": "string", "format": "date-time", "description": description}


def address(description: str) -> Schema:
    return {**REFERENCE, "description": description}


def amount(description: str) -> Schema:
    return {"type": "string", "pattern": r"^\d+\.\d{2}$", "description": description}


def many(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def maybe(schema: Schema) -> Schema:
    """Return a schema that also allows null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def thing(fields: dict[str, Schema]) -> Schema:
    """Return an object that has all of these fields and no others."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


DATED: dict[str, Schema] = {
    "valid_from": date("First day in force."),
    "valid_to": maybe(date("Last day in force; null until further notice.")),
    "source": text("Code of the law that it comes from: see sources."),
    "clause": text("Clause of that law; may be empty."),
}
