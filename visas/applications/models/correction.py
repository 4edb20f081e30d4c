"""What the applicant changed after submitting: the new answers, beside those that were submitted."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.questionnaires.models import AnswerSheet
from visas.applications.models.application import VisaApplication


class Correction(models.Model):
    """A buffer for corrections: a sheet of its own until it is sent, then the sheet of the application.

    `before` is the sheet that it replaces, which stays as it was; `after` the sheet with the corrected answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(VisaApplication, models.CASCADE, related_name="corrections")
    before = models.ForeignKey(AnswerSheet, models.PROTECT, related_name="+")
    after = models.OneToOneField(AnswerSheet, models.PROTECT, related_name="correction")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(sent_at__isnull=True),
                name="application_has_one_open_correction",
            ),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="correction_has_a_sheet_of_its_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.opened_at:%Y-%m-%d}"
