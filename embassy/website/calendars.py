"""The days off of a post as a calendar that programs subscribe to (RFC 5545)."""

import datetime as dt
import uuid

from django.conf import settings
from django.utils.translation import gettext, override
from icalendar import Calendar, Event

from embassy.website.posts import DaysOff, Post

A_DAY = dt.timedelta(days=1)
PRODUCT = "-//Virtual Embassy//Posts//EN"


def days_off(post: Post, *, language: str) -> bytes:
    """Return the holidays and closures of a year as a calendar in `language`."""
    with override(language):
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("name", _name(post))
        calendar.add("x-wr-calname", _name(post))
        calendar.add("refresh-interval", A_DAY, parameters={"value": "DURATION"})
        for each in post.days_off():
            calendar.add_component(_event(post, each, language))
    return bytes(calendar.to_ical())


def _name(post: Post) -> str:
    return gettext("%(post)s: days on which it is closed") % {"post": post.mission.name}


def _event(post: Post, days: DaysOff, language: str) -> Event:
    """Return a whole-day event; its end is the day after the last (RFC 5545 §3.6.1)."""
    event = Event()
    event.add("uid", identity(post.mission.code, days))
    event.add("dtstamp", dt.datetime.combine(post.today, dt.time(0), tzinfo=dt.UTC))
    event.add("dtstart", days.first)
    event.add("dtend", days.last + A_DAY)
    closed = gettext("%(post)s is closed") % {"post": post.mission.name}
    event.add("summary", f"{closed}: {days.name}" if days.name else closed, parameters={"language": language})
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")
    return event


def identity(code: str, days: DaysOff) -> str:
    """Return what a program knows the event by: the same in every language, on every mirror, whatever its name."""
    kind = "holiday" if days.is_holiday else "closure"
    named = f"{settings.ISSUING_STATE}/posts/{code}/{kind}/{days.first.isoformat()}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:x-virtual-embassy:{named}"))
