"""What readers say about pages: useful or not, and what went wrong. Nothing about who says it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from embassy.feedback.status import State

LONGEST = 1200  # characters
KEPT_FOR = timedelta(days=365)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def outlived(self, now: datetime) -> "RemarkQuerySet":
        """Return the remarks that are kept no longer."""
        return self.filter(given_at__lt=now - KEPT_FOR)


class Remark(models.Model):
    """One answer to "Was this page useful?". No name, address or cookie is kept with it."""

    page = models.CharField(_("page"), max_length=200, help_text=_("The address without the language."))
    language = models.CharField(_("language"), max_length=5)
    is_useful = models.BooleanField(_("useful"))
    text = models.TextField(_("what went wrong"), blank=True)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=4, choices=State.choices, default=State.OPEN)
    note = models.TextField(_("note"), blank=True, help_text=_("What was done about it, for colleagues."))

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["state", "page", "-given_at"]
        indexes = [models.Index(fields=["page", "-given_at"], name="remarks_on_a_page")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="remark_is_open_or_done"),
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.given_at:%Y-%m-%d}"
