"""The visa application: first a draft with its answers, then submitted for ever."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from consular.audit.trail import on_behalf
from consular.cases.models import Case
from consular.cases.status import Status
from consular.missions.models import Mission
from consular.questionnaires.models import AnswerSheet, newest
from visas.applications.models.mandate import Mandate, Scope
from visas.applications.models.party import LARGEST, Party

THREE_CAPITALS = r"^[A-Z]{3}$"


class VisaApplicationQuerySet(models.QuerySet["VisaApplication"]):
    def of(self, user: Any) -> "VisaApplicationQuerySet":
        """Return the user's own applications, of every traveller of theirs."""
        return self.filter(applicant=user)

    def open_to(self, user: Any, *scopes: Scope) -> "VisaApplicationQuerySet":
        """Return what a user may open: their own, and those under a mandate in force (of one of `scopes`).

        The one door: every page asks here, and whatever is not behind it does not exist for the reader (404).
        """
        held = Mandate.objects.in_force().held_by(user).filter(scope__in=scopes or Scope.values)
        return self.filter(
            models.Q(applicant=user)
            | models.Q(pk__in=held.filter(application__isnull=False).values("application"))
            | models.Q(party__in=held.filter(party__isnull=False).values("party"))
        )

    def travelling(self) -> "VisaApplicationQuerySet":
        """Return those whose traveller still wants to travel: who withdraws an application leaves its party."""
        return self.exclude(case__status=Status.WITHDRAWN)

    def drafts(self) -> "VisaApplicationQuerySet":
        return self.filter(submitted_at__isnull=True)

    def drafts_of(self, user: Any) -> "VisaApplicationQuerySet":
        """Return what `user` has begun and not submitted, the last worked on first, each with `saved_at`."""
        newest = models.Max("sheet__answers__saved_at")
        return self.of(user).drafts().annotate(saved_at=Coalesce(newest, "created_at")).order_by("-saved_at")

    def with_sheet(self) -> "VisaApplicationQuerySet":
        """Return the applications with what every page needs of them: mission, case and sheet, not the wording."""
        return self.to_write().select_related("mission", "case")

    def to_write(self) -> "VisaApplicationQuerySet":
        """Return the applications with their sheets, which is what saving a page needs.

        Each has `newest_revision`, the key of the one that a draft moves to at its next look.
        """
        plain = self.select_related("sheet__revision").defer("sheet__revision__content")
        latest = newest("sheet__revision__questionnaire")
        return plain.annotate(newest_revision=latest)  # type: ignore[no-redef]


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
    digest = models.CharField(
        max_length=64, blank=True, editable=False
    )  # SHA-256 of what was submitted, in hex

    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="members")
    place = models.PositiveSmallIntegerField(null=True, blank=True)  # In the party, from 1

    newest_revision: int | None = None  # Told by `to_write` and `with_sheet`
    mandate: Mandate | None = (
        None  # Under which the reader acts; told by the pages' door, None for the applicant
    )

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
            models.CheckConstraint(
                condition=models.Q(party__isnull=True, place__isnull=True)
                | models.Q(party__isnull=False, place__range=(1, LARGEST)),
                name="party_has_ten_places",
            ),
            models.UniqueConstraint(fields=["party", "place"], name="place_in_a_party_is_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.pk}"

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    def acting(self, user: Any) -> Any | None:
        """Return `user` where they act for the applicant, None where they are the applicant."""
        return None if user.pk == self.applicant_id else user

    def on_behalf(self, by: Any) -> dict[str, int]:
        """Return, as detail for the trail, for whom somebody acts who is not the applicant; nothing for the applicant."""
        return on_behalf(self.applicant_id, by)

    @property
    def reader_may_act(self) -> bool:
        """Tell whether the reader may submit, correct and answer: the applicant, or under a mandate that covers it."""
        return self.mandate is None or self.mandate.may_act

    @property
    def submitted_case(self) -> Case:
        """The case of a submitted application; `LookupError` for a draft, which has none."""
        if self.case is None:
            raise LookupError(self.pk)
        return self.case
