"""Text in several languages, kept as data: names of missions, categories, questions.

A `Multilingual` is a dictionary of language code → text whose `str()` is the text in the active
language, or in English, or in whatever language there is. It is stored as JSON.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

FALLBACK = "en"


class Multilingual(dict[str, str]):
    """Language code → text."""

    def in_language(self, language: str | None) -> str:
        """Return the text in `language`, else in English, else in any language, else ''."""
        base = (language or FALLBACK).split("-")[0]
        return self.get(base) or self.get(FALLBACK) or next(iter(self.values()), "")

    def __str__(self) -> str:
        return self.in_language(get_language())

    def __html__(self) -> str:
        from django.utils.html import escape

        return escape(str(self))


class MultilingualField(models.JSONField):
    """A JSON column that holds one `Multilingual`; accepts a plain str as English."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Multilingual | None:
        loaded = super().from_db_value(value, expression, connection)
        return None if loaded is None else Multilingual(loaded)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if isinstance(value, str):
            return Multilingual({FALLBACK: value})
        return Multilingual(value) if isinstance(value, dict) else value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(dict(self.to_python(value)) if value is not None else None)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value and not (isinstance(value, dict) and all(isinstance(text, str) for text in value.values())):
            raise ValidationError("Give a text for each language, such as {'en': '…', 'fa': '…'}.")
