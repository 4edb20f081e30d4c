"""When an office is open, in its own time zone. Pure.

A time that a change of clocks leaves out counts as the moment after it; one that comes twice, as the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
A_DAY = timedelta(days=1)
LOOKED_AHEAD = 400  # days: an office that opens later than in a year has no next opening


@dataclass(frozen=True)
class Span:
    """From `opens` to `closes` on a weekday (Monday is 0); `closes` at 00:00 is the end of the day."""

    weekday: int
    opens: time
    closes: time
    service: str = ""
    season: int | None = None


@dataclass(frozen=True)
class Period:
    """The days of a season, both included; without `ends_on` it has no end."""

    season: int
    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Opening:
    """From one moment to another, without a break. One that has lasted for days says since yesterday at the least."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Timetable:
    """An office's hours. `closed` holds the days on which it stays closed, whatever the weekday."""

    zone: ZoneInfo
    spans: tuple[Span, ...]
    seasons: tuple[Period, ...] = ()
    closed: frozenset[date] = frozenset()

    def open_at(self, moment: datetime) -> Opening | None:
        """Return the opening that `moment` is in, None when the office is closed then."""
        return next((each for each in self._around(moment) if each.opens_at <= moment), None)

    def next_opening(self, moment: datetime) -> Opening | None:
        """Return the first opening that begins after `moment`, None when none does for a year."""
        return next((each for each in self._around(moment) if each.opens_at > moment), None)

    def changes_at(self, moment: datetime) -> datetime | None:
        """Return the next moment at which it opens or closes, None when it does neither for a year."""
        for opening in self._around(moment):
            return opening.closes_at if opening.opens_at <= moment else opening.opens_at
        return None

    def spans_on(self, day: date, service: str | None = None) -> list[Span]:
        """Return the spans that hold on a day, of a service or of all; none on a day when it is closed."""
        if day in self.closed:
            return []
        season = self.season_on(day)
        return [
            span
            for span in self.spans
            if span.weekday == day.weekday() and span.season == season and service in (None, span.service)
        ]

    def season_on(self, day: date) -> int | None:
        return next((period.season for period in self.seasons if period.covers(day)), None)

    def _around(self, moment: datetime) -> Iterator[Opening]:
        """Yield the openings that end after `moment`, in order; those that touch are one."""
        held: Opening | None = None
        for opening in self._pieces(moment.astimezone(self.zone).date() - A_DAY):
            if held and opening.opens_at <= held.closes_at:
                held = Opening(held.opens_at, max(held.closes_at, opening.closes_at))
                continue
            if held and held.closes_at > moment:
                yield held
            held = opening
        if held and held.closes_at > moment:
            yield held

    def _pieces(self, first: date) -> Iterator[Opening]:
        """Yield what each day holds, from a day on, in the order in which it opens."""
        if not self.spans:
            return
        for number in range(LOOKED_AHEAD):
            day = first + number * A_DAY
            pieces = [self._piece(day, span) for span in self.spans_on(day)]
            yield from sorted(
                (piece for piece in pieces if piece.opens_at < piece.closes_at),
                key=lambda piece: (piece.opens_at, piece.closes_at),
            )

    def _piece(self, day: date, span: Span) -> Opening:
        last = day + A_DAY if span.closes == MIDNIGHT else day
        return Opening(self._moment(day, span.opens), self._moment(last, span.closes))

    def _moment(self, day: date, at: time) -> datetime:
        """Return the moment in UTC at which the office's clocks show a time."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    @cached_property
    def services(self) -> list[str]:
        """The services that have hours of their own, '' among them when some hours are for all."""
        return list(dict.fromkeys(span.service for span in self.spans))
