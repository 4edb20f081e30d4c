from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from consular.portal.drafts import Draft
    from consular.portal.others import Other


class VisasConfig(AppConfig):
    """Plugs the visa service into casework and into the applicant's pages."""

    name = "visas"
    label = "visas"

    def ready(self) -> None:
        from consular.cases import deputies
        from consular.cases.kinds import register
        from consular.portal.drafts import register_drafts
        from consular.portal.others import register_others
        from visas.applications.deputies import VisaDeputies
        from visas.kind import VisaKind

        register(VisaKind())
        deputies.register(VisaKind.code, VisaDeputies())
        register_others(others)
        register_drafts(drafts)


def drafts(user: Any) -> "Iterator[Draft]":
    """Return the visa applications that a person has begun, as their home page shows them; a party is one."""
    from visas.applications.party_home import drafts_of

    yield from drafts_of(user)


def others(user: Any) -> "Iterator[Other]":
    """Return the visa applications of others for whom a person acts; one query where there is none."""
    from django.urls import reverse

    from consular.portal.others import Other
    from visas.applications.deputies import open_under_mandates
    from visas.policy.book import current

    held = open_under_mandates(user)
    if not held:
        return
    book = current()
    for application, mandate in held:
        label, case = str(book.category(application.category).name), application.case
        url = (
            reverse("portal:case_detail", args=[case.reference])
            if case
            else reverse("applications:tasks", args=[application.pk])
        )
        yield Other(label, url, mandate.right, case)
