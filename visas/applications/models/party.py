"""People who travel together: one login, an application for each, and what they answer alike."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from visas.applications.models.application import VisaApplication

LARGEST = 10  # travellers


class Party(models.Model):
    """People who travel together. Each has an application and a `place` in it; each is decided alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="parties")
    created_at = models.DateTimeField(auto_now_add=True)

    members: "models.Manager[VisaApplication]"

    class Meta:
        verbose_name = _("travelling party")
        verbose_name_plural = _("travelling parties")

    def __str__(self) -> str:
        return str(self.pk)


class SameAs(models.Model):
    """A section that a traveller answers as another of the party does, until somebody answers it apart."""

    application = models.ForeignKey("applications.VisaApplication", models.CASCADE, related_name="alike")
    section = models.SlugField(max_length=80)
    other = models.ForeignKey("applications.VisaApplication", models.CASCADE, related_name="followers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "section"], name="section_follows_one_traveller"),
            models.CheckConstraint(
                condition=~models.Q(application=models.F("other")), name="nobody_follows_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.section} = {self.other_id}"
