"""What the files of applications are for, as `consular.documents.uses` asks."""

from django.urls import reverse

from consular.documents.models import Document
from consular.documents.uses import Use
from visas.applications.models import Evidence


def use_of(document: Document) -> Use | None:
    """Return the mission that an application goes to, and the page of its documents."""
    evidence = Evidence.objects.select_related("application__mission").filter(document=document).first()
    if evidence is None:
        return None
    application = evidence.application
    address = f"{reverse('applications:documents', args=[application.pk])}#{evidence.purpose}"
    return Use(application.mission.code, address)
