"""What an officer asks the applicant for."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.cases.models.case import Case
from consular.cases.status import ItemState
from consular.documents.status import State

STILL_OPEN = models.Q(answered_at=None, expired_at=None, taken_back_at=None)


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> "RequestQuerySet":
        return self.filter(STILL_OPEN)


class Request(models.Model):
    """One letter to the applicant with its items and the day by which we need the answer.

    It ends once: answered, out of time, or taken back (by the officer, or by a withdrawal of the case).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer_by = models.DateField(_("answer by"))
    answered_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=STILL_OPEN,
                name="case_has_one_open_request",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, expired_at=None)
                | models.Q(answered_at=None, taken_back_at=None)
                | models.Q(expired_at=None, taken_back_at=None),
                name="request_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: request {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def ended_at(self) -> datetime | None:
        return self.answered_at or self.expired_at or self.taken_back_at

    def is_out_of_time(self) -> bool:
        """Tell whether the last day for the answer has passed at the mission."""
        return self.answer_by < self.case.mission.today()

    def is_complete(self) -> bool:
        return not (self.items.unanswered().exists() or self.items.with_unusable_files().exists())


class RequestItemQuerySet(models.QuerySet["RequestItem"]):
    def unanswered(self) -> "RequestItemQuerySet":
        return self.filter(state=ItemState.OPEN)

    def with_unusable_files(self) -> "RequestItemQuerySet":
        """Return the items that were answered with a file which the portal could not open."""
        return self.filter(attachments__document__state=State.REFUSED).distinct()


class RequestItem(models.Model):
    """One thing asked for: a text answer, or, when `purpose` is set, a document for that purpose."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="items")
    text = models.TextField(_("what we ask"), max_length=2000)
    purpose = models.SlugField(_("document"), blank=True)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.OPEN)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)

    objects = RequestItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="request_item_asks_something"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.purpose or 'text'}"
