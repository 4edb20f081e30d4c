"""A document in a case's file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.cases.models.case import Case
from consular.cases.models.request import RequestItem
from consular.documents.models import Document


class Attachment(models.Model):
    """`purpose` is the code of the required document it answers (`passport`, `photo`, `itinerary` …).

    `item` is what the applicant answered with it; None when it came with the application.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    document = models.OneToOneField(Document, models.PROTECT, related_name="attachment")
    item = models.ForeignKey(RequestItem, models.PROTECT, null=True, blank=True, related_name="attachments")
    purpose = models.SlugField(_("purpose"))
    label = models.CharField(_("label"), max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case}: {self.purpose}"
