"""The files handed in with an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.documents.models import Document
from visas.applications.models.application import VisaApplication


class Evidence(models.Model):
    """A file handed in with an application. `purpose` is the code of the required document that it answers.

    Files for one document stand in the order of `position`, then as they were handed in.
    """

    application = models.ForeignKey(VisaApplication, models.CASCADE, related_name="evidence")
    document = models.OneToOneField(Document, models.PROTECT, related_name="evidence")
    purpose = models.SlugField(_("purpose"), max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.application_id}: {self.purpose}"
