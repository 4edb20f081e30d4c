"""Embassies and consulates, whom they serve, and which officers are posted there."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.lib.clock import add_working_days
from consular.lib.multilingual import MultilingualField


class Role(models.TextChoices):
    """What a posting allows: officers work on cases, the consul heads the mission and decides, the auditor only looks."""

    OFFICER = "officer", _("Officer")
    CONSUL = "consul", _("Consul")
    AUDITOR = "auditor", _("Auditor")


class MissionQuerySet(models.QuerySet["Mission"]):
    def of(self, user: Any, *roles: Role) -> "MissionQuerySet":
        """Return the missions where `user` is posted today, in one of `roles` (any, when none is given)."""
        current = Posting.objects.current().filter(user=user)
        if roles:
            current = current.filter(role__in=roles)
        return self.filter(pk__in=current.values("mission"))

    def serving(self, country: str) -> "MissionQuerySet":
        """Return the missions whose jurisdiction includes residents of `country` (ISO 3166 alpha-2)."""
        return self.filter(jurisdiction__contains=[country])


class Mission(models.Model):
    """An embassy, consulate or virtual embassy. `jurisdiction` lists the countries of residence it serves."""

    code = models.SlugField(unique=True)
    name = MultilingualField(_("name"))
    country = models.CharField(_("country where it stands"), max_length=2)
    jurisdiction = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    serves_everyone_else = models.BooleanField(
        default=False, help_text=_("Takes residents of countries that no mission serves.")
    )
    is_virtual = models.BooleanField(default=False)
    address = MultilingualField(_("address"), default=dict, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    hours = MultilingualField(_("opening hours"), default=dict, blank=True)
    access = MultilingualField(_("step-free access"), default=dict, blank=True)
    payment = MultilingualField(_("how fees are paid"), default=dict, blank=True)
    services = ArrayField(models.SlugField(), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    weekend = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text=_("Monday is 0."))
    holidays = ArrayField(models.DateField(), default=list, blank=True)

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
        ]

    def __str__(self) -> str:
        return str(self.name)

    def today(self) -> date:
        """Return the date at the mission."""
        return timezone.localdate(timezone=ZoneInfo(self.zone))

    def working_days_after(self, start: date, days: int) -> date:
        """Return the day `days` working days of this mission after `start`."""
        return add_working_days(start, days, weekend=self.weekend, holidays=self.holidays)


class PostingQuerySet(models.QuerySet["Posting"]):
    def current(self) -> "PostingQuerySet":
        """Return the postings in force today."""
        today = timezone.localdate()
        return self.filter(starts_on__lte=today).exclude(ends_on__lt=today)


class Posting(models.Model):
    """A member of staff serves at a mission, in a role, from a day and perhaps until a day (both included)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="postings")
    mission = models.ForeignKey(Mission, models.CASCADE, related_name="postings")
    role = models.CharField(max_length=10, choices=Role)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "mission", "role", "starts_on"], name="posting_is_written_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="posting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.mission}"
