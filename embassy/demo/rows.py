"""Reading the demonstration's data files, and writing rows so that loading twice changes nothing."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

DATA = Path(__file__).resolve().parent / "data"

Row = TypeVar("Row", bound=models.Model)


def read(name: str) -> dict[str, Any]:
    """Return the content of the data file `name`.toml."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def put_all(model: type[Row], rows: Iterable[dict[str, Any]], *, key: Sequence[str] = ("code",)) -> list[Row]:
    """Make the table hold these rows: create what is new, rewrite what differs, leave the rest alone.

    `key` names the fields that tell rows apart. A field that a row does not name gets its default.
    Returns the rows in their order; at most three queries.
    """
    table: models.QuerySet[Row] = models.QuerySet(model)
    existing = {_values(row, key): row for row in table.all()}
    wanted = [model(**row) for row in rows]
    for row in wanted:
        if found := existing.get(_values(row, key)):
            row.pk = found.pk
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    changed = [
        row for row in wanted if row.pk and _values(row, names) != _values(existing[_values(row, key)], names)
    ]
    table.bulk_create([row for row in wanted if row.pk is None])
    table.bulk_update(changed, names)
    return wanted


def by_code(rows: Iterable[Any]) -> dict[str, Any]:
    """Return the rows by their code."""
    return {row.code: row for row in rows}


def _values(row: models.Model, names: Sequence[str]) -> tuple[Any, ...]:
    """Return a row's values as the database knows them: the keys of foreign rows, not the rows."""
    fields: list[Any] = [row._meta.get_field(name) for name in names]
    return tuple(_comparable(getattr(row, field.attname)) for field in fields)


def _comparable(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    return tuple(value) if isinstance(value, list) else value
