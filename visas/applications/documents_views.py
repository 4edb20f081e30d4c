"""The pages of one required document: put in order, turned, left out, put back, replaced.

Everything is a plain form; the answer leads back to the control that was used.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from consular.documents.actions.pages import PageGoneError
from consular.documents.models import Document
from consular.documents.views import serve_page
from visas.applications import actions, paper_checks
from visas.applications.checklist import Item
from visas.applications.documents_forms import ArrangeForm, ReplaceForm
from visas.applications.documents_pages import Arrangement, Leaf, told
from visas.applications.draft import Draft
from visas.applications.forms import DocumentForm
from visas.applications.models import Evidence
from visas.applications.views import form_page, hand_in, own_draft, page_of, was_taken_back


@form_page
@own_draft
def document(request: HttpRequest, draft: Draft, purpose: str) -> HttpResponse:
    """Show the pages in their order, and take more."""
    item = item_or_404(draft, purpose)
    form = hand_in(request, draft, item) if request.method == "POST" else DocumentForm(item)
    if form.is_bound and not form.errors:
        return redirect(f"{request.path}#add")
    return show(request, draft, item, upload=form)


@form_page
@own_draft
def document_arrange(request: HttpRequest, draft: Draft, purpose: str) -> HttpResponse:
    """Do to a page, or to a file, what a button says."""
    item = item_or_404(draft, purpose)
    if request.method != "POST":
        return redirect("applications:document", draft.application.pk, purpose)
    form = ArrangeForm(request.POST)
    if not form.is_valid():
        raise Http404
    evidence = evidence_of(draft, item, form.cleaned_data["file"])
    if evidence is None:
        return gone(request, draft, purpose)
    number = form.cleaned_data["number"]
    if number and evidence.document.is_clean and number > evidence.document.page_count:
        raise Http404
    try:
        form.carry_out(evidence, by=request.user)
    except PageGoneError:
        return gone(request, draft, purpose, evidence)
    return redirect(f"{at(draft, purpose)}#{focus(item, evidence, form.cleaned_data)}")


@form_page
@own_draft
def document_replace(
    request: HttpRequest, draft: Draft, purpose: str, document_id: uuid.UUID, number: int
) -> HttpResponse:
    """Take one file in place of a page."""
    item = item_or_404(draft, purpose)
    if request.method != "POST":
        return redirect("applications:document", draft.application.pk, purpose)
    evidence = evidence_of(draft, item, document_id)
    if evidence is None:
        return gone(request, draft, purpose)
    if number > max(evidence.document.page_count, 1) or number < 1:
        raise Http404
    form = ReplaceForm(item, f"{document_id}-{number}", request.POST, request.FILES)
    try:
        new = put_in_place(request, form, evidence, number)
    except PageGoneError:
        return gone(request, draft, purpose, evidence)
    if new is None:
        return show(request, draft, item, replacing=form)
    return redirect(f"{at(draft, purpose)}#file-{new.pk}")


def put_in_place(request: HttpRequest, form: ReplaceForm, evidence: Evidence, number: int) -> Document | None:
    """Store what was posted and hand it in for the page; None, with errors on the form, if it could not be taken."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            stored = form.store(owner=evidence.application.applicant, by=request.user)
            for each in stored:
                actions.replace_page(evidence, number, each, by=request.user)
    except ValidationError as error:
        form.add_error("file", error)
        return None
    return stored[0] if stored else None


@require_safe
@own_draft
def document_page(
    request: HttpRequest, draft: Draft, document_id: uuid.UUID, number: int, *, small: bool = False
) -> Any:
    """Show a page, also one that was left out, to whoever may fill in the application."""
    found = Document.objects.filter(evidence__application=draft.application, pk=document_id).first()
    if found is None:
        raise Http404
    return serve_page(found, number, small=small, dropped=True)


# What the views share


def item_or_404(draft: Draft, purpose: str) -> Item:
    item = draft.checklist.item(purpose)
    if item is None:
        raise Http404
    return item


def show(request: HttpRequest, draft: Draft, item: Item, **forms: Any) -> HttpResponse:
    """Render the page; `upload` and `replacing` are forms that were posted with errors."""
    models.prefetch_related_objects(item.evidence, "document__pages")
    arrangement = Arrangement(item)
    replacing = forms.get("replacing")
    bundles = [
        (bundle, [(leaf, replacement(item, leaf, replacing)) for leaf in bundle.leaves])
        for bundle in arrangement.bundles
    ]
    upload = forms.get("upload") or DocumentForm(item)
    wrong = next((form for form in (upload, replacing) if form and form.errors), None)
    context = {
        "item": item,
        "bundles": bundles,
        "has_pages": arrangement.has_pages,
        "told": told(item) + paper_checks.of_item(draft, item),
    }
    return page_of(request, "document", draft, upload=upload, form=wrong, **context)


def replacement(item: Item, leaf: Leaf, posted: ReplaceForm | None) -> ReplaceForm:
    return posted if posted and posted.prefix == leaf.key else ReplaceForm(item, leaf.key)


def evidence_of(draft: Draft, item: Item, document_id: uuid.UUID) -> Evidence | None:
    """Return the file among those of the item; None for one that was taken back, 404 for what never was one."""
    found = next((each for each in item.evidence if each.document_id == document_id), None)
    if found is None and not was_taken_back(draft, document_id):
        raise Http404
    return found


def gone(request: HttpRequest, draft: Draft, purpose: str, evidence: Evidence | None = None) -> HttpResponse:
    """Lead back, and say why nothing was done."""
    if evidence and evidence.document.is_in_quarantine:
        told = gettext("We are still checking this file. You can put its pages in order when that is done.")
    else:
        told = gettext("This page is no longer here. It was removed or replaced in another window.")
    messages.warning(request, told)
    return redirect(at(draft, purpose))


def at(draft: Draft, purpose: str) -> str:
    return reverse("applications:document", args=[draft.application.pk, purpose])


def focus(item: Item, evidence: Evidence, given: dict[str, Any]) -> str:
    """Return the id of the control that was used, or of its counterpart where it is not there any more."""
    alone = evidence.document.page_count == 1
    number, place, control = given["number"], given["place"], given["back"]
    places = len(item.evidence) if alone or number is None else evidence.document.page_count
    if control == "up" and place <= 1:
        control = "down"
    elif control == "down" and place >= places:
        control = "up"
    return f"{control}-{evidence.document_id}" + (f"-{number}" if number else "")
