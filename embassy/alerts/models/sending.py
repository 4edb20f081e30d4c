"""One alert on its way to its subscribers."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from embassy.alerts.models.alert import Alert
from embassy.alerts.models.subscriber import Subscriber
from embassy.alerts.status import OPEN, DeliveryState


class Sending(models.Model):
    """The one sending of an alert: pressing twice finds this row.

    `reached` is the last subscriber written down as a recipient so far; `gathered_at` when all were. `run`
    rises when a stopped sending goes on: work of an earlier run then does nothing more.
    """

    alert = models.OneToOneField(Alert, models.PROTECT, related_name="sending")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    run = models.PositiveSmallIntegerField(default=1)
    reached = models.BigIntegerField(default=0)
    gathered_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(gathered_at__isnull=False),
                name="sending_is_done_after_all_were_gathered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id}:{self.run}"

    def counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state; one query."""
        rows = self.deliveries.order_by().values_list("state").annotate(Count("pk"))
        return dict.fromkeys(DeliveryState.values, 0) | dict(rows)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> "DeliveryQuerySet":
        return self.filter(state__in=OPEN)


class Delivery(models.Model):
    """One letter of a sending. Without a subscriber it is a number for the statistics, and no person."""

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, models.SET_NULL, null=True, related_name="deliveries")
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    batch = models.CharField(max_length=20, blank=True, help_text=_("Which batch has begun it."))
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    last_error = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of an alert")
        verbose_name_plural = _("deliveries of alerts")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["sending", "due_at"],
                condition=Q(state__in=["waiting", "begun"]),
                name="alert_deliveries_that_are_open",
            ),
            models.Index(fields=["sending", "state"], name="alert_deliveries_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sending", "subscriber"], name="alert_goes_to_a_subscriber_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="alert_delivery_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="alert_delivery_is_sent_when_it_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sending_id}:{self.pk} {self.state}"
