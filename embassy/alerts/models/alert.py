"""The alert: facts that hold in every language."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import countries
from embassy.alerts.status import PUBLISHED, Kind, Severity, Status

FALLBACK = "en"


class AlertQuerySet(models.QuerySet["Alert"]):
    def published(self) -> "AlertQuerySet":
        """Return what the public may read: approved once, also when withdrawn or corrected since."""
        return self.filter(status__in=PUBLISHED)

    def live(self, at: datetime) -> "AlertQuerySet":
        """Return the alerts that hold at a moment: approved, in their time, not withdrawn, not corrected by then."""
        corrections = Alert.objects.published().filter(corrects=OuterRef("pk"), starts_at__lte=at)
        return self.filter(
            ~Exists(corrections), status=Status.APPROVED, starts_at__lte=at, ends_at__gt=at
        ).order_by("-starts_at", "-pk")

    def past(self, at: datetime) -> "AlertQuerySet":
        """Return the published alerts that began before a moment and do not hold any more."""
        live = Alert.objects.live(at).order_by().values("pk")
        return self.published().filter(starts_at__lte=at).exclude(pk__in=live).order_by("-starts_at", "-pk")

    def about(self, *, kind: str = "", country: str = "") -> "AlertQuerySet":
        """Return the alerts of a kind, and those that concern a country (three letters) or every one."""
        found = self.filter(kind=kind) if kind else self
        return found.filter(Q(countries__contains=[country]) | Q(countries=[])) if country else found

    def with_texts(self) -> "AlertQuerySet":
        """Read texts and the correction along: three queries for any number of alerts."""
        return self.select_related("corrects", "correction").prefetch_related("texts")


class Alert(models.Model):
    """One warning. Its words are `Text`s, one for each language; the English one is always there.

    From approval on the database refuses to change the facts: who erred writes a correction, an alert of its
    own that `corrects` this one. `version` rises with every change, so that two officers at once notice.
    """

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    countries = ArrayField(
        models.CharField(max_length=3), verbose_name=_("countries"), default=list, blank=True,
        help_text=_("ISO 3166 codes of three letters; none means: wherever our citizens are."),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("live from"))
    ends_at = models.DateTimeField(_("valid until"))
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("corrects")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"), auto_now=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        default_permissions = ("view",)
        permissions = [
            ("write_alert", _("Can write, correct and withdraw alerts")),
            ("approve_alert", _("Can approve alerts that others wrote")),
            ("translate_alert", _("Can translate alerts")),
            ("send_alert", _("Can send alerts to the subscribers")),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(status="approved"), name="alerts_by_their_end"),
            models.Index(
                fields=["-starts_at"],
                condition=Q(status__in=["approved", "withdrawn"]),
                name="published_alerts_by_start",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="alert_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="alert_has_a_known_severity"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="alert_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="alert_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="alert_is_never_approved_by_its_writer",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review"], approved_by=None, approved_at=None)
                | Q(
                    status__in=["approved", "withdrawn"], approved_by__isnull=False, approved_at__isnull=False
                ),
                name="alert_is_public_when_it_says_who_approved_it",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_by=None, withdrawn_at=None)),
                name="alert_is_withdrawn_when_it_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="alert_never_corrects_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("alerts:detail", args=[self.reference])

    @property
    def is_public(self) -> bool:
        return self.status in PUBLISHED

    @property
    def is_grave(self) -> bool:
        return self.severity in {Severity.SEVERE, Severity.EXTREME}

    @property
    def is_corrected(self) -> bool:
        newer: Alert | None = getattr(self, "correction", None)
        return newer is not None and newer.is_public

    @property
    def published_at(self) -> datetime | None:
        """The moment from which the public could read it; None before approval."""
        return max(self.starts_at, self.approved_at) if self.approved_at else None

    def holds_at(self, at: datetime) -> bool:
        """Tell whether it is live at a moment: `AlertQuerySet.live` for an alert in memory."""
        return (
            self.status == Status.APPROVED
            and self.starts_at <= at < self.ends_at
            and not self.is_superseded_at(at)
        )

    def is_superseded_at(self, at: datetime) -> bool:
        newer: Alert | None = getattr(self, "correction", None)
        return newer is not None and newer.is_public and newer.starts_at <= at

    # Words

    def approved_texts(self) -> dict[str, Any]:
        """Return language → the text in force; one query unless the texts were read along."""
        found = sorted((text for text in self.texts.all() if text.approved_at), key=lambda text: text.pk)
        return {text.language: text for text in found}

    def latest_texts(self) -> dict[str, Any]:
        """Return language → the newest text, approved or not: what staff work on."""
        return {text.language: text for text in sorted(self.texts.all(), key=lambda text: text.pk)}

    def text_in(self, language: str | None) -> Any:
        """Return the approved text in `language`, else the English one; None before approval."""
        texts = self.approved_texts()
        return texts.get((language or FALLBACK).split("-")[0]) or texts.get(FALLBACK)

    @property
    def text(self) -> Any:
        """The approved text in the active language, else in English."""
        return self.text_in(get_language())

    def country_names(self, language: str) -> list[str]:
        return [countries.name(code, language) for code in self.countries]
