"""Applying for a visa: start, task list, one page a subject, documents, check, declaration, receipt."""

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from consular.documents.models import Document
from consular.lib.ended import RightEndedError
from consular.questionnaires import leftovers
from consular.questionnaires.actions import SheetIsFrozenError, SheetMovedError
from consular.questionnaires.filling import Entry
from consular.questionnaires.forms import PageForm
from consular.questionnaires.models import AnswerSheet
from consular.questionnaires.replay import DRAFT, keeps_typing
from consular.questionnaires.schema import Page
from visas.applications import actions, consents, earlier, paper_checks, rules, tasklist
from visas.applications.changes import changes
from visas.applications.checklist import Item
from visas.applications.documents_pages import told
from visas.applications.draft import Draft
from visas.applications.forms import DocumentForm, PassportForm, StartForm
from visas.applications.models import Evidence, Scope, VisaApplication
from visas.applications.papers import receipt_pdf
from visas.applications.review import cards
from visas.applications.same_as_views import answered_as, offered
from visas.applications.sources import origins
from visas.applications.way import Way

View = Callable[..., HttpResponse]

form_page = require_http_methods(["GET", "HEAD", "POST"])


def own_draft(view: View) -> View:
    """Give the view the reader's own draft; 404 to strangers, the receipt page to whoever submitted it already.

    Whoever discarded it meanwhile, in another tab or by pressing twice, is led home.
    """

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, application_id: uuid.UUID, **arguments: Any) -> HttpResponse:
        application = get_own(request, application_id)
        if application.is_submitted:
            return redirect("applications:submitted", application.pk)
        try:
            return _look(view, request, application, **arguments)
        except (SheetIsFrozenError, actions.AlreadySubmittedError):
            return redirect("applications:submitted", application.pk)
        except (VisaApplication.DoesNotExist, AnswerSheet.DoesNotExist):
            return redirect("portal:home")

    return wrapped


def _look(view: View, request: HttpRequest, application: VisaApplication, **arguments: Any) -> HttpResponse:
    """Give the view the draft in the newest wording; once more if another is published in that very moment."""
    draft = Draft.of(actions.keep_up(application, by=request.user))
    try:
        return view(request, draft, **arguments)
    except SheetMovedError:
        again = VisaApplication.objects.with_sheet().get(pk=application.pk)
        again.mandate = application.mandate
        return view(request, Draft.of(actions.keep_up(again, by=request.user)), **arguments)


def get_own(request: HttpRequest, application_id: uuid.UUID, *scopes: Scope) -> VisaApplication:
    """Return what the reader may open: their own, or under a mandate (of one of `scopes`), which it then knows."""
    every = VisaApplication.objects
    known = every.to_write() if request.method == "POST" else every.with_sheet()
    application = known.open_to(request.user, *scopes).filter(pk=application_id).first()
    if application is None:
        raise no_door(request, application_id)
    if application.acting(request.user):
        application.mandate = rules.mandate_of(request.user, application)
    return application


def no_door(request: HttpRequest, application_id: uuid.UUID) -> Http404:
    """Return what to raise: that a mandate has ended to who held one, else that there is no such page."""
    application = VisaApplication.objects.filter(pk=application_id).first()
    has_lost = application is not None and rules.has_lost(request.user, application)
    return RightEndedError() if has_lost else Http404()


def page_of(request: HttpRequest, name: str, draft: Draft, **context: Any) -> HttpResponse:
    """Render a page about a draft."""
    template = f"visas/applications/{name}.html"
    return render(request, template, {"draft": draft, "application": draft.application, **context})


# Beginning


