"""Who is served elsewhere than the general rule says."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField
from consular.missions.codes import are_countries, are_nationalities, are_services
from consular.missions.models.mission import Mission


class Arrangement(models.Model):
    """People of these nationalities who live in these countries come to this mission for these services.

    An empty list means everybody, everywhere, or everything that the mission offers. One that names people goes
    before the missions' own jurisdiction; one that names a service alone takes those whom no mission near them serves.
    """

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="arrangements")
    residences = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("countries of residence"),
        validators=[are_countries],
        default=list,
        blank=True,
    )
    nationalities = ArrayField(
        models.CharField(max_length=3),
        verbose_name=_("nationalities"),
        validators=[are_nationalities],
        default=list,
        blank=True,
        help_text=_("Three-letter codes."),
    )
    services = ArrayField(
        models.SlugField(), verbose_name=_("services"), default=list, blank=True, validators=[are_services]
    )
    reason = MultilingualField(_("reason"), help_text=_("The public reads it."))

    class Meta:
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        ordering = ["mission", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(residences=[]) | ~models.Q(nationalities=[]) | ~models.Q(services=[]),
                name="arrangement_names_whom_it_is_for",
                violation_error_message=_("Name a country, a nationality or a service."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.reason)

    @property
    def names_people(self) -> bool:
        return bool(self.residences or self.nationalities)

    def covers(self, residence: str, nationality: str, service: str) -> bool:
        """Tell whether it is for somebody: `residence` has two letters, `nationality` three."""
        offered = self.services or self.mission.services
        return (
            (not self.residences or residence in self.residences)
            and (not self.nationalities or nationality in self.nationalities)
            and service in offered
        )

    def weight(self) -> int:
        """Return how much it names: of two that cover somebody, the heavier one holds."""
        return sum(bool(named) for named in (self.residences, self.nationalities, self.services))
