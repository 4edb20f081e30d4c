"""Which photo is asked of a document: the embassy's rules, by the mission that it is for."""

from pathlib import Path

from django.conf import settings

from consular.documents.models import Document
from consular.documents.photo import specifications
from consular.documents.photo.specifications import Rules, Specification
from consular.documents.uses import use_of

SPECIFICATION = "specification"  # where `Document.fields` keeps what a photo was measured against


def rules() -> Rules:
    """Return the embassy's own rules, or the shipped ones where it has none."""
    own = Path(settings.DOCUMENT_PHOTO_RULES)
    return specifications.read(own if own.exists() else specifications.SHIPPED)


def asked_of(document: Document) -> Specification:
    """Return what the mission asks for that a document is for."""
    use = use_of(document)
    return rules().of_mission(use.mission if use else None)


def measured_against(document: Document) -> Specification:
    """Return what a photo was measured against when it was checked."""
    return rules().named(document.fields.get(SPECIFICATION))
