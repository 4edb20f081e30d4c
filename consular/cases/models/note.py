"""What officers write to each other about a case; applicants never see it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.cases.models.case import Case


class Note(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=5000)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return f"{self.case}: note {self.pk}"
