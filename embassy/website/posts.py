"""A post as its readers see it at a moment: whether it is open, its week, its coming days off.

Nothing here says what time it is now. It says until when what it says holds, in the post's own time: a page of it
stays right until the next opening, closing or midnight there (`turns`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import get_language, gettext, pgettext

from consular.lib.calendars import digits
from consular.missions.hours import Opening, Span
from consular.missions.models import Closure, Mission, Season
from consular.missions.status import Payment, Service
from consular.ui.templatetags.ui import day
from embassy.website.words import service

AHEAD = timedelta(days=366)
A_WEEK = 7


@dataclass(frozen=True)
class DaysOff:
    """A holiday or a closure: its first and last day (the same for one day), and its name or reason."""

    first: date
    last: date
    name: str
    is_holiday: bool


@dataclass(frozen=True)
class WeekRow:
    """Days in a row with the same hours, in words; no hours mean closed."""

    days: str
    hours: str


@dataclass(frozen=True)
class Week:
    """The hours of a service ('' for all of them) through a week."""

    service: str
    rows: list[WeekRow]


@dataclass(frozen=True)
class Post:
    """A mission at a moment. The mission's times were fetched (`Mission.objects.with_times()`)."""

    mission: Mission
    at: datetime

    @property
    def today(self) -> date:
        """The date at the post."""
        return self.at.astimezone(self.mission.timetable.zone).date()

    @property
    def opening(self) -> Opening | None:
        return self.mission.timetable.open_at(self.at)

    @property
    def next_opening(self) -> Opening | None:
        return self.mission.timetable.next_opening(self.at)

    @property
    def has_hours(self) -> bool:
        return bool(self.mission.timetable.spans)

    def state(self) -> str:
        """Return whether it is open and until when, in words."""
        if opening := self.opening:
            if self._is_today(opening.closes_at):
                return gettext("Open now. Closes at %(time)s local time (%(zone)s).") % self._words(
                    opening.closes_at
                )
            return gettext("Open now. Closes on %(date)s at %(time)s local time (%(zone)s).") % self._words(
                opening.closes_at
            )
        return self._closed_state() if self.has_hours else ""

    def _closed_state(self) -> str:
        if (coming := self.next_opening) is None:
            return gettext("Closed now.")
        if self._is_today(coming.opens_at):
            return gettext("Closed now. Opens today at %(time)s local time (%(zone)s).") % self._words(
                coming.opens_at
            )
        return gettext("Closed now. Opens on %(date)s at %(time)s local time (%(zone)s).") % self._words(
            coming.opens_at
        )

    def _is_today(self, moment: datetime) -> bool:
        return moment.astimezone(self.mission.timetable.zone).date() == self.today

    def _words(self, moment: datetime) -> dict[str, str]:
        """Write a moment in the post's own time."""
        local = moment.astimezone(self.mission.timetable.zone)
        date = gettext("%(weekday)s, %(date)s") % {
            "weekday": weekday(local.weekday()),
            "date": day(local.date()),
        }
        return {"time": clock(local.time()), "zone": offset(local), "date": date}

    def why_closed(self) -> str:
        """Return the name of today's holiday or the reason of a closure, '' on other days."""
        return next((each.name for each in self.days_off() if each.first <= self.today), "")

    def zone_in_words(self) -> str:
        """Return where the clocks are those of the post, and how far they are from UTC today."""
        now = self.at.astimezone(self.mission.timetable.zone)
        if "/" in self.mission.zone and not self.mission.zone.startswith("Etc/"):
            place = get_timezone_location(now, locale=get_language() or "en", return_city=True)
            return gettext("%(offset)s now, as in %(place)s") % {"offset": offset(now), "place": place}
        return offset(now)

    # The week

    def weeks(self) -> list[Week]:
        """Return the hours in force today, of all services first."""
        season = self.mission.timetable.season_on(self.today)
        return self._weeks(season)

    def season(self) -> Season | None:
        """Return the season that today belongs to."""
        now = self.mission.timetable.season_on(self.today)
        return next((each for each in self.mission.seasons.all() if each.pk == now), None)

    def coming_seasons(self) -> list[tuple[Season, list[Week]]]:
        coming = [each for each in self.mission.seasons.all() if self.today < each.starts_on]
        return [(each, self._weeks(each.pk)) for each in coming if each.starts_on <= self.today + AHEAD]

    def _weeks(self, season: int | None) -> list[Week]:
        spans = [span for span in self.mission.timetable.spans if span.season == season]
        services = sorted({span.service for span in spans}, key=_order)
        return [Week(each, self._rows([s for s in spans if s.service == each])) for each in services]

    def _rows(self, spans: list[Span]) -> list[WeekRow]:
        """Return a week from the day after the weekend; days in a row with the same hours are one row.

        The hours of one service leave out the days without any: that the post is closed is said once.
        """
        weekend = self.mission.weekend
        after = next((n for n in range(A_WEEK) if n not in weekend and (n - 1) % A_WEEK in weekend), 0)
        week = [(after + number) % A_WEEK for number in range(A_WEEK)]
        hours = {number: in_words(span for span in spans if span.weekday == number) for number in week}
        runs = [(text, list(numbers)) for text, numbers in groupby(week, key=lambda number: hours[number])]
        of_all = not any(span.service for span in spans)
        return [WeekRow(_run(numbers), text) for text, numbers in runs if text or of_all]

    # Days off

    def days_off(self) -> list[DaysOff]:
        """Return today's and the coming holidays and closures of a year, in order."""
        holidays = [
            DaysOff(each.on, each.on, str(each.name), is_holiday=True) for each in self.mission.holidays.all()
        ]
        closures = [_days_off(each) for each in self.mission.closures.all()]
        ahead = (each for each in [*holidays, *closures] if self.today <= each.last)
        return sorted(
            (each for each in ahead if each.first <= self.today + AHEAD), key=lambda each: each.first
        )

    # What there is

    def access_facts(self) -> list[tuple[str, bool]]:
        """Return what is known of the way in: a label, and yes or no."""
        mission = self.mission
        facts = [
            (gettext("Way in without steps"), mission.is_step_free),
            (gettext("Lift"), mission.has_lift),
            (gettext("Hearing loop"), mission.has_hearing_loop),
            (gettext("Parking for disabled visitors"), mission.has_parking),
        ]
        return [(label, known) for label, known in facts if known is not None]

    def payment_means(self) -> list[str]:
        known = dict(Payment.choices)
        return [str(known.get(each, each)) for each in self.mission.payment_means]

    def turns(self) -> tuple[Any, ...]:
        """Return what changes when its page does: the next opening or closing, and the day at the post."""
        return (self.mission.timetable.changes_at(self.at), self.today)


