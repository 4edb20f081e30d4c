"""Who asked to be told of alerts, without an account."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from embassy.alerts.models.alert import Alert
from embassy.alerts.status import Kind


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def confirmed(self) -> "SubscriberQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def concerned_by(self, alert: Alert) -> "SubscriberQuerySet":
        """Return who wants to be told: one of its countries or all of them, its kind or all kinds."""
        wanted = Q(kinds=[]) | Q(kinds__contains=[alert.kind])
        if alert.countries:
            wanted &= Q(countries=[]) | Q(countries__overlap=alert.countries)
        return self.confirmed().filter(wanted)


class Subscriber(models.Model):
    """One address and what it is to be told. The row is deleted when its holder unsubscribes.

    `address` is encrypted; `address_key` finds it again (see `embassy.alerts.secrecy`). No countries means
    all countries, no kinds all kinds. `asks` counts the letters that asked to confirm.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.TextField(_("email address, encrypted"))
    address_key = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=5, choices=settings.EVERY_LANGUAGE)
    countries = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asks = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ()
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(confirmed_at=None), name="subscribers_unconfirmed"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def kind_labels(self) -> list[str]:
        return [str(Kind(kind).label) for kind in self.kinds or Kind.values]

    @property
    def choices(self) -> dict[str, Any]:
        """What the subscriber chose, as forms and actions take it."""
        return {"language": self.language, "countries": self.countries, "kinds": self.kinds}
