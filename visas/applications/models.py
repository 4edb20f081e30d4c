"""The visa application: a draft with its answers and files, and what was submitted of it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from consular.cases.models import Case
from consular.documents.models import Document
from consular.missions.models import Mission
from consular.questionnaires.models import AnswerSheet
from visas.policy.status import Entries

THREE_CAPITALS = r"^[A-Z]{3}$"


class VisaApplicationQuerySet(models.QuerySet["VisaApplication"]):
    def of(self, user: Any) -> "VisaApplicationQuerySet":
        return self.filter(applicant=user)

    def drafts(self) -> "VisaApplicationQuerySet":
        return self.filter(submitted_at__isnull=True)

    def drafts_of(self, user: Any) -> "VisaApplicationQuerySet":
        """Return what `user` has begun and not submitted, the last worked on first, each with `saved_at`."""
        newest = models.Max("sheet__answers__saved_at")
        return self.of(user).drafts().annotate(saved_at=Coalesce(newest, "created_at")).order_by("-saved_at")

    def with_sheet(self) -> "VisaApplicationQuerySet":
        """Return the applications with what every page needs of them: mission, case and sheet, not the wording."""
        related = self.select_related("mission", "case", "sheet__revision")
        return related.defer("sheet__revision__content")


class VisaApplication(models.Model):
    """One application for a visa, first a draft, then submitted for ever.

    `category` is a code of `visas.policy`, `residence` a three-letter code of `consular.lib.countries`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visa_applications")
    category = models.CharField(_("category"), max_length=2)
    residence = models.CharField(_("country of residence"), max_length=3)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+", verbose_name=_("mission"))
    sheet = models.OneToOneField(AnswerSheet, models.PROTECT, related_name="application")
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="application")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = VisaApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("visa application")
        verbose_name_plural = _("visa applications")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=True, submitted_at__isnull=True)
                | models.Q(case__isnull=False, submitted_at__isnull=False),
                name="application_submitted_has_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(residence__regex=THREE_CAPITALS), name="residence_is_three_capitals"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.pk}"

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def submitted_case(self) -> Case:
        """The case of a submitted application; `LookupError` for a draft, which has none."""
        if self.case is None:
            raise LookupError(self.pk)
        return self.case


class Evidence(models.Model):
    """A file handed in with an application. `purpose` is the code of the required document that it answers."""

    application = models.ForeignKey(VisaApplication, models.CASCADE, related_name="evidence")
    document = models.OneToOneField(Document, models.PROTECT, related_name="evidence")
    purpose = models.SlugField(_("purpose"), max_length=30)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.application_id}: {self.purpose}"


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
