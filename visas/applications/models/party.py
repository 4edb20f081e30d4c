"""People who travel together: one login, an application for each."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_MEMBERS = 10


class Party(models.Model):
    """A travelling party. Its members are applications, which are paid for and decided one by one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="parties")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("travelling party")
        verbose_name_plural = _("travelling parties")

    def __str__(self) -> str:
        return str(self.pk)


class SameAs(models.Model):
    """A section of a member's questionnaire has the answers of another member's. `section` is its id."""

    application = models.ForeignKey("applications.VisaApplication", models.CASCADE, related_name="same_as")
    section = models.CharField(max_length=80)
    other = models.ForeignKey("applications.VisaApplication", models.CASCADE, related_name="shared_with")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "section"], name="section_is_the_same_as_one_other"
            ),
            models.CheckConstraint(
                condition=~models.Q(application=models.F("other")), name="section_is_not_the_same_as_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.section}"
