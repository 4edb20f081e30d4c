"""Who may act for an applicant: what, for which applications, until when."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visas.applications.models.party import Party


class Scope(models.TextChoices):
    """What the holder of a mandate may do; whoever may act may fill in too."""

    FILL = "fill", _("Fill in, upload and look")
    ACT = "act", _("Also submit, correct and answer")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, on: date | None = None) -> "MandateQuerySet":
        """Return those that were accepted, not ended, and have not run out on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(accepted_at__isnull=False, ended_at=None, ends_on__gte=day)

    def held_by(self, user: Any) -> "MandateQuerySet":
        return self.filter(holder=user)


class Mandate(models.Model):
    """The right to act for `given_by` in one application or a whole party, up to and including `ends_on`.

    It begins as an invitation to `email`: `holder` is who accepted it, `token_digest` the HMAC of the link's token.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "applications.VisaApplication", models.CASCADE, null=True, blank=True, related_name="mandates"
    )
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="mandates")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates_given")
    email = models.EmailField(_("e-mail address"))
    scope = models.CharField(_("what they may do"), max_length=4, choices=Scope)
    ends_on = models.DateField(_("last day"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="mandates_held",
    )
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(application__isnull=True, party__isnull=False)
                | models.Q(application__isnull=False, party__isnull=True),
                name="mandate_is_for_an_application_or_a_party",
            ),
            models.CheckConstraint(
                condition=models.Q(holder__isnull=True, accepted_at__isnull=True)
                | models.Q(holder__isnull=False, accepted_at__isnull=False),
                name="mandate_has_a_holder_once_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(holder__isnull=True) | ~models.Q(holder=models.F("given_by")),
                name="nobody_holds_their_own_mandate",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=Scope.values), name="mandate_has_a_known_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.pk}"

    def is_in_force(self, on: date | None = None) -> bool:
        """Tell whether its holder may use it on a day (today)."""
        day = on or timezone.localdate()
        return self.accepted_at is not None and self.ended_at is None and day <= self.ends_on
