"""A file that arrives in slices, until it is whole and becomes a document."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from consular.documents.resumable.limits import KEPT_FOR
from consular.documents.status import Kind


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, owner: Any) -> "UploadQuerySet":
        return self.filter(owner=owner)

    def unfinished(self) -> "UploadQuerySet":
        """Return what has not become a document and still may."""
        return self.filter(document=None, begun_at__gt=timezone.now() - KEPT_FOR)

    def expired(self) -> "UploadQuerySet":
        """Return what is older than an upload may be, whether it became a document or not."""
        return self.filter(begun_at__lte=timezone.now() - KEPT_FOR)


class Upload(models.Model):
    """One file on its way: `received` of its `size` bytes have arrived.

    `sha256` is what the sender says that the whole file has, '' when they do not say. Once it is stored,
    `document` is what it became: asked for again, it is the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    filename = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    document = models.OneToOneField(
        "documents.Document", models.SET_NULL, null=True, blank=True, related_name="upload"
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="upload_has_a_known_kind"),
            models.CheckConstraint(
                condition=models.Q(size__gt=0, received__lte=models.F("size")),
                name="upload_receives_no_more_than_its_size",
            ),
            models.CheckConstraint(
                condition=models.Q(document=None) | models.Q(received=models.F("size")),
                name="stored_upload_has_arrived_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(sha256="") | models.Q(sha256__regex="^[0-9a-f]{64}$"),
                name="upload_digest_is_a_sha256",
            ),
        ]
        indexes = [models.Index(fields=["begun_at"], name="uploads_by_age")]

    def __str__(self) -> str:
        return f"{self.received} of {self.size} bytes"

    @property
    def is_whole(self) -> bool:
        return self.received == self.size

    @property
    def expires_at(self) -> Any:
        return self.begun_at + KEPT_FOR
