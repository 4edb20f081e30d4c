"""What changed in the questionnaire since a draft was begun, for its task list."""

from dataclasses import dataclass

from django.urls import reverse

from consular.questionnaires.schema import Page
from visas.applications.draft import Draft


@dataclass(frozen=True)
class Changed:
    """A question to look at again: what it asks, why, and where."""

    label: str
    why: str
    href: str


def changes(draft: Draft) -> list[Changed]:
    """Return the asked questions that changed since they were answered, in order; the declaration comes at the end anyway."""
    filling = draft.filling
    if not filling.again:
        return []
    return [
        Changed(
            str(question.label), str(filling.again[question.id]), _address(draft, page, question.field_name)
        )
        for page in filling.pages()
        for question in filling.asked_on(page)
        if question.id in filling.again
    ]


def _address(draft: Draft, page: Page, field: str) -> str:
    return f"{reverse('applications:page', args=[draft.application.pk, page.id])}#id_{field}"
