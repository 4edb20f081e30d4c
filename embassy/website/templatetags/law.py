"""The law's rows in the reader's words: `{% load law %}`."""

from dataclasses import replace
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from consular.lib.calendars import digits
from embassy.website import forms, words
from visas.policy.models import Rule
from visas.policy.money import in_words
from visas.policy.rules import Question

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"

register.filter("days", words.days)
register.filter("working_days", words.working_days)
register.filter("months", words.months)
register.filter("need", words.need)
register.filter("limit", words.limit)
register.filter("in_person", words.in_person)
register.filter("fingerprints", words.fingerprints)
register.filter("extra", words.extra)
register.filter("service", words.service)
register.filter("language_name", words.language_name)


@register.filter
def money(fee: Any) -> str:
    """Return the amount of a fee in words."""
    return in_words(fee.amount, fee.currency)


@register.filter
def price(fee: Any) -> str:
    """Return the amount of a fee in words, or that there is nothing to pay."""
    return money(fee) if fee.amount else gettext("Free of charge")


@register.simple_tag
def sum_of(amount: Any, currency: str) -> str:
    """Return an amount of money in words."""
    return in_words(amount, currency)


@register.simple_tag
def citation(row: Any) -> str:
    """Return the law that a dated row comes from, with its clause in the digits of the language."""
    if not row.clause:
        return str(row.source)
    clause = digits(row.clause, get_language() or "en").replace(" ", NO_BREAK)
    return gettext("%(law)s, %(clause)s") % {"law": row.source, "clause": clause}


@register.simple_tag
def answer_for_days(question: Question, days: int) -> str:
    """Return the address of the answer for a stay of so many days."""
    return forms.address(replace(question, days=days))


@register.simple_tag
def answer_address(question: Question, rule: Rule) -> str:
    """Return the address of the answer for the longest stay that `rule` covers."""
    return forms.address(replace(question, days=rule.max_days or question.days))
