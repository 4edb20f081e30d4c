"""Rows of the law as JSON and back, and what people may do with each table."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from visas.policy.models import InForce, Source, StayOption
from visas.policy.reading import TABLES

# A source of law changes no answer by itself: it is written down directly.
EDITABLE: dict[str, type[Model]] = {
    model._meta.model_name or "": model for model in TABLES if model is not Source
}
FIXED = {"category", "purpose", "rulegroup", "traveldocument"}  # Altered, never added: code speaks of them


def model_of(table: str) -> type[Model]:
    """Return the model called `table`; `KeyError` when it is none of the law's."""
    return EDITABLE[table]


def rows_of(table: str) -> QuerySet[Any]:
    return QuerySet(model_of(table))


def may_add(table: str) -> bool:
    return table not in FIXED


def may_remove(row: Model, today: date) -> bool:
    """Tell whether a row may go without a trace: it was never law, or the law keeps no time of it."""
    if isinstance(row, InForce):
        return row.valid_from > today
    return isinstance(row, StayOption)


def as_json(row: Model) -> dict[str, Any]:
    """Return every column of a row, as JSON knows it."""
    values = {field.attname: getattr(row, field.attname) for field in columns(type(row))}
    found: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return found


def digest(values: dict[str, Any]) -> str:
    """Return what differs as soon as a row says something else."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def columns(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def put(row: Model, values: dict[str, Any]) -> Model:
    """Write JSON values into a row (not into the database)."""
    for field in columns(type(row)):
        if field.attname in values:
            setattr(row, field.attname, field.to_python(values[field.attname]))
    return row


def altered(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return what `after` says otherwise."""
    return {name: value for name, value in after.items() if before.get(name) != value}


def label(model: type[Model], name: str) -> str:
    field = next(each for each in columns(model) if each.attname == name)
    return str(field.verbose_name)
