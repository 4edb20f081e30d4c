"""Work owed: one row per effect, written in the transaction of the change that owes it."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class EffectQuerySet(models.QuerySet["Effect"]):
    def open(self) -> "EffectQuerySet":
        """Return what is neither done nor dead."""
        return self.filter(status__in=Effect.OPEN)

    def due(self) -> "EffectQuerySet":
        """Return what may be handed out now: waiting and its time has come, or handed out and its lease ran out."""
        return self.open().filter(available_at__lte=Now())

    def dead(self) -> "EffectQuerySet":
        """Return the dead letters: what was tried in vain and waits for a person."""
        return self.filter(status=Effect.Status.DEAD)

    def oldest_age(self) -> timedelta:
        """Return for how long the oldest open effect has been due; zero when nothing is."""
        first = self.open().order_by("due_at").values_list("due_at", flat=True).first()
        return max(timezone.now() - first, timedelta()) if first else timedelta()


class Effect(models.Model):
    """One piece of work that somebody is owed.

    `key` is its meaning (`message:17:email`), so that owing the same thing twice is harmless. `topic` names
    the Celery task. `due_at` is when it ought to run; `available_at` is when the dispatcher looks next: the
    end of the lease while it is handed out. `handed_out` counts messages to Celery since a task last took
    it up, `attempts` how often a task has begun.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        HANDED_OUT = "handed_out"
        DONE = "done"
        DEAD = "dead"

    OPEN = (Status.WAITING, Status.HANDED_OUT)

    key = models.CharField(max_length=120, unique=True)
    topic = models.CharField(max_length=60)
    payload = models.JSONField(default=dict, help_text="Identifiers only.")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_out = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    available_at = models.DateTimeField(db_default=Now())
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["available_at"],
                condition=models.Q(status__in=["waiting", "handed_out"]),
                name="effects_that_are_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["waiting", "handed_out", "done", "dead"]),
                name="effect_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=models.Q(status="done", done_at__isnull=False)
                | (~models.Q(status="done") & models.Q(done_at__isnull=True)),
                name="effect_is_done_when_it_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.status})"
