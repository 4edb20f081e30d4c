"""Amounts of money in words: 60 euros, ۶۰ یورو."""

from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import get_language

from consular.lib.calendars import digits

WHOLE, BROKEN = "#,##0", "#,##0.00"


def in_words(amount: Decimal, currency: str, language: str | None = None) -> str:
    """Return the amount with the currency's name (ISO 4217 code), by default in the active language."""
    language = (language or get_language() or "en").split("-")[0]
    pattern = WHOLE if amount == int(amount) else BROKEN
    words = format_currency(
        amount, currency, pattern, locale=language, currency_digits=False, format_type="name"
    )
    return digits(words, language)
