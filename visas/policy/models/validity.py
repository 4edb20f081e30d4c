"""What every dated row shares: the first and last day it holds, and the law it comes from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField


class Source(models.Model):
    """A law, decree or agreement that rules and fees cite."""

    code = models.SlugField(_("code"), unique=True)
    title = MultilingualField(_("title"))
    adopted_on = models.DateField(_("adopted on"))

    class Meta:
        verbose_name = _("source of law")
        verbose_name_plural = _("sources of law")
        ordering = ["adopted_on", "code"]

    def __str__(self) -> str:
        return str(self.title)


class InForce(models.Model):
    """A row that holds from `valid_from` to `valid_to`, both days included; without `valid_to` until further notice."""

    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("last day in force"), null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source of law"), related_name="+")
    clause = models.CharField(_("clause"), max_length=40, blank=True, help_text=_("Such as “§ 12 (2)”."))

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Tell whether the row is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """Return the constraint that a row's last day is not before its first."""
    condition = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from"))
    message = _("The last day in force is before the first.")
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


def never_overlap(name: str, *scope: str, optional: Sequence[str] = ()) -> ExclusionConstraint:
    """Return the constraint that two rows alike in `scope` are never in force on the same day.

    Two empty values of an `optional` foreign key are alike too.
    """
    days: Any = models.Func(
        "valid_from", "valid_to", models.Value("[]"), function="daterange", output_field=DateRangeField()
    )
    same = [(field, RangeOperators.EQUAL) for field in scope]
    same_or_empty = [(Coalesce(field, 0), RangeOperators.EQUAL) for field in optional]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, *same_or_empty, (days, RangeOperators.OVERLAPS)],
        violation_error_message=_(
            "Another row like this is in force on some of these days. End it before this one begins."
        ),
    )
