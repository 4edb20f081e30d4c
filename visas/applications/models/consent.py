"""What was declared and agreed to: which words, in which language, when, by whom."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.questionnaires.models import Revision
from visas.applications.models.application import VisaApplication


class Consent(models.Model):
    """One declaration as it was signed. `text` is what the page showed, in `language`; the database keeps it unchanged."""

    application = models.ForeignKey(VisaApplication, models.CASCADE, related_name="consents")
    question = models.CharField(max_length=80)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=5)
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question", "agreed_at"], name="consent_is_recorded_once"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="consent_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.question}"
