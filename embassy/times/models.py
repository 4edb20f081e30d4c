"""How long decisions took: numbers about many cases, never about one."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.missions.models import Mission

FEWEST = 5  # cases; a number about fewer might tell of a person
PERIOD = timedelta(days=182)


class Measurement(models.Model):
    """One measuring, of the cases decided from `decided_from` to `decided_until`, both days included."""

    decided_from = models.DateField(_("decided from"))
    decided_until = models.DateField(_("decided until"), unique=True)
    measured_at = models.DateTimeField(_("measured"), auto_now=True)

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-decided_until"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_until__gte=models.F("decided_from")),
                name="measurement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_from} – {self.decided_until}"


class Figure(models.Model):
    """Working days from receipt to decision, in a category, at a mission or (None) at all of them.

    Half of the cases were decided within `half_within` days, four of five within `most_within`.
    """

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="figures")
    category = models.CharField(_("category"), max_length=2)
    mission = models.ForeignKey(
        Mission, models.CASCADE, null=True, related_name="+", verbose_name=_("mission")
    )
    cases = models.PositiveIntegerField(_("cases"))
    half_within = models.PositiveSmallIntegerField(_("half of them within"))
    most_within = models.PositiveSmallIntegerField(_("four of five within"))

    class Meta:
        verbose_name = _("processing time")
        verbose_name_plural = _("processing times")
        ordering = ["category", models.F("mission__code").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "category", "mission"],
                name="a_category_is_measured_once_at_a_mission",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(cases__gte=FEWEST), name="figure_is_about_enough_cases_to_hide_each"
            ),
            models.CheckConstraint(
                condition=models.Q(most_within__gte=models.F("half_within")),
                name="most_cases_take_no_less_than_half_of_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.half_within} / {self.most_within} ({self.cases})"
