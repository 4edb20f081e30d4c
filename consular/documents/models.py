"""Files that people hand in: the original in quarantine, and the safe pictures that were made from it."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.documents import status
from consular.documents.resumable.models import Upload
from consular.documents.status import IN_QUARANTINE, SETTLED, Finding, Kind, State

__all__ = ["Document", "DocumentQuerySet", "Likeness", "Page", "Text", "Upload"]


class DocumentQuerySet(models.QuerySet["Document"]):
    def kept(self) -> "DocumentQuerySet":
        """Return the documents that were not removed."""
        return self.filter(removed_at=None)

    def removed(self) -> "DocumentQuerySet":
        """Return the documents of which only the row is left."""
        return self.exclude(removed_at=None)

    def of(self, owner: Any) -> "DocumentQuerySet":
        return self.filter(owner=owner)

    def in_quarantine(self) -> "DocumentQuerySet":
        """Return what still has to be processed."""
        return self.kept().filter(state__in=IN_QUARANTINE)

    def clean(self) -> "DocumentQuerySet":
        return self.kept().filter(state=State.CLEAN)

    def same_file(self, sha256: str) -> "DocumentQuerySet":
        """Return the kept documents with this content, the oldest first."""
        return self.kept().filter(sha256=sha256).order_by("uploaded_at")


def name_of_original(document: "Document", filename: str) -> str:
    """Return where an original is stored; the name that its owner gave it is never part of a path."""
    return f"documents/{document.pk}/original"


class Document(models.Model):
    """One uploaded file, immutable once stored.

    `content_type` is what the content is, not what the browser said. `figures` holds the numbers of a
    refusal (pages, pixels, limits), `findings` a list of {"code": Finding, numbers …}. `fields` is what
    was read: of a passport surname, given_names, number, nationality, birth_on, sex, expires_on,
    issuing_state (dates in ISO form) and lines; of a photo its measurements.

    `dropped_pages` counts the pages that its owner left out. From `fixed_at` on, when it was submitted, the
    database lets nobody turn, move, drop or restore its pages.
    """

    Kind = status.Kind
    State = status.State
    Refusal = status.Refusal

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    original = models.FileField(upload_to=name_of_original, max_length=200, blank=True)
    filename = models.CharField(_("name of the file"), max_length=100, blank=True)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=20, blank=True)
    page_count = models.PositiveSmallIntegerField(_("pages"), default=0)
    refusal = models.CharField(_("reason"), max_length=20, choices=Refusal, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    findings = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    scanner = models.CharField(
        max_length=100, blank=True, editable=False
    )  # What looked for malware; '' where none was set up
    pipeline_version = models.PositiveSmallIntegerField(default=0)
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="later_copies",
        help_text=_("The earlier upload of the same file by the same person."),
    )  # fmt: skip
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    processed_at = models.DateTimeField(_("processed"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    dropped_pages = models.PositiveSmallIntegerField(default=0, editable=False)
    fixed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["owner", "sha256"], name="documents_with_one_content"),
            models.Index(fields=["sha256"], name="documents_by_content"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="document_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="document_has_a_known_state"
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="document_digest_is_a_sha256"
            ),
            models.CheckConstraint(
                condition=(models.Q(state=State.REFUSED) & ~models.Q(refusal=""))
                | (~models.Q(state=State.REFUSED) & models.Q(refusal="")),
                name="refused_document_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.CLEAN, page_count__gte=1)
                | (~models.Q(state=State.CLEAN) & models.Q(page_count=0)),
                name="clean_document_has_pages",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.CLEAN) | ~models.Q(content_type=""),
                name="clean_document_knows_its_type",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SETTLED, processed_at__isnull=False, pipeline_version__gte=1)
                | models.Q(state__in=IN_QUARANTINE, processed_at__isnull=True),
                name="settled_document_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(original="") | models.Q(removed_at__isnull=False),
                name="kept_document_has_its_original",
            ),
            models.CheckConstraint(
                condition=models.Q(dropped_pages__lte=models.F("page_count")),
                name="document_drops_no_more_pages_than_it_has",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def is_clean(self) -> bool:
        """Tell whether people may look at its pages."""
        return self.state == State.CLEAN

    @property
    def is_in_quarantine(self) -> bool:
        """Tell whether it still waits for the pipeline."""
        return self.state in IN_QUARANTINE

    @property
    def is_refused(self) -> bool:
        return self.state == State.REFUSED

    @property
    def is_left_out(self) -> bool:
        """Tell whether its owner dropped every page of it."""
        return self.is_clean and self.dropped_pages == self.page_count

    @property
    def kept_pages(self) -> "list[Page]":
        """Its pages in order, without those that its owner left out; empty before it is clean."""
        return [page for page in self.pages.all() if not page.is_dropped] if self.is_clean else []

    def found(self, code: Finding) -> bool:
        """Tell whether the pipeline made this finding."""
        return any(each["code"] == code for each in self.findings)


def name_of_page(page: "Page", filename: str) -> str:
    """Return where a page is stored: always the same name, so that doing it again replaces it."""
    return f"documents/{page.document_id}/pages/{page.number}.jpg"


def name_of_thumbnail(page: "Page", filename: str) -> str:
    return f"documents/{page.document_id}/pages/{page.number}-small.jpg"


class Page(models.Model):
    """One page as we drew it again from its pixels: what people look at.

    `turned` is by how many quarters, clockwise, its owner turned it; its width and height, in pixels, are those
    after the turn. `number` stays what it was; the order is that of `place`, 0 until its owner moves a page.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    image = models.FileField(upload_to=name_of_page, max_length=200)
    thumbnail = models.FileField(upload_to=name_of_thumbnail, max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    turned = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "place", "number"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_has_each_page_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="document_pages_count_from_one"),
            models.CheckConstraint(
                condition=models.Q(width__gte=1, height__gte=1), name="document_page_has_a_size"
            ),
            models.CheckConstraint(
                condition=models.Q(turned__lte=3), name="document_page_is_turned_by_quarters"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None


class Text(models.Model):
    """The text of a PDF, encrypted with the document's own key: for comparing with the answers, and for nobody to read.

    Destroying the key erases it with the files (`consular.documents.texts`).
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="text")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.document_id)


class Likeness(models.Model):
    """By what a page finds other copies of its picture: `bands` are looked for, `bits` decide."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="likeness")
    bits = models.BinaryField()
    bands = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], fastupdate=False, name="pages_that_may_be_copies")]

    def __str__(self) -> str:
        return str(self.page_id)
