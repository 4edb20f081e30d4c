"""Posts in the reader's words: `{% load posts %}`."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language, gettext, pgettext

from consular.lib import countries
from consular.missions.models import Arrangement
from embassy.website import posts
from embassy.website.words import language_name, service

register = template.Library()

register.filter("services", posts.services)


@register.filter
def dialled(number: str) -> str:
    """Return a telephone number as a link dials it: digits and a plus."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def yesno_words(value: bool) -> str:  # noqa: FBT001  A filter has one argument
    return gettext("Yes") if value else gettext("No")


@register.filter
def language_names(codes: Iterable[str]) -> str:
    return _listed(language_name(code) for code in codes)


@register.simple_tag
def arrangement(row: Arrangement) -> str:
    """Say whom an arrangement is for: Ostrania (nationality), Naruvia (residence): the services."""
    language = get_language() or "en"
    what = _listed(service(code) for code in row.services or row.mission.services)
    whose = _listed(countries.name(code, language) for code in row.nationalities)
    where = _listed(countries.name(code, language) for code in row.residences)
    parts = {"what": what, "whose": whose, "where": where}
    if whose and where:
        return gettext("Citizens of %(whose)s who live in %(where)s: %(what)s") % parts
    if whose:
        return gettext("Citizens of %(whose)s: %(what)s") % parts
    if where:
        return gettext("People who live in %(where)s: %(what)s") % parts
    return gettext("Everybody whom no post near them serves: %(what)s") % parts


def _listed(names: Iterable[str]) -> str:
    return pgettext("between parts of a list", ", ").join(names)
