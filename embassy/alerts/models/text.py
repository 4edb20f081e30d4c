"""The words of an alert in one language, in the shape that every alert has."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from embassy.alerts.models.alert import FALLBACK, Alert

PARTS = ("title", "location", "event", "actions", "assistance")


class Text(models.Model):
    """Where, what, what to do, where to find help: plain text, the same on pages, in e-mails and in feeds.

    Somebody else approves each text. An approved one never changes; of a translation a newer text may take
    its place, of the English one a correction of the whole alert.
    """

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5, choices=settings.EVERY_LANGUAGE)
    title = models.CharField(_("title"), max_length=120)
    location = models.CharField(_("location"), max_length=300)
    event = models.TextField(_("event"), max_length=2000)
    actions = models.TextField(_("what to do"), max_length=3000)
    assistance = models.TextField(_("assistance"), max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    writers = ArrayField(models.BigIntegerField(), default=list, editable=False)  # Everybody who wrote in it
    written_at = models.DateTimeField(_("written"), auto_now=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    class Meta:
        verbose_name = _("text of an alert")
        verbose_name_plural = _("texts of alerts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "language"],
                condition=Q(approved_at=None),
                name="alert_has_one_open_text_in_a_language",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="text_of_an_alert_is_never_approved_by_its_writer",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | ~Q(writers__contains=Func(F("approved_by"), template="ARRAY[%(expressions)s]")),
                name="text_of_an_alert_is_never_approved_by_an_earlier_writer",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="text_of_an_alert_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(location="") & ~Q(event="") & ~Q(actions="") & ~Q(assistance=""),
                name="text_of_an_alert_has_all_its_parts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def was_written_by(self, user: Any) -> bool:
        return user.pk == self.written_by_id or user.pk in self.writers

    @property
    def is_source(self) -> bool:
        return self.language == FALLBACK

    @property
    def direction(self) -> str:
        return "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr"

    @property
    def steps(self) -> list[str]:
        """What to do, one line each."""
        return [line.lstrip("-•* ").strip() for line in self.actions.splitlines() if line.strip("-•* ")]
