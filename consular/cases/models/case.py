"""The case: one application to the state, whatever the service."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.cases.status import CLOSED, OPEN, Status
from consular.lib.references import new_reference, spaced
from consular.missions.models import Mission


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(status__in=OPEN)

    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Return the cases of the missions where `user` is posted today, without the user's own."""
        return self.filter(mission__in=Mission.objects.of(user)).exclude(applicant=user)

    def of_applicant(self, user: Any) -> "CaseQuerySet":
        return self.filter(applicant=user)

    def unclaimed(self) -> "CaseQuerySet":
        return self.filter(officer=None)

    def overdue(self) -> "CaseQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())


class Case(models.Model):
    """One case. `status` is written by `consular.cases.actions.move` alone.

    `birth_on` and `name_latin` are the traveller's, kept here for looking up the status and for queues.
    """

    reference = models.CharField(_("reference"), max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.SlugField(_("service"))
    category = models.SlugField(_("category"))
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="cases", verbose_name=_("mission"))
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases", verbose_name=_("applicant")
    )
    name_latin = models.CharField(_("name"), max_length=200)
    name_native = models.CharField(_("name in native script"), max_length=200, blank=True)
    nationality = models.CharField(_("nationality"), max_length=3)
    birth_on = models.DateField(_("date of birth"))
    language = models.CharField(_("language"), max_length=5, default="en")
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.SUBMITTED, editable=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="held_cases",
        verbose_name=_("officer"),
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    opened_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    moved_at = models.DateTimeField(_("last move"), default=timezone.now, editable=False)
    due_on = models.DateField(_("due"))

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["mission", "due_on", "id"], condition=models.Q(status__in=OPEN), name="open_cases_of_a_mission"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="case_has_a_known_status"),
            models.CheckConstraint(
                condition=models.Q(officer__isnull=False) | models.Q(status__in=["submitted", "withdrawn"]),
                name="case_under_review_has_an_officer",
            ),
            models.CheckConstraint(
                condition=models.Q(officer__isnull=True, claimed_at__isnull=True)
                | models.Q(officer__isnull=False, claimed_at__isnull=False),
                name="case_claimed_has_an_officer",
            ),
            models.CheckConstraint(
                condition=models.Q(officer__isnull=True) | ~models.Q(officer=models.F("applicant")),
                name="case_is_never_held_by_its_applicant",
            ),
        ]

    def __str__(self) -> str:
        return self.spaced_reference

    @property
    def spaced_reference(self) -> str:
        return spaced(self.reference)

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def is_overdue(self) -> bool:
        return not self.is_closed and self.due_on < self.mission.today()
