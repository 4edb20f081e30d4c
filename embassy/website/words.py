"""What the law's rows mean, in the reader's words."""

from babel import Locale
from django.utils.translation import get_language, gettext, ngettext

from consular.lib.calendars import digits
from consular.missions.status import Service
from visas.policy.models import Rule, StayOption
from visas.policy.status import Outcome


def number(value: int) -> str:
    """Return a number in the digits of the active language."""
    return digits(value, get_language() or "en")


def days(count: int) -> str:
    """Return a number of days: 30 days."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def working_days(count: int) -> str:
    return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": number(count)}


def months(count: int) -> str:
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": number(count)}


def limit(rule: Rule) -> str:
    """Return how long a rule lets people stay: up to 90 days in any 180 days; '' when it sets no limit."""
    if rule.max_days is None:
        return ""
    if rule.period_days is None:
        return gettext("up to %(days)s") % {"days": days(rule.max_days)}
    return gettext("up to %(days)s in any %(period)s") % {
        "days": days(rule.max_days),
        "period": days(rule.period_days),
    }


def need(rule: Rule) -> str:
    """Return what a rule asks, with its limit: No visa for up to 90 days in any 180 days."""
    texts = {
        Outcome.EXEMPT: (gettext("No visa"), gettext("No visa for %(limit)s")),
        Outcome.AUTHORISATION: (
            gettext("Electronic travel authorisation"),
            gettext("Electronic travel authorisation for %(limit)s"),
        ),
        Outcome.VISA: (gettext("Visa"), gettext("Visa for %(limit)s")),
    }
    always, limited = texts[Outcome(rule.outcome)]
    return limited % {"limit": limit(rule)} if rule.max_days is not None else always


def stay_lengths(options: list[StayOption]) -> list[str]:
    """Return each length on offer once, shortest first."""
    return list(dict.fromkeys(digits(option.label, get_language() or "en") for option in options))


def entries(options: list[StayOption]) -> list[str]:
    """Return each number of entries on offer once."""
    return list(dict.fromkeys(str(option.get_entries_display()) for option in options))


def service(code: str) -> str:
    return str(dict(Service.choices).get(code, code))


def language_name(code: str) -> str:
    """Return the name of a language in the active one."""
    reader = Locale.parse(get_language() or "en", sep="-")
    return str(reader.languages.get(code, code))
