"""Documents for tests, as the pipeline leaves them, without running it.

DocumentFactory() is in quarantine; CleanDocumentFactory(pages=2) has pages; RefusedDocumentFactory() has a reason.
For the pipeline itself: `upload(content, name)` and `photograph(…)`.
"""

import hashlib
import io
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from consular.documents.models import Document, Page
from consular.documents.status import Kind, Refusal, State
from tests.factories.accounts import UserFactory


def photograph(size: tuple[int, int] = (60, 80), colour: Any = (180, 160, 150), **options: Any) -> bytes:
    """Return a JPEG; options are those of Pillow's save."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", **options)
    return out.getvalue()


def upload(content: bytes, name: str = "page.jpg") -> SimpleUploadedFile:
    """Return a file as a form hands it over."""
    return SimpleUploadedFile(name, content)


class DocumentFactory(DjangoModelFactory):
    """A supporting document in quarantine, its original stored."""

    class Meta:
        model = Document
        skip_postgeneration_save = True

    class Params:
        content = factory.LazyFunction(photograph)

    owner = factory.SubFactory(UserFactory)
    kind = Kind.SUPPORTING
    filename = factory.Sequence(lambda n: f"page{n}.jpg")
    size = factory.LazyAttribute(lambda made: len(made.content))
    sha256 = factory.LazyAttribute(lambda made: hashlib.sha256(made.content).hexdigest())
    original = factory.LazyAttribute(lambda made: ContentFile(made.content, "original"))


class CleanDocumentFactory(DocumentFactory):
    """A document that people may look at; `pages` is how many it has."""

    class Params:
        pages = 1

    state = State.CLEAN
    content_type = "image/jpeg"
    page_count = factory.SelfAttribute("pages")
    pipeline_version = 1
    processed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def drawn(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for number in range(1, self.page_count + 1):
            page = Page(document=self, number=number, width=60, height=80)
            page.image.save("", ContentFile(photograph()), save=False)
            page.thumbnail.save("", ContentFile(photograph((15, 20))), save=False)
            page.save()


class RefusedDocumentFactory(DocumentFactory):
    """A document that cannot be used."""

    state = State.REFUSED
    refusal = Refusal.DAMAGED
    pipeline_version = 1
    processed_at = factory.LazyFunction(timezone.now)
