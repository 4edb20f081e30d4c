"""What an officer asks the applicant for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.cases.models.case import Case
from consular.cases.status import ItemState


class Request(models.Model):
    """One letter to the applicant with its items and the day by which we need the answer."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer_by = models.DateField(_("answer by"))
    answered_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(answered_at=None, expired_at=None),
                name="case_has_one_open_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: request {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.expired_at is None


class RequestItem(models.Model):
    """One thing asked for: a text answer, or, when `purpose` is set, a document for that purpose."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="items")
    text = models.TextField(_("what we ask"), max_length=2000)
    purpose = models.SlugField(_("document"), blank=True)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.OPEN)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request}: {self.purpose or 'text'}"
