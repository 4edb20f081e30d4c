"""What the law's rows mean, in the reader's words."""

from decimal import Decimal

from babel import Locale
from django.utils.translation import get_language, gettext, ngettext

from consular.lib.calendars import digits
from consular.missions.status import Service
from visas.policy.models import Rule, StayOption, Surcharge
from visas.policy.money import in_words
from visas.policy.rules import Answer
from visas.policy.status import Interview, Outcome


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


def in_person(answer: Answer) -> str:
    """Return whether the applicant has to come, in a sentence."""
    if answer.interview is Interview.BY_PHONE:
        return gettext("No. An officer telephones you.")
    if answer.interview is Interview.IN_PERSON:
        return gettext("Yes, for an interview, unless the officer holds it by video.")
    if answer.interview is Interview.IF_NEEDED:
        return gettext("Only if the officer has questions. Then you are invited to an interview.")
    if answer.online:
        return gettext("No. You do everything on this portal.")
    return gettext("Yes, to hand in the application at an embassy.")


def fingerprints(answer: Answer, age: int | None) -> str:
    """Return who gives fingerprints at the visit; '' where there is no visit or nobody gives any."""
    visits = answer.interview in {Interview.IN_PERSON, Interview.IF_NEEDED} or not answer.online
    if (
        age is None
        or answer.outcome is not Outcome.VISA
        or answer.interview is Interview.BY_PHONE
        or not visits
    ):
        return ""
    return gettext("Who comes gives fingerprints. Children under %(age)s give none.") % {"age": number(age)}


def extra(surcharge: Surcharge) -> str:
    """Return what a surcharge adds: 15 euros, or 50 % of the fee."""
    if surcharge.percent is None:
        return in_words(surcharge.amount or Decimal(0), surcharge.currency)
    return gettext("%(percent)s %% of the fee") % {"percent": number(surcharge.percent)}


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
