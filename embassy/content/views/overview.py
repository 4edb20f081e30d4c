"""A page in all languages, and the table of all pages."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from embassy.content import actions, coverage, rules
from embassy.content.actions import RefusedError
from embassy.content.forms import ReviewedForm, TakeDownForm
from embassy.content.models import Node, Revision
from embassy.content.views.fetching import draw, language_of, page_for

PAGES_IN_A_TABLE = 200


def table(request: HttpRequest) -> HttpResponse:
    """Show which page there is in which language."""
    if not rules.may_look(request.user):
        raise Http404
    pages = Paginator(Node.objects.all(), PAGES_IN_A_TABLE).get_page(request.GET.get("page"))
    rows = coverage.of(pages)
    return draw(
        request,
        "content/coverage.html",
        title=_("Pages in all languages"),
        rows=rows,
        page=pages,
        languages_of_site=[language_of(code) for code, _name in settings.LANGUAGES],
    )


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a page says in each language, what is in work, and every earlier text."""
    node = page_for(request.user, pk)
    row = coverage.of([node])[0]
    texts = Revision.objects.filter(node=node).select_related("author", "approver")
    return draw(
        request,
        "content/page.html",
        title=row.title,
        node=node,
        row=row,
        writes={code: rules.may_write(request.user, code) for code, _name in settings.LANGUAGES},
        approves=rules.may_approve(request.user),
        texts=texts.defer("body", "html", "search_text")[:200],
    )


def take_down(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    node, info = page_for(request.user, pk), language_of(language)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.take_down(node, language, by=request.user, reason=form.cleaned_data["reason"])
        except RefusedError as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Readers no longer see it."))
        return redirect("admin:content:page", node.pk)
    return draw(request, "content/take_down.html", title=_("Take down"), node=node, form=form, language=info)


def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    node = page_for(request.user, pk)
    form = ReviewedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reviewed(node, by=request.user, review_by=form.cleaned_data["review_by"])
        except RefusedError as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Noted: the page was reviewed today."))
        return redirect("admin:content:page", node.pk)
    return draw(request, "content/reviewed.html", title=_("Reviewed"), node=node, form=form)
