"""Who may act for an applicant: a representative or a helper, for what, and until when."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visas.applications.models.application import VisaApplication


class Scope(models.TextChoices):
    """What a mandate allows, each more than the one before."""

    READ = "read", _("See the application and its state")
    FILL = "fill", _("Fill it in and hand in documents")
    SUBMIT = "submit", _("Fill it in, submit it, and answer our questions")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self) -> "MandateQuerySet":
        """Return the mandates that were accepted, not ended, and whose last day has not passed."""
        return self.filter(accepted_at__isnull=False, ended_at=None, ends_on__gte=timezone.localdate())

    def held_by(self, user: Any) -> "MandateQuerySet":
        return self.in_force().filter(holder=user)


class Mandate(models.Model):
    """An applicant lets somebody act on one application until a day (included). Accepted by who follows the invitation.

    `token_hash` is the SHA-256, in hex, of the secret in the invitation; '' once it was used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(VisaApplication, models.CASCADE, related_name="mandates")
    email = models.EmailField(_("e-mail address"))
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("holder"),
    )
    scope = models.CharField(_("allows to"), max_length=6, choices=Scope)
    ends_on = models.DateField(_("until"))
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=Scope.values), name="mandate_has_a_known_scope"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(holder__isnull=False),
                name="mandate_is_accepted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=models.Q(ended_at__isnull=True),
                name="person_has_one_mandate_for_an_application",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.scope}"
