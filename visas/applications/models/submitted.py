"""What was submitted of an application, as rows that everybody after us reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from visas.applications.models.application import THREE_CAPITALS, VisaApplication
from visas.policy.status import Entries


class Sex(models.TextChoices):
    """As ICAO Doc 9303-3 §4.1 writes it in a visual zone."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNSPECIFIED = "X", _("Unspecified")


class Traveller(models.Model):
    """Who travels, as submitted. Names are in Latin letters as in the passport; one of a single part is a surname."""

    application = models.OneToOneField(VisaApplication, models.CASCADE, related_name="traveller")
    surname = models.CharField(_("surname"), max_length=100)
    given_names = models.CharField(_("given names"), max_length=100, blank=True)
    name_native = models.CharField(_("name in native script"), max_length=200, blank=True)
    birth_on = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    nationality = models.CharField(_("nationality"), max_length=3)
    passport_number = models.CharField(_("passport number"), max_length=20)
    passport_issuer = models.CharField(_("issuing country"), max_length=3)
    passport_issued_on = models.DateField(_("issued on"))
    passport_expires_on = models.DateField(_("expires on"))

    class Meta:
        indexes = [models.Index(fields=["passport_number"], name="travellers_by_passport_number")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(surname=""), name="traveller_has_a_surname"),
            models.CheckConstraint(
                condition=models.Q(passport_issued_on__lt=models.F("passport_expires_on")),
                name="passport_expires_after_it_is_issued",
            ),
            models.CheckConstraint(
                condition=models.Q(birth_on__lte=models.F("passport_issued_on")),
                name="passport_is_issued_after_birth",
            ),
            models.CheckConstraint(
                condition=models.Q(nationality__regex=THREE_CAPITALS, passport_issuer__regex=THREE_CAPITALS),
                name="traveller_states_are_three_capitals",
            ),
            models.CheckConstraint(condition=models.Q(sex__in=Sex.values), name="traveller_has_a_known_sex"),
        ]

    def __str__(self) -> str:
        return self.name_latin

    @property
    def name_latin(self) -> str:
        """The whole name, surname first."""
        return f"{self.surname} {self.given_names}".strip()


class Trip(models.Model):
    """The journey, as submitted. `days` is the length of stay asked for; arrival and departure are of the first stay."""

    application = models.OneToOneField(VisaApplication, models.CASCADE, related_name="trip")
    purpose = models.SlugField(_("purpose"), max_length=20)
    arrives_on = models.DateField(_("arrives on"))
    leaves_on = models.DateField(_("leaves on"))
    entries = models.CharField(_("entries"), max_length=1, choices=Entries)
    days = models.PositiveSmallIntegerField(_("days of stay"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(leaves_on__gte=models.F("arrives_on")), name="trip_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=models.Q(days__gte=1), name="trip_takes_a_day"),
            models.CheckConstraint(
                condition=models.Q(entries__in=Entries.values), name="trip_has_known_entries"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrives_on} – {self.leaves_on}"
