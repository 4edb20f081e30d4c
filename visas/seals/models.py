"""Whom the world believes about our visas: the authority, the keys that it certified, and what it took back."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visas.seals.status import ENDED, KNOWN, Reason, State, Use

MOST_A_YEAR = 5


def officer(verb: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=verb,
    )


def moment(verb: Any) -> Any:
    return models.DateTimeField(verb, null=True, editable=False)


class Authority(models.Model):
    """The root that certifies our keys. Its private key is elsewhere; only a demonstration keeps it in `secret`."""

    certificate = models.BinaryField(unique=True, editable=False)
    secret = models.TextField(blank=True, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(secret="") | Q(is_demonstration=True),
                name="only_a_demonstration_keeps_its_root_key_here",
            )
        ]

    def __str__(self) -> str:
        return f"{_('Authority')} {self.pk}"

    @property
    def last_list_number(self) -> int:
        """The number of its newest revocation list, 0 before the first."""
        newest = self.revocation_lists.first()
        return newest.number if newest else 0

    @property
    def revoked_keys(self) -> "SignerKeyQuerySet":
        """The keys that every new revocation list names, old ones too."""
        return self.keys.filter(state=State.REVOKED, certificate__isnull=False).order_by("pk")


class SignerKeyQuerySet(models.QuerySet["SignerKey"]):
    def of(self, use: Use) -> "SignerKeyQuerySet":
        return self.filter(use=use)

    def active(self, use: Use) -> "SignerKeyQuerySet":
        return self.of(use).filter(state=State.ACTIVE)

    def known(self) -> "SignerKeyQuerySet":
        """Return the keys whose certificates are published, whatever became of them."""
        return self.filter(state__in=KNOWN)


class SignerKey(models.Model):
    """A key with its life: planned → published → active → retired, and from anywhere → revoked.

    `secret` is the private key, encrypted (`visas.seals.custody`); it is destroyed when the life ends. Two officers
    publish a key and two revoke it; who hands in the certificate is the first, who publishes the second.
    """

    use = models.CharField(_("use"), max_length=6, choices=Use, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED, editable=False)
    secret = models.TextField(blank=True, editable=False)
    public_key = models.BinaryField(editable=False)
    certificate = models.BinaryField(null=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, editable=False, related_name="keys")
    is_demonstration = models.BooleanField(default=False, editable=False)
    signs_until = models.DateField(_("signs until"), null=True, editable=False)

    planned_at = models.DateTimeField(_("planned"), auto_now_add=True)
    planned_by = officer(_("planned by"))
    handed_in_at = moment(_("certificate handed in"))
    handed_in_by = officer(_("certificate handed in by"))
    published_at = moment(_("published"))
    published_by = officer(_("published by"))
    activated_at = moment(_("in use since"))
    retired_at = moment(_("retired"))
    revocation_reason = models.CharField(
        _("reason"), max_length=22, choices=Reason, blank=True, editable=False
    )
    revocation_asked_by = officer(_("revocation asked for by"))
    revoked_at = moment(_("revoked"))
    revoked_by = officer(_("revoked by"))

    objects = SignerKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["-year", "-number", "use"]
        constraints = [
            models.CheckConstraint(condition=Q(use__in=Use.values), name="key_has_a_known_use"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="key_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_A_YEAR)), name="at_most_five_keys_a_year_for_each_use"
            ),
            models.UniqueConstraint(fields=["use", "year", "number"], name="key_has_its_own_reference"),
            models.UniqueConstraint(
                fields=["use"], condition=Q(state=State.ACTIVE), name="one_key_of_each_use_is_active"
            ),
            models.UniqueConstraint(
                fields=["use"],
                condition=Q(state=State.PUBLISHED),
                name="one_key_of_each_use_is_published_in_advance",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PLANNED, published_at=None)
                | Q(state=State.REVOKED)
                | Q(
                    published_at__isnull=False,
                    certificate__isnull=False,
                    authority__isnull=False,
                    signs_until__isnull=False,
                ),
                name="key_that_is_published_has_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(is_demonstration=True)
                | (
                    Q(published_by__isnull=False, handed_in_by__isnull=False)
                    & ~Q(published_by=F("handed_in_by"))
                ),
                name="key_is_published_by_a_second_officer",
            ),
            models.CheckConstraint(
                condition=(~Q(state=State.REVOKED) & Q(revoked_at=None, revoked_by=None))
                | (
                    Q(state=State.REVOKED, revoked_at__isnull=False)
                    & Q(revoked_by__isnull=False, revocation_asked_by__isnull=False)
                    & ~Q(revoked_by=F("revocation_asked_by"))
                    & ~Q(revocation_reason="")
                ),
                name="key_is_revoked_by_a_second_officer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, secret="") | (~Q(state__in=ENDED) & ~Q(secret="")),
                name="key_has_a_secret_until_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_use_display()} {self.reference}"

    @property
    def reference(self) -> str:
        """Year and number in it, two digits each: in seals, and as a hexadecimal number in the certificate."""
        return f"{self.year % 100:02d}{self.number:02d}"

    @property
    def signer(self) -> str:
        """The four characters by which seals name the state and its signer."""
        return settings.IDENTITY.alpha2 + SIGNER

    def may_sign_on(self, day: dt.date) -> bool:
        return self.state == State.ACTIVE and self.signs_until is not None and day <= self.signs_until


SIGNER = "VE"  # The common name of our signer in certificates of seals: two characters (9303-12)


class RevocationListQuerySet(models.QuerySet["RevocationList"]):
    def newest(self) -> "RevocationListQuerySet":
        """Return the newest list of each authority, that of the newest authority first."""
        return self.order_by("-authority_id", "-number").distinct("authority_id")


class RevocationList(models.Model):
    """What an authority has taken back, as it signed it (RFC 5280). The one with the highest number counts."""

    authority = models.ForeignKey(Authority, models.PROTECT, editable=False, related_name="revocation_lists")
    number = models.PositiveIntegerField(editable=False)
    content = models.BinaryField(editable=False)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = officer(_("imported by"))

    objects = RevocationListQuerySet.as_manager()

    class Meta:
        verbose_name = _("revocation list")
        verbose_name_plural = _("revocation lists")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="revocation_list_has_its_own_number")
        ]

    def __str__(self) -> str:
        return f"{self.authority} · {self.number}"
