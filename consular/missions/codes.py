"""Codes that staff type for a mission: refused in words when they name nothing."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consular.lib import countries
from consular.missions.status import Service


def is_a_country(code: str) -> None:
    if countries.alpha2(code) != code:
        raise ValidationError(_("“%(code)s” is no two-letter code of a country."), params={"code": code})


def are_countries(codes: list[str]) -> None:
    """Validate a whole list: the admin would replace what is said about one of its items."""
    for code in codes:
        is_a_country(code)


def are_nationalities(codes: list[str]) -> None:
    for code in codes:
        if countries.alpha3(code) != code:
            message = _("“%(code)s” is no three-letter code of a nationality.")
            raise ValidationError(message, params={"code": code})


def are_services(codes: list[str]) -> None:
    known = ", ".join(Service.values)
    for code in codes:
        if code not in Service.values:
            message = _("“%(code)s” is no service. The services are: %(known)s.")
            raise ValidationError(message, params={"code": code, "known": known})


def is_a_time_zone(name: str) -> None:
    """Refuse what the time-zone data does not know."""
    if name not in available_timezones():
        raise ValidationError(_("Give a time zone as the IANA names it, such as Europe/Lisbon."))
