"""The bench's own scenes: a case with a clean document, and one with a document in quarantine."""

import pytest
from django.urls import reverse

from tests.consular.cases.conftest import asked, fresh, held, kind, received, recommended
from tests.factories.cases import AttachmentFactory
from tests.factories.documents import CleanDocumentFactory, DocumentFactory

__all__ = ["asked", "fresh", "held", "kind", "received", "recommended"]


@pytest.fixture
def paper(received, applicant):
    """Return a clean document of two pages on the case."""
    document = CleanDocumentFactory(owner=applicant, filename="پاسپورت.jpg", pages=2)
    AttachmentFactory(case=received, document=document, label="")
    return document


@pytest.fixture
def quarantined(received, applicant):
    document = DocumentFactory(owner=applicant, filename="later.pdf")
    AttachmentFactory(case=received, document=document, purpose="itinerary", label="Itinerary")
    return document


def url(name, case, *args):
    """Return the address of a page of the bench about a case."""
    return reverse(f"admin:desk:{name}", args=[case.reference, *args])


def taken(response):
    """Return the bytes of a file that was served. Read to its end, the test client closes it."""
    assert response.status_code == 200
    return b"".join(response.streaming_content)
