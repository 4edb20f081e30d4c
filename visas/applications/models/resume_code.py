"""The way back to an application for who has lost their mailbox."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visas.applications.models.application import VisaApplication


class ResumeCode(models.Model):
    """A code on paper that opens an application together with the traveller's date of birth.

    `digest` is the code's HMAC in hex: who reads the database cannot use it. A new code replaces the old one.
    """

    application = models.OneToOneField(VisaApplication, models.CASCADE, related_name="resume_code")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("resume code")
        verbose_name_plural = _("resume codes")

    def __str__(self) -> str:
        return str(self.application_id)
