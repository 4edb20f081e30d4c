"""What is kept of checks: counts, for operations, never about a person; codes by which holders show their visas."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visas.issuance.models import EVisa
from visas.verification.status import Board, Purpose


def add_one(counts: models.Manager[Any], **what: Any) -> None:
    """Add one to a day's count: one statement, but for the first of its day."""
    counted = counts.filter(**what)
    if not counted.update(count=F("count") + 1):
        counts.bulk_create([counts.model(**what)], ignore_conflicts=True)
        counted.update(count=F("count") + 1)


class DailyCount(models.Model):
    """The number of checks with one result on one day."""

    on = models.DateField()
    result = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "result"], name="checks_are_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.result}: {self.count}"

    @staticmethod
    def note(on: date, result: str) -> None:
        add_one(DailyCount.objects, on=on, result=result)


class ShareQuerySet(models.QuerySet["Share"]):
    def open_at(self, moment: datetime) -> "ShareQuerySet":
        return self.filter(revoked_at=None, ends_at__gt=moment)


class Share(models.Model):
    """A code by which a holder shows a visa to somebody. `digest` is its HMAC: the code itself is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evisa = models.ForeignKey(EVisa, models.CASCADE, related_name="shares")
    purpose = models.CharField(_("purpose"), max_length=1, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share code")
        verbose_name_plural = _("share codes")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at"), ends_at__lte=F("made_at") + timedelta(days=90)),
                name="share_code_ends_within_ninety_days",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="share_code_has_a_known_purpose"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Look(models.Model):
    """Somebody looked at what a holder shares: when, and nothing of who it was."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="looks")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("look at a shared visa")
        verbose_name_plural = _("looks at shared visas")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.share_id} {self.at:%Y-%m-%d}"


class AirlineKey(models.Model):
    """A key by which an airline asks at the gate. `digest` is its HMAC: the key itself is shown once."""

    name = models.CharField(_("airline"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    last_used_on = models.DateField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("airline's key")
        verbose_name_plural = _("airlines' keys")
        ordering = ["name", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="airline_key_is_revoked_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AirlineCount(models.Model):
    """How many answers of one kind a key got on one day: no person, no visa, no flight."""

    key = models.ForeignKey(AirlineKey, models.PROTECT, related_name="counts")
    on = models.DateField()
    answer = models.CharField(max_length=12, choices=Board)
    word = models.CharField(max_length=25)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "on", "answer", "word"], name="answers_to_airlines_are_counted_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key_id} {self.on} {self.answer} {self.word}: {self.count}"

    @staticmethod
    def note(key: AirlineKey, on: date, answer: str, word: str) -> None:
        add_one(AirlineCount.objects, key=key, on=on, answer=answer, word=word)