@keeps_typing
@form_page
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft: one form makes one, however often it is sent."""
    wished = {"category": request.GET.get("category")}
    form = StartForm(request.POST or None, user=request.user, initial=wished)
    if request.method == "POST" and form.is_valid():
        application = actions.start(by=request.user, **form.answers())
        known = earlier.offers(application, request.user)
        return redirect("applications:earlier" if known else "applications:passport_first", application.pk)
    return render(request, "visas/applications/start.html", {"form": form})


@require_GET
@own_draft
def tasks(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what is done and what is left."""
    offers = [] if draft.filling.entries else earlier.offers(draft.application, request.user)
    parts = {"chapters": tasklist.chapters(draft), "changes": changes(draft), "offers": offers}
    return page_of(request, "tasks", draft, **parts)


# Answering


@keeps_typing
@form_page
@own_draft
def page(request: HttpRequest, draft: Draft, page_id: str) -> HttpResponse:
    """Ask the questions of one page. Every POST saves what it got, right or wrong, and leads on by what is saved."""
    document = draft.filling.document
    asked = document.pages.get(page_id)
    if asked is None:
        return page_that_is_gone(request, draft, page_id)
    if asked == document.closing:
        raise Http404
    if request.method == "POST":
        way = Way.of(request, take(request, draft, asked), asked)
        if DRAFT in request.GET:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return answered_as(request, draft, asked) or redirect(way.on())
    if not draft.filling.is_asked(asked):
        return redirect("applications:tasks", draft.application.pk)
    way = Way.of(request, draft, asked)
    form = PageForm(asked, draft.filling, more=request.GET.get("more", ""))
    return page_of(
        request, "page", draft, page=asked, form=form, way=way, origins=origins(draft.filling, asked),
        alike=offered(request, draft, asked),
    )  # fmt: skip


def take(request: HttpRequest, draft: Draft, asked: Page) -> Draft:
    """Save what was posted to a page and return the draft after it."""
    entries = PageForm(asked, draft.filling, request.POST).entries()
    given = entries | of_older_pages(request, draft)
    fill_in(request, draft, given)
    return draft.after(draft.filling.with_entries(entries))


def fill_in(request: HttpRequest, draft: Draft, given: dict[str, Entry]) -> None:
    application = draft.application
    actions.fill_in(application, application.sheet, given, known=draft.filling, by=request.user)


def of_older_pages(request: HttpRequest, draft: Draft) -> dict[str, Entry]:
    """Return what was posted to questions that were asked when the page was opened, and are gone since: it is kept aside."""
    document = draft.filling.document
    if not leftovers.unknown(document, request.POST):
        return {}
    return leftovers.left_behind(draft.application.sheet.revision.earlier(), document, request.POST)


def page_that_is_gone(request: HttpRequest, draft: Draft, page_id: str) -> HttpResponse:
    """Take in what was typed on a page that a newer revision does not have, and lead to the tasks."""
    earlier = draft.application.sheet.revision.earlier().values()
    known = next((document.pages[page_id] for document in earlier if page_id in document.pages), None)
    if known is None or any(known == document.closing for document in earlier):
        raise Http404
    if request.method == "POST":
        take(request, draft, Page(page_id, known.title, ()))
    return redirect("applications:tasks", draft.application.pk)


# Documents


