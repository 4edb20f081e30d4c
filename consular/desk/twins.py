"""The same file or picture in other cases, in words: which case to who may see it, to others that there is one."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from consular.cases.models import Attachment, Case
from consular.documents.alike import twins_of
from consular.documents.models import Document
from consular.ui.templatetags.ui import digits

MOST_NAMED = 5  # cases; who hands in a picture more often is found by these


def told(documents: Collection[Document], case: Case, user: Any) -> dict[Document, list[SafeString]]:
    """Return a sentence for each other case in which a document, or the picture of one of its pages, stands too."""
    found = twins_of(documents)
    twins = [twin.document for each in found.values() for twin in each]
    cases = _cases_of(twins, case) if twins else {}
    visible = _visible(cases.values(), user) if cases else set()
    sentences: dict[Document, list[SafeString]] = {}
    for document, alike in found.items():
        others = {cases[twin.document.pk]: twin.page for twin in reversed(alike) if twin.document.pk in cases}
        named = [_named(other, page, case) for other, page in others.items() if other.pk in visible]
        unnamed = [_unnamed(page) for other, page in others.items() if other.pk not in visible]
        sentences[document] = [*named[:MOST_NAMED], *unnamed[:1]]
    return sentences


def _cases_of(documents: Collection[Document], case: Case) -> dict[Any, Case]:
    """Return the other case of each document that was handed in with one."""
    attached = Attachment.objects.filter(document__in=documents).exclude(case=case).select_related("case")
    return {attachment.document_id: attachment.case for attachment in attached}


def _visible(cases: Collection[Case], user: Any) -> set[int]:
    seen = Case.objects.visible_to(user).filter(pk__in={case.pk for case in cases})
    return set(seen.values_list("pk", flat=True))


def _named(other: Case, page: int, case: Case) -> SafeString:
    address = reverse("admin:desk:case_detail", args=[other.reference])
    link = format_html('<a href="{}">{}</a>', address, other.spaced_reference)
    is_same = other.applicant_id == case.applicant_id
    return format_html(
        _of_page(is_same=is_same) if page else _of_file(is_same=is_same), case=link, page=digits(page)
    )


def _of_file(*, is_same: bool) -> str:
    if is_same:
        return gettext("The same file was handed in with case {case}, of the same applicant.")
    return gettext("The same file was handed in with case {case}, of another applicant.")


def _of_page(*, is_same: bool) -> str:
    if is_same:
        return gettext(
            "The picture of page {page} was handed in with case {case} too, of the same applicant."
        )
    return gettext("The picture of page {page} was handed in with case {case} too, of another applicant.")


def _unnamed(page: int) -> SafeString:
    if page:
        sentence = gettext("The picture of page {page} was handed in with another case too.")
        return format_html(sentence, page=digits(page))
    return format_html("{}", gettext("The same file was handed in with another case."))
