"""What happened to a case, in words that the applicant may read: its public history."""

from django.conf import settings
from django.db import models

from consular.cases.models.case import Case
from consular.cases.status import Status


class Event(models.Model):
    """One move: from a state ('' at the opening) to a state; to the same one where answers were corrected. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    from_status = models.CharField(max_length=20, choices=Status, blank=True)
    to_status = models.CharField(max_length=20, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case}: {self.from_status} → {self.to_status}"
