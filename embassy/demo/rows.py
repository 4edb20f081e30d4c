"""Reading the demonstration's data files, and writing rows so that loading twice changes nothing."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from consular.lib.multilingual import MultilingualField

DATA = Path(__file__).resolve().parent / "data"

Row = TypeVar("Row", bound=models.Model)


def read(name: str) -> dict[str, Any]:
    """Return the content of the data file `name`.toml."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def put(model: type[Row], key: dict[str, Any], **values: Any) -> Row:
    """Create the row that `key` finds, or bring its values up to date; return it."""
    row, _ = model._default_manager.update_or_create(**key, defaults={**_blank_texts(model), **values})
    return row


def _blank_texts(model: type[models.Model]) -> dict[str, Any]:
    """Return the optional texts of a model, empty: a text taken out of the file goes from the row too."""
    return {
        field.name: {}
        for field in model._meta.concrete_fields
        if isinstance(field, MultilingualField) and field.blank
    }
