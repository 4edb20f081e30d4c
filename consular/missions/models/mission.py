"""Embassies, consulates and what stands in for them."""

from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.lib.clock import add_working_days
from consular.lib.multilingual import MultilingualField
from consular.missions.codes import are_countries, are_services, is_a_country, is_a_time_zone
from consular.missions.hours import Timetable
from consular.missions.status import Payment, Role


class MissionQuerySet(models.QuerySet["Mission"]):
    def of(self, user: Any, *roles: Role) -> "MissionQuerySet":
        """Return the missions where `user` is posted today, in one of `roles` (any, when none is given)."""
        from consular.missions.models.posting import Posting

        current = Posting.objects.current().filter(user=user)
        if roles:
            current = current.filter(role__in=roles)
        return self.filter(pk__in=current.values("mission"))

    def serving(self, country: str) -> "MissionQuerySet":
        """Return the missions whose jurisdiction includes residents of `country` (ISO 3166 alpha-2)."""
        return self.filter(jurisdiction__contains=[country])

    def with_times(self) -> "MissionQuerySet":
        """Fetch opening hours, seasons, holidays, closures and arrangements too: five queries more."""
        return self.prefetch_related("opening_hours", "seasons", "holidays", "closures", "arrangements")


class Mission(models.Model):
    """An embassy, consulate or virtual embassy. `jurisdiction` lists the countries of residence it serves.

    What differs from that by nationality or service is in its arrangements. `protecting_power` is the state whose
    embassy takes care of our citizens where we have none of our own.
    """

    code = models.SlugField(unique=True)
    name = MultilingualField(_("name"))
    country = models.CharField(_("country where it stands"), max_length=2, validators=[is_a_country])
    jurisdiction = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, validators=[are_countries]
    )
    serves_everyone_else = models.BooleanField(
        default=False, help_text=_("Takes residents of countries that no mission serves.")
    )
    is_virtual = models.BooleanField(default=False)
    protecting_power = models.CharField(
        _("protecting power"),
        max_length=2,
        blank=True,
        validators=[is_a_country],
        help_text=_("The two-letter code of the state whose embassy this post is in, if it is not our own."),
    )
    address = MultilingualField(_("address"), default=dict, blank=True)
    directions = MultilingualField(_("how to get there"), default=dict, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    emergency_phone = models.CharField(
        _("telephone in an emergency"), max_length=30, blank=True, help_text=_("Answered day and night.")
    )
    hours_note = MultilingualField(_("about the opening hours"), default=dict, blank=True)
    access = MultilingualField(_("step-free access"), default=dict, blank=True)
    is_step_free = models.BooleanField(_("way in without steps"), null=True, blank=True)
    has_lift = models.BooleanField(_("lift"), null=True, blank=True)
    has_parking = models.BooleanField(
        _("parking"), null=True, blank=True, help_text=_("A place for cars of disabled visitors.")
    )
    has_hearing_loop = models.BooleanField(_("hearing loop"), null=True, blank=True)
    on_site_rules = MultilingualField(_("rules on site"), default=dict, blank=True)
    payment = MultilingualField(_("how fees are paid"), default=dict, blank=True)
    payment_means = ArrayField(
        models.CharField(max_length=10, choices=Payment),
        verbose_name=_("means of payment"),
        default=list,
        blank=True,
    )
    sends_by_courier = models.BooleanField(_("sends documents by courier"), null=True, blank=True)
    services = ArrayField(models.SlugField(), default=list, blank=True, validators=[are_services])
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    interview_languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages of interviews"), default=list, blank=True
    )
    windows = models.PositiveSmallIntegerField(_("windows"), null=True, blank=True)
    slots_a_day = models.PositiveSmallIntegerField(_("appointments a day"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="UTC", validators=[is_a_time_zone])
    weekend = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text=_("Monday is 0."))

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["serves_everyone_else"],
                condition=models.Q(serves_everyone_else=True),
                name="one_mission_serves_everyone_else",
            ),
            models.CheckConstraint(
                condition=~models.Q(code="find"), name="code_of_a_mission_is_not_the_address_of_the_finder"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def today(self) -> date:
        """Return the date at the mission."""
        return timezone.localdate(timezone=ZoneInfo(self.zone))

    @cached_property
    def closed_days(self) -> frozenset[date]:
        """The days on which it is closed beside weekends: holidays and exceptional closures. Two queries."""
        closures = {day for closure in self.closures.all() for day in closure.days()}
        return frozenset({holiday.on for holiday in self.holidays.all()} | closures)

    @cached_property
    def timetable(self) -> Timetable:
        """When it is open. Without prefetched rows (`with_times`) four queries."""
        spans = tuple(hours.span() for hours in self.opening_hours.all())
        seasons = tuple(season.period() for season in self.seasons.all())
        return Timetable(ZoneInfo(self.zone), spans, seasons, self.closed_days)

    def working_days_after(self, start: date, days: int) -> date:
        """Return the day `days` working days of this mission after `start`."""
        return add_working_days(start, days, weekend=self.weekend, holidays=self.closed_days)