@form_page
@own_draft
def documents(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take files, one kind a form, at once; show the state of each."""
    forms = {item.wanted.code: DocumentForm(item) for item in draft.checklist.items}
    posted = None
    if request.method == "POST":
        item = draft.checklist.item(request.POST.get("purpose", ""))
        if item is None:
            raise Http404
        posted = forms[item.wanted.code] = hand_in(request, draft, item)
        if not posted.errors:
            return redirect(f"{request.path}#{item.wanted.code}")
    prefetch_related_objects(draft.evidence, "document__pages")
    advice = paper_checks.of_draft(draft)
    rows = [
        (item, told(item) + advice.get(item.wanted.code, []), forms[item.wanted.code])
        for item in draft.checklist.items
    ]
    return page_of(request, "documents", draft, form=posted, rows=rows)


def hand_in(request: HttpRequest, draft: Draft, item: Item) -> DocumentForm:
    """Store and attach what was posted for `item`; the form has errors for what could not be taken."""
    form, application = DocumentForm(item, request.POST, request.FILES), draft.application
    if not form.is_valid():
        return form
    try:
        with transaction.atomic():
            stored = form.store(owner=application.applicant, by=request.user)
            actions.attach(application, stored, item=item, by=request.user)
    except ValidationError as error:
        form.add_error("file", error)
    return form


@form_page
@own_draft
def document_remove(request: HttpRequest, draft: Draft, document_id: uuid.UUID) -> HttpResponse:
    """Take a file back; pressed twice, the file is as removed as after once."""
    if request.method == "POST":
        evidence = Evidence.objects.filter(application=draft.application, document_id=document_id).first()
        if evidence:
            actions.detach(evidence, by=request.user)
        elif not was_taken_back(draft, document_id):
            raise Http404
        messages.success(request, gettext("The file was removed."))
    return redirect("applications:documents", draft.application.pk)


def was_taken_back(draft: Draft, document_id: uuid.UUID) -> bool:
    """Tell whether this is a file that the applicant had, and has no more: a page that still shows it is an older one."""
    return Document.objects.of(draft.application.applicant_id).removed().filter(pk=document_id).exists()


@keeps_typing
@form_page
@own_draft
def passport(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what the passport says beside the answers, and ask which is right."""
    pairs = draft.passport_pairs
    form = PassportForm(pairs, request.POST if request.method == "POST" else None)
    if form.is_valid():
        fill_in(request, draft, form.entries())
    if not pairs or form.is_valid():
        return redirect("applications:tasks", draft.application.pk)
    return page_of(request, "passport", draft, form=form)


# Submitting


@require_GET
@own_draft
def check(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show every answer with a link to change it, and what is still missing."""
    return page_of(request, "check", draft, cards=cards(draft))


@keeps_typing
@form_page
@own_draft
def declaration(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask for the declaration, and submit; for the applicant only who holds a mandate for that."""
    closing = draft.filling.document.closing
    if not draft.application.reader_may_act:
        raise Http404
    if request.method == "POST":
        take(request, draft, closing)
        return submit(request, draft.application)
    if not draft.is_ready:
        return redirect("applications:check", draft.application.pk)
    return page_of(
        request, "declaration", draft, page=closing, form=PageForm(closing, draft.filling),
        signed=consents.signed(request.user, draft.application, language()),
    )  # fmt: skip


def submit(request: HttpRequest, application: VisaApplication) -> HttpResponse:
    """Submit, or lead to what stands in the way."""
    try:
        actions.submit(application, by=request.user, language=language())
    except actions.NotReadyError as error:
        return redirect(f"applications:{'declaration' if error.draft.is_ready else 'check'}", application.pk)
    return redirect("applications:submitted", application.pk)


def language() -> str:
    """Return the code of the page's language, such as fa."""
    return (get_language() or "en").split("-")[0]


@require_GET
def submitted(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Show the reference and what happens next."""
    application = get_own(request, application_id)
    if not application.is_submitted:
        return redirect("applications:tasks", application.pk)
    context = {"application": application, "case": application.case, "fee": Draft.of(application).fee}
    return render(request, "visas/applications/submitted.html", context)


@require_GET
def receipt(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Give the receipt as a PDF in the language of the page."""
    application = get_own(request, application_id)
    if application.case is None:
        raise Http404
    named = {"Content-Disposition": f'attachment; filename="receipt-{application.case.reference}.pdf"'}
    pdf = receipt_pdf(application, language=language())
    return HttpResponse(pdf, content_type="application/pdf", headers=named)


@form_page
@own_draft
def discard(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask the applicant whether to throw the draft away, and do it."""
    if draft.application.mandate:
        raise Http404
    if request.method == "POST":
        actions.discard(draft.application, by=request.user)
        messages.success(request, gettext("The draft was deleted."))
        return redirect("portal:home")
    return page_of(request, "discard", draft)
