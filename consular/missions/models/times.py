"""When a mission is open: seasons, hours by weekday and service, holidays, exceptional closures."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Cast, Coalesce, Extract
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField
from consular.missions.hours import Period, Span
from consular.missions.models.mission import Mission
from consular.missions.status import Service, Weekday

MIDNIGHT = time(0)
LONGEST_CLOSURE = timedelta(days=3660)


def days_between(first: str, last: str) -> models.Func:
    """Return the range of days between two columns, both included; without a last day it has no end."""
    return models.Func(first, last, models.Value("[]"), function="daterange", output_field=DateRangeField())


def minutes_between(opens: str, closes: str) -> models.Func:
    """Return the range of minutes of a day; an end at 00:00 is the end of the day."""
    start = Extract(opens, "epoch") / 60
    end = Extract(closes, "epoch") / 60
    whole = models.Case(models.When(**{closes: MIDNIGHT}, then=models.Value(24 * 60)), default=end)
    return models.Func(
        Cast(start, models.IntegerField()),
        Cast(whole, models.IntegerField()),
        function="int4range",
        output_field=IntegerRangeField(),
    )


class Season(models.Model):
    """Weeks with hours of their own: summer, a month of fasting. On its days only the hours of the season hold."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="seasons")
    name = MultilingualField(_("name"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="season_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            ExclusionConstraint(
                name="two_seasons_of_a_mission_never_overlap",
                expressions=[
                    ("mission", RangeOperators.EQUAL),
                    (days_between("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another season has some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def period(self) -> Period:
        return Period(self.pk, self.starts_on, self.ends_on)


class OpeningHours(models.Model):
    """One span of a weekday, in the mission's own time; without a service for everything, without a season always.

    A span ends before midnight, or at 00:00, which is the end of its day.
    """

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="opening_hours")
    season = models.ForeignKey(Season, models.CASCADE, related_name="hours", null=True, blank=True)
    service = models.CharField(_("service"), max_length=50, choices=Service, blank=True)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"), help_text=_("00:00 is the end of the day."))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["season", "service", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")) | models.Q(closes=MIDNIGHT),
                name="hours_close_after_they_open",
                violation_error_message=_("It closes before it opens."),
            ),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_is_between_0_and_6"),
            ExclusionConstraint(
                name="two_spans_of_a_day_never_overlap",
                expressions=[
                    ("mission", RangeOperators.EQUAL),
                    (Coalesce("season", 0), RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (minutes_between("opens", "closes"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Other hours for this day and service overlap with these."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def span(self) -> Span:
        return Span(self.weekday, self.opens, self.closes, self.service, self.season_id)


class Holiday(models.Model):
    """A day on which the mission is closed and which has a name."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="holidays")
    on = models.DateField(_("day"))
    name = MultilingualField(_("name"), default=dict, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "on"], name="a_day_is_one_holiday_of_a_mission"),
        ]

    def __str__(self) -> str:
        return str(self.name) or f"{self.on:%Y-%m-%d}"


class Closure(models.Model):
    """The mission is closed on these days, both included, for a reason that the public reads."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="closures")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = MultilingualField(_("reason"))

    class Meta:
        verbose_name = _("exceptional closure")
        verbose_name_plural = _("exceptional closures")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="closure_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            # Its days are counted one by one; a slip such as 9026 would hold up every page of the post
            models.CheckConstraint(
                condition=models.Q(ends_on__lte=models.F("starts_on") + LONGEST_CLOSURE),
                name="closure_lasts_ten_years_at_most",
            ),
            ExclusionConstraint(
                name="two_closures_of_a_mission_never_overlap",
                expressions=[
                    ("mission", RangeOperators.EQUAL),
                    (days_between("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another closure has some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.reason)

    def days(self) -> Iterator[date]:
        for number in range((self.ends_on - self.starts_on).days + 1):
            yield self.starts_on + timedelta(number)
