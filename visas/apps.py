from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from consular.portal.drafts import Draft


class VisasConfig(AppConfig):
    """Plugs the visa service into casework and into the applicant's pages."""

    name = "visas"
    label = "visas"

    def ready(self) -> None:
        from consular.cases.kinds import register
        from consular.portal.drafts import register_drafts
        from visas.kind import VisaKind

        register(VisaKind())
        register_drafts(drafts)


def drafts(user: Any) -> "Iterator[Draft]":
    """Return the visa applications that a person has begun, as their home page shows them."""
    from django.urls import reverse

    from consular.portal.drafts import Draft
    from visas.applications.models import VisaApplication
    from visas.policy.book import current

    begun = list(VisaApplication.objects.drafts_of(user))
    if not begun:
        return
    book = current()
    for application in begun:
        label = str(book.category(application.category).name)
        saved_at: datetime = application.saved_at  # type: ignore[attr-defined] # annotated by drafts_of
        yield Draft(label, reverse("applications:tasks", args=[application.pk]), saved_at)
