"""The keys of files. A key is kept locked; destroying it is erasing what it locked, wherever copies of that are."""

import uuid

from django.db import models
from django.utils import timezone


def gone_or_there(name: str) -> models.CheckConstraint:
    """Return the constraint that a key is there, or is gone and the row says since when."""
    return models.CheckConstraint(
        condition=models.Q(locked_key="", destroyed_at__isnull=False)
        | (~models.Q(locked_key="") & models.Q(destroyed_at__isnull=True)),
        name=name,
    )


class Locked(models.Model):
    """What both kinds of keys share. The database refuses to give a destroyed key back, and to delete a row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    locked_key = models.CharField(max_length=200, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    destroyed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_destroyed(self) -> bool:
        return self.destroyed_at is not None


class Safe(Locked):
    """The key of one case; `name` is the case's (`cases.case:17`). It is locked with the portal's field key."""

    name = models.CharField(max_length=100, unique=True)

    class Meta:
        constraints = [gone_or_there("safe_has_its_key_until_it_is_destroyed")]

    def __str__(self) -> str:
        return self.name


class Key(Locked):
    """The key of the files of one document; `id` is the document's.

    It is locked with the key of the safe that it lies in, and without a safe with the portal's field key.
    """

    safe = models.ForeignKey(Safe, models.PROTECT, null=True, blank=True, related_name="keys")

    class Meta:
        constraints = [gone_or_there("file_has_its_key_until_it_is_destroyed")]

    def __str__(self) -> str:
        return str(self.pk)
