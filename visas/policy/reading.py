"""Every row of the law in one query: as JSON, made into models again and linked to each other.

A query a table would be read at as many moments unless a transaction holds them together; one is read at
one. The rows come out as `Model.objects.select_related(…)` would give them, in the order of their models.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import ForeignKey, Model

from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    Fingerprints,
    GroupMember,
    KeepingTime,
    PassportValidity,
    Purpose,
    RefundRule,
    RequiredDocument,
    Rule,
    RuleGroup,
    ServiceFee,
    Source,
    StayOption,
    Surcharge,
    TravelDocument,
    Version,
)

# A table stands after those that it refers to.
TABLES: tuple[type[Model], ...] = (
    Source,
    Category,
    StayOption,
    Purpose,
    RuleGroup,
    TravelDocument,
    GroupMember,
    Rule,
    Fee,
    FeeExemption,
    Surcharge,
    ServiceFee,
    RefundRule,
    RequiredDocument,
    PassportValidity,
    Fingerprints,
    KeepingTime,
)
LAST = (True,)  # Sorts after anything that is there, as PostgreSQL sorts what is empty

Rows = dict[type[Model], list[Any]]


def read_all() -> tuple[int | None, Rows]:
    """Return the version of the law (None when nothing was ever written) and the rows of every table."""
    stored = _fetch()
    versions = stored.pop(Version, [])
    return (versions[0]["number"] if versions else None), _linked(stored)


def _fetch() -> dict[type[Model], list[dict[str, Any]]]:
    models: list[type[Model]] = [Version, *TABLES]
    query = " UNION ALL ".join(
        f"SELECT {place}, to_jsonb(t)::text FROM {model._meta.db_table} t"  # noqa: S608 - our own names
        for place, model in enumerate(models)
    )
    found: dict[type[Model], list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query)
        for place, row in cursor:
            found.setdefault(models[place], []).append(json.loads(row, parse_float=Decimal))
    return found


def _linked(stored: dict[type[Model], list[dict[str, Any]]]) -> Rows:
    made: dict[type[Model], dict[Any, Any]] = {}
    for model in TABLES:
        rows = (_link(_made(model, row), made) for row in stored.get(model, []))
        made[model] = {row.pk: row for row in rows}
    return {model: sorted(rows.values(), key=place_of) for model, rows in made.items()}


def _made(model: type[Model], row: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    values = [field.to_python(row[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)


def _link(row: Model, made: dict[type[Model], dict[Any, Any]]) -> Model:
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and (key := getattr(row, field.attname)) is not None:
            field.set_cached_value(row, made[field.related_model][key])
    return row


def place_of(row: Model) -> list[Any]:
    """Return what sorts a row among those of its model: its `Meta.ordering`, also through other tables."""
    return [part for name in row._meta.ordering or () for part in _places(getattr(row, str(name)))]


def _places(value: Any) -> Iterator[Any]:
    if value is None:
        yield LAST
    elif isinstance(value, Model):
        yield (False, *place_of(value))
    else:
        yield (False, value)
