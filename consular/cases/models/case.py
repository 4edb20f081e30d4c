"""The case: one application to the state, whatever the service."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.cases import deputies
from consular.cases.status import CLAIMABLE, CLOSED, OPEN, Status
from consular.lib.folding import fold
from consular.lib.references import new_reference, parse_reference, spaced
from consular.missions.models import Mission


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(status__in=OPEN)

    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Return the cases of the missions where `user` is posted today, without those that they have a part in.

        Those are their own, and all in which they ever acted for the applicant.

        The missions are asked for first: PostgreSQL knows how many cases a list of them has, not how many a
        subquery will have, and would sort a hundred thousand cases to show fifty.
        """
        missions = list(Mission.objects.of(user).values_list("pk", flat=True))
        own = models.Q(applicant=user)
        for helped in deputies.helped_with(user):
            own |= models.Q(pk__in=helped)
        return self.filter(mission__in=missions).exclude(own)

    def of_applicant(self, user: Any) -> "CaseQuerySet":
        return self.filter(applicant=user)

    def held_by(self, user: Any) -> "CaseQuerySet":
        return self.open().filter(officer=user)

    def unclaimed(self) -> "CaseQuerySet":
        """Return the open cases that an officer may take."""
        return self.filter(officer=None, status__in=CLAIMABLE)

    def waiting_for_applicant(self) -> "CaseQuerySet":
        return self.filter(status=Status.AWAITING_APPLICANT)

    def waiting_for_second_person(self, user: Any) -> "CaseQuerySet":
        """Return the cases that were recommended on, by others than `user`."""
        return self.filter(status=Status.AWAITING_DECISION).exclude(recommendations__by=user)

    def overdue(self) -> "CaseQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())

    def matching(self, text: str) -> "CaseQuerySet":
        """Return the cases that an officer means by `text`: a reference in any form, or words of a name."""
        if reference := parse_reference(text):
            return self.filter(reference=reference)
        words = fold(text).split()
        if not words:
            return self.none()
        return self.filter(*(models.Q(names_folded__contains=word) for word in words))


class Case(models.Model):
    """One case. `status` is written by `consular.cases.actions.move` alone.

    `birth_on` and the names are the traveller's, kept here for looking up the status and for queues;
    `names_folded` holds both names as they are searched for. `language` is the one the applicant applied in.
    """

    reference = models.CharField(
        _("reference"), max_length=12, unique=True, default=new_reference, editable=False
    )
    kind = models.SlugField(_("service"))
    category = models.SlugField(_("category"))
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="cases", verbose_name=_("mission"))
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases", verbose_name=_("applicant")
    )
    name_latin = models.CharField(_("name"), max_length=200)
    name_native = models.CharField(_("name in native script"), max_length=200, blank=True)
    names_folded = models.TextField(editable=False)
    nationality = models.CharField(_("nationality"), max_length=3)
    birth_on = models.DateField(_("date of birth"))
    language = models.CharField(_("language"), max_length=5, default="en")
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.SUBMITTED, editable=False
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="held_cases",
        verbose_name=_("officer"),
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    opened_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    moved_at = models.DateTimeField(_("last move"), default=timezone.now, editable=False)
    due_on = models.DateField(_("due"))

    right: deputies.Right | None = None  # The reader's, told by the portal's door

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["mission", "due_on", "id"],
                condition=models.Q(status__in=OPEN),
                name="open_cases_of_a_mission",
            ),
            models.Index(
                fields=["officer", "due_on", "id"],
                condition=models.Q(status__in=OPEN),
                name="open_cases_of_an_officer",
            ),
            models.Index(fields=["due_on", "id"], name="cases_by_due_day"),
            GinIndex(fields=["names_folded"], opclasses=["gin_trgm_ops"], name="cases_by_part_of_a_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="case_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=models.Q(officer__isnull=False)
                | models.Q(status__in=["submitted", "in_review", "withdrawn"]),
                name="case_that_waits_for_somebody_has_an_officer",
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.names_folded = fold(f"{self.name_latin} {self.name_native}")
        super().save(*args, **kwargs)

    @property
    def spaced_reference(self) -> str:
        return spaced(self.reference)

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def is_overdue(self) -> bool:
        return not self.is_closed and self.due_on < self.mission.today()
