"""Dates, digits, codes and names as the reader's language writes them: `{% load ui %}`."""

import datetime as dt
from typing import Any

from babel import Locale
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils import timezone
from django.utils.html import format_html, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from consular.lib import calendars, countries
from consular.ui.forms import Problem, problems as problems_of

register = template.Library()


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def day(value: dt.date | None) -> str:
    """Write a date in words; in Persian the Solar Hijri date with the Gregorian one beside it."""
    if not value:
        return ""
    date = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    language = _language()
    words = calendars.in_words(date, language)
    if language != "fa":
        return words
    both = {"date": words, "gregorian": calendars.gregorian_in_words(date, language)}
    return gettext("%(date)s (%(gregorian)s)") % both


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Write a date and the time of day, naming the time zone: readers are in many."""
    if not value:
        return ""
    local = timezone.localtime(value)
    time = calendars.digits(f"{local:%H:%M}", _language())
    parts = {"date": day(local), "time": time, "zone": _zone(local)}
    return gettext("%(date)s at %(time)s (%(zone)s)") % parts


def _zone(moment: dt.datetime) -> str:
    """Name the time zone of a moment; one that has only a number is named by its distance from UTC."""
    name = moment.tzname() or ""
    return f"UTC{name}" if name[:1] in {"+", "-"} else name


@register.filter
def digits(value: Any) -> str:
    """Write a number or a text with the digits of the language."""
    return "" if value is None else calendars.digits(value, _language())


@register.filter
def ltr(value: Any) -> SafeString:
    """Keep a code, an e-mail address or a phone number in its own order inside Persian text."""
    return format_html('<bdi dir="ltr">{}</bdi>', "" if value is None else value)


@register.filter
def letter(body: str) -> SafeString:
    """Write the plain text of a message as paragraphs; addresses are links in their own order inside Persian text."""
    linked = urlize(body, nofollow=True, autoescape=True).replace("<a href=", '<a dir="ltr" href=')
    return mark_safe(linebreaks(linked))  # noqa: S308 - urlize has escaped the text


@register.simple_tag
def site() -> dict[str, Any]:
    """`name` of this embassy, its `state` and `colour`, and whether it is a `demonstration`; needs no request."""
    return {
        "name": settings.EMBASSY_NAME,
        "state": settings.STATE_NAME,
        "colour": settings.IDENTITY.colours["brand"],
        "demonstration": settings.DEMONSTRATION,
    }


@register.simple_tag
def country_name(code: str) -> str:
    """Name a state or nationality in the language of the page."""
    return countries.name(code or "", _language())


@register.simple_tag
def language_name(code: str) -> str:
    """Name a language in the language of the page."""
    return str(Locale.parse(_language()).languages.get(code, code))


@register.filter
def page_numbers(page: "Page[Any]") -> list[int | str]:
    """List the pages to link to, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def problems(form: BaseForm) -> list[Problem]:
    """List the lines of the error summary of any form."""
    return problems_of(form)
