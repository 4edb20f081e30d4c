"""The e-visa as a record; its paper is made from it."""

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.lib.references import drawn
from consular.missions.models import Mission
from visas.applications.models import VisaApplication
from visas.issuance.status import Fault, Mark, RevocationReason, Standing
from visas.policy.status import Entries
from visas.seals.models import SignerKey

NUMBER_LENGTH = 9  # ICAO 9303-7: the document number of an MRV has nine characters


def new_number() -> str:
    """Return a random visa number of nine characters, V first; 30^8 ≈ 6.6e11 of them."""
    return "V" + drawn(NUMBER_LENGTH - 1)


def new_check_token() -> str:
    """Return the secret part of the printed QR code: 96 random bits."""
    return secrets.token_urlsafe(12)


def paper_path(evisa: "EVisa", filename: str) -> str:
    return f"evisas/{evisa.number}/{filename}"


class EVisaQuerySet(models.QuerySet["EVisa"]):
    def visible_to(self, user: Any) -> "EVisaQuerySet":
        """Return the e-visas granted at the missions where `user` is posted today, without the user's own."""
        return self.filter(application__case__mission__in=Mission.objects.of(user)).exclude(
            application__applicant=user
        )


class EVisa(models.Model):
    """One issued visa. At most one per application is not revoked; dates are inclusive."""

    number = models.CharField(
        _("visa number"), max_length=NUMBER_LENGTH, unique=True, default=new_number, editable=False
    )
    check_token = models.CharField(max_length=24, default=new_check_token, editable=False)
    application = models.ForeignKey(VisaApplication, models.PROTECT, related_name="evisas")
    category = models.SlugField(_("category"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    entries = models.CharField(_("entries"), max_length=1, choices=Entries)
    stay_days = models.PositiveSmallIntegerField(_("days of stay"))
    mrz = models.CharField(
        _("machine-readable zone"), max_length=90, help_text=_("Two lines of an MRV-B, ICAO 9303-7.")
    )
    issued_at = models.DateTimeField(_("issued"), default=timezone.now, editable=False)
    paper = models.FileField(upload_to=paper_path, blank=True, editable=False)
    paper_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )

    # The steps of issuing, in this order; what is there was done and is not done again
    status_list = models.PositiveSmallIntegerField(null=True, editable=False)
    status_index = models.PositiveIntegerField(null=True, editable=False)
    seal = models.BinaryField(null=True, editable=False)
    seal_key = models.ForeignKey(
        SignerKey,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("key of the seal"),
    )
    log_entry: Any = models.JSONField(null=True, editable=False)
    faults = ArrayField(
        models.CharField(max_length=11, choices=Fault), default=list, editable=False, verbose_name=_("faults")
    )
    checked_at = models.DateTimeField(_("checked"), null=True, editable=False)

    suspended_at = models.DateTimeField(_("suspended"), null=True, editable=False)
    used_at = models.DateTimeField(_("used"), null=True, editable=False)
    revocation_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("revocation asked for by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revocation_reason = models.CharField(_("reason"), max_length=20, choices=RevocationReason, blank=True)

    objects = EVisaQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-visa")
        verbose_name_plural = _("e-visas")
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="evisa_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=models.Q(stay_days__gt=0), name="evisa_allows_a_day"),
            models.CheckConstraint(
                condition=models.Q(entries__in=Entries.values), name="evisa_has_known_entries"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(revoked_at=None),
                name="application_has_one_visa_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revocation_reason="", revoked_by=None)
                | models.Q(revoked_at=None, revoked_by=None, revocation_asked_by__isnull=False)
                | (
                    ~models.Q(revocation_reason="")
                    & models.Q(revoked_at__isnull=False, revoked_by__isnull=False)
                ),
                name="evisa_revoked_has_a_reason_and_an_officer",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="evisa_has_its_own_place_in_the_status_lists"
            ),
            models.CheckConstraint(
                condition=models.Q(status_list=None, status_index=None)
                | models.Q(status_list__isnull=False, status_index__isnull=False),
                name="place_in_a_status_list_is_list_and_index",
            ),
            models.CheckConstraint(
                condition=models.Q(seal=None, seal_key=None)
                | models.Q(seal__isnull=False, seal_key__isnull=False, status_index__isnull=False),
                name="seal_has_a_key_and_a_place_in_a_status_list",
            ),
            models.CheckConstraint(
                condition=models.Q(paper="") | models.Q(faults=[]), name="paper_with_a_fault_is_not_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def mrz_lines(self) -> list[str]:
        return self.mrz.split("\n")

    @property
    def is_ready(self) -> bool:
        return bool(self.paper)

    @property
    def mark(self) -> Mark:
        """What the status list says of it."""
        if self.revoked_at:
            return Mark.REVOKED
        if self.suspended_at:
            return Mark.SUSPENDED
        return Mark.USED if self.used_at else Mark.VALID

    def standing(self, on: date) -> Standing:
        """Tell what the visa is worth on a day."""
        if self.revoked_at:
            return Standing.REVOKED
        if self.suspended_at:
            return Standing.SUSPENDED
        if self.used_at:
            return Standing.USED
        if on > self.valid_until:
            return Standing.EXPIRED
        return Standing.IN_FORCE if on >= self.valid_from else Standing.NOT_YET
