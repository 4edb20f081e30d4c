"""What the files of cases are for, as `consular.documents.uses` asks."""

from django.urls import reverse

from consular.cases.models import Attachment
from consular.documents.models import Document
from consular.documents.uses import Use


def use_of(document: Document) -> Use | None:
    """Return the mission of the case, and its page in the portal."""
    attachment = Attachment.objects.select_related("case__mission").filter(document=document).first()
    if attachment is None:
        return None
    case = attachment.case
    return Use(case.mission.code, reverse("portal:case_detail", args=[case.reference]))
