"""Where the status of each visa is kept, and the log of their seals.

A visa is known here by its number alone. What is published has no number: a place in a list is random, and a leaf
of the log hides its seal behind a salt, which is kept apart so that it can be erased.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visas.registry.status import LENGTH, MARKS, VALID

NUMBER_LENGTH = 9  # of a visa
DIGEST = 32  # bytes


class StatusList(models.Model):
    """One published list. `revision` counts its changes: what was made of an earlier one is never served again."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    taken = models.PositiveIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class Place(models.Model):
    """The place of a visa in a list, for ever, and what stands there."""

    visa = models.CharField(_("visa number"), max_length=NUMBER_LENGTH, unique=True)
    list = models.ForeignKey(StatusList, models.PROTECT, related_name="places")
    index = models.PositiveIntegerField()
    mark = models.PositiveSmallIntegerField(default=VALID)

    class Meta:
        verbose_name = _("place in a status list")
        verbose_name_plural = _("places in status lists")
        constraints = [
            models.UniqueConstraint(fields=["list", "index"], name="place_in_a_list_is_taken_once"),
            models.CheckConstraint(condition=Q(index__lt=LENGTH), name="place_is_within_its_list"),
            models.CheckConstraint(condition=Q(mark__in=list(MARKS)), name="place_has_a_known_mark"),
        ]
        indexes = [
            models.Index(fields=["list", "index"], condition=~Q(mark=VALID), name="places_that_are_marked")
        ]

    def __str__(self) -> str:
        return f"{self.list_id}/{self.index}"


class Leaf(models.Model):
    """One seal in the log. The table only grows, by one at a time: a trigger says so (migration 0002)."""

    index = models.PositiveBigIntegerField(primary_key=True)
    v = models.PositiveSmallIntegerField()
    kid = models.CharField(max_length=40)
    time = models.CharField(max_length=20)
    commitment = models.BinaryField(max_length=DIGEST)

    class Meta:
        verbose_name = _("leaf of the log")
        verbose_name_plural = _("leaves of the log")
        ordering = ["index"]

    def __str__(self) -> str:
        return str(self.index)


class Node(models.Model):
    """The hash of a complete subtree; level 0 are the leaves. It only grows, like the leaves."""

    level = models.PositiveSmallIntegerField()
    place = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=DIGEST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="node_has_its_own_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class Salt(models.Model):
    """What connects a visa with its leaf. Without it nobody can, ever: deleting it is erasure."""

    leaf = models.OneToOneField(Leaf, models.PROTECT, primary_key=True)
    visa = models.CharField(max_length=NUMBER_LENGTH, db_index=True)
    salt = models.BinaryField(max_length=DIGEST)

    def __str__(self) -> str:
        return str(self.leaf_id)


class Head(models.Model):
    """A signed tree head. It only grows: a second one of the same size would be a fork."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=DIGEST)
    signed = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signed head of the log")
        verbose_name_plural = _("signed heads of the log")
        ordering = ["-size"]

    def __str__(self) -> str:
        return str(self.size)