def turns(missions: Iterable[Mission], at: datetime) -> list[tuple[Any, ...]]:
    """Return what pages about these posts depend on besides their edition."""
    return [Post(mission, at).turns() for mission in missions]


def clock(at: time) -> str:
    """Write a time of day in the digits of the language: 15:30."""
    return digits(f"{at:%H:%M}", get_language() or "en")


def offset(local: datetime) -> str:
    """Write how far a local time is from UTC: UTC, UTC+3, UTC+5:30."""
    seconds = (local.utcoffset() or timedelta()).total_seconds()
    hours, minutes = divmod(int(abs(seconds)) // 60, 60)
    number = f"{hours}:{minutes:02}" if minutes else f"{hours}"
    sign = "+" if seconds > 0 else "−"
    text = digits(f"UTC{sign}{number}" if seconds else "UTC", get_language() or "en")
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def weekday(number: int) -> str:
    """Name a day of the week (Monday is 0) in the active language."""
    return str(Locale.parse(get_language() or "en", sep="-").days["stand-alone"]["wide"][number])


def in_words(spans: Iterable[Span]) -> str:
    """Write the spans of a day: 09:00 to 12:30, 13:30 to 15:00; '' when there is none."""
    ordered = sorted(spans, key=lambda span: span.opens)
    between = gettext("%(opens)s to %(closes)s")
    texts = [between % {"opens": clock(span.opens), "closes": _closing(span)} for span in ordered]
    return pgettext("between parts of a list", ", ").join(texts)


def _closing(span: Span) -> str:
    return gettext("midnight") if span.closes == time(0) else clock(span.closes)


def _run(numbers: list[int]) -> str:
    """Name days in a row: Monday; Friday and Saturday; Monday to Friday."""
    if len(numbers) == 1:
        return weekday(numbers[0])
    ends = {"first": weekday(numbers[0]), "last": weekday(numbers[-1])}
    if len(numbers) == 2:  # noqa: PLR2004
        return gettext("%(first)s and %(last)s") % ends
    return gettext("%(first)s to %(last)s") % ends


def _days_off(closure: Closure) -> DaysOff:
    return DaysOff(closure.starts_on, closure.ends_on, str(closure.reason), is_holiday=False)


def _order(code: str) -> int:
    codes = ["", *Service.values]
    return codes.index(code) if code in codes else len(codes)


def services(codes: Iterable[str]) -> Iterator[str]:
    """Name services in the order in which they are always named."""
    return (service(code) for code in sorted(codes, key=_order))
