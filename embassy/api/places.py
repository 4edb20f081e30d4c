"""Posts, times, alerts, pages and official accounts as the API gives them. Texts are in the active language."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from consular.missions.models import Mission
from embassy.alerts.models import Alert
from embassy.alerts.status import Kind as AlertKind, Severity
from embassy.api import schemas as s
from embassy.api.law import Row, iso
from embassy.content.status import Kind
from embassy.content.tree import Page, Text
from embassy.officials.models import Account
from embassy.officials.status import State
from embassy.times.models import Figure

HOURS = s.thing(
    {
        "weekday": s.whole("Monday is 0.", minimum=0, maximum=6),
        "opens": s.text("In the post’s own time, HH:MM."),
        "closes": s.text("In the post’s own time, HH:MM; 00:00 is the end of the day."),
        "service": s.text("Code of the service; empty for everything."),
        "season_from": s.maybe(
            s.date("First day of the season in which only these hours hold; null for the rest.")
        ),
        "season_to": s.maybe(s.date("Last day of that season.")),
    }
)
CLOSED = s.thing(
    {
        "from": s.date("First day."),
        "to": s.date("Last day."),
        "reason": s.text("Name of the holiday or reason of the closure; may be empty."),
    }
)
POST = {
    "code": s.text("Code of the post."),
    "name": s.text("Name of the post."),
    "country": s.text("ISO 3166 alpha-2 code of the state where it stands."),
    "virtual": s.yes_no("Whether it has no building."),
    "protecting_power": s.text("Code of the state whose embassy it is in; empty for our own."),
    "jurisdiction": s.many(s.text("ISO 3166 alpha-2."), "Countries whose residents it serves."),
    "serves_everyone_else": s.yes_no("Whether it serves the residents of all other countries."),
    "services": s.many(s.text("Code."), "Services that it offers."),
    "languages": s.many(s.text("ISO 639."), "Languages spoken there."),
    "address": s.text("Postal address; may be empty."),
    "email": s.text("E-mail address; may be empty."),
    "phone": s.text("Telephone; may be empty."),
    "emergency_phone": s.text("Telephone that is answered day and night; may be empty."),
    "access": s.text("Access without steps, in words; may be empty."),
    "zone": s.text("Time zone as the IANA names it."),
    "hours": s.many(HOURS, "Opening hours by weekday."),
    "closed": s.many(CLOSED, "Holidays and exceptional closures from today on."),
    "page": s.address("Page of the post."),
}


def post(row: Mission, today: Any) -> Row:
    names = (
        "code",
        "country",
        "protecting_power",
        "serves_everyone_else",
        "email",
        "phone",
        "emergency_phone",
    )
    texts = {name: str(getattr(row, name)) for name in ("name", "address", "access")}
    return {
        **{name: getattr(row, name) for name in names},
        **texts,
        "virtual": row.is_virtual,
        "jurisdiction": list(row.jurisdiction),
        "services": list(row.services),
        "languages": list(row.languages),
        "zone": row.zone,
        "hours": hours(row),
        "closed": closed(row, today),
        "page": f"{settings.SITE_URL}{reverse('website:post_detail', args=[row.code])}",
    }


def hours(row: Mission) -> list[Row]:
    seasons = {season.pk: season for season in row.seasons.all()}
    return [
        {
            "weekday": each.weekday,
            "opens": f"{each.opens:%H:%M}",
            "closes": f"{each.closes:%H:%M}",
            "service": each.service,
            "season_from": iso(seasons[each.season_id].starts_on) if each.season_id else None,
            "season_to": iso(seasons[each.season_id].ends_on) if each.season_id else None,
        }
        for each in row.opening_hours.all()
    ]


def closed(row: Mission, today: Any) -> list[Row]:
    days = [(each.on, each.on, str(each.name or "")) for each in row.holidays.all()]
    days += [(each.starts_on, each.ends_on, str(each.reason)) for each in row.closures.all()]
    return [
        {"from": iso(first), "to": iso(last), "reason": reason}
        for first, last, reason in sorted(days)
        if last >= today
    ]


TIME = {
    "category": s.text("Code of the category."),
    "post": s.maybe(s.text("Code of the post; null for all of them together.")),
    "cases": s.whole("How many decisions were counted; figures about fewer than five are not given."),
    "half_within": s.whole("Working days within which half of them were decided (the median)."),
    "most_within": s.whole("Working days within which four of five were decided."),
    "decided_from": s.date("First day of decisions that were counted."),
    "decided_until": s.date("Last day of decisions that were counted."),
}


def time(row: Figure, measurement: Any) -> Row:
    names = ("category", "cases", "half_within", "most_within")
    return {
        **{name: getattr(row, name) for name in names},
        "post": row.mission.code if row.mission else None,
        "decided_from": iso(measurement.decided_from),
        "decided_until": iso(measurement.decided_until),
    }


ALERT = {
    "reference": s.text("Reference of the alert."),
    "kind": s.text("What it is about.", enum=list(AlertKind.values)),
    "severity": s.text("As in the Common Alerting Protocol.", enum=list(Severity.values)),
    "countries": s.many(s.text("ISO 3166 alpha-3."), "Countries concerned; empty for every one."),
    "starts_at": s.moment("Live from."),
    "ends_at": s.moment("Valid until."),
    "live": s.yes_no("Whether it holds now: false for one that is over, withdrawn or corrected."),
    "withdrawn": s.yes_no("Whether it was withdrawn."),
    "corrects": s.maybe(s.text("Reference of the alert that it corrects.")),
    "corrected_by": s.maybe(s.text("Reference of its correction.")),
    "language": s.text("Language of the words; English where there is no approved translation."),
    "title": s.text("Title."),
    "location": s.text("Where."),
    "event": s.text("What happens."),
    "actions": s.text("What to do."),
    "assistance": s.text("Where to find help."),
    "page": s.address("Page of the alert."),
}
WORDS = ("title", "location", "event", "actions", "assistance")


def alert(row: Alert, at: Any) -> Row:
    words = row.text
    newer = getattr(row, "correction", None)
    return {
        "reference": row.reference,
        "kind": row.kind,
        "severity": row.severity,
        "countries": list(row.countries),
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "live": row.holds_at(at),
        "withdrawn": row.withdrawn_at is not None,
        "corrects": row.corrects.reference if row.corrects else None,
        "corrected_by": newer.reference if newer and newer.is_public and newer.starts_at <= at else None,
        "language": words.language,
        **{name: getattr(words, name) for name in WORDS},
        "page": f"{settings.SITE_URL}{row.get_absolute_url()}",
    }


PAGE = {
    "path": s.text("Address without the language."),
    "kind": s.text("What it is.", enum=list(Kind.values)),
    "language": s.text("Language of the text."),
    "title": s.text("Title."),
    "summary": s.text("Summary; may be empty."),
    "live_from": s.moment("Since when this text is shown."),
    "stale": s.yes_no("Whether it translates an older English text."),
    "page": s.address("The page."),
}


def page(row: Page, text: Text, at: Any) -> Row:
    return {
        "path": f"/{row.path}/",
        "kind": row.kind,
        "language": text.language,
        "title": text.title,
        "summary": text.summary,
        "live_from": text.live_from.isoformat(),
        "stale": row.is_stale(text, at),
        "page": f"{settings.SITE_URL}/{get_language()}/{row.path}/",
    }


ACCOUNT = {
    "code": s.text("Code of the account."),
    "network": s.text("The network."),
    "handle": s.text("Name on the network."),
    "address": s.text("Where it is: https, mailto or tel."),
    "languages": s.many(s.text("ISO 639."), "Languages that it is written in."),
    "purpose": s.text("What it is for."),
    "state": s.text("Whether it speaks for us: trust active only.", enum=list(State.values)),
    "state_changed_at": s.moment("Since when it is in this state."),
    "verified_on": s.maybe(s.date("Last verified on.")),
}


def account(row: Account) -> Row:
    names = ("code", "network", "handle", "address", "state")
    return {
        **{name: getattr(row, name) for name in names},
        "languages": list(row.languages),
        "purpose": str(row.purpose),
        "state_changed_at": row.state_changed_at.isoformat(),
        "verified_on": iso(row.verified_on),
    }
