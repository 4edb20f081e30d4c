"""A page's text as a file for translators, and back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from embassy.content import actions, po, rules
from embassy.content.actions import RefusedError
from embassy.content.forms import ImportForm
from embassy.content.models import Node, Revision
from embassy.content.status import SOURCE
from embassy.content.views.fetching import draw, language_of, page_for


def export(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Send the page as a PO file, what is translated already filled in."""
    node = translated(request, pk, language)
    source = rules.source_of(node)
    if source is None:
        raise Http404
    texts = Revision.objects.filter(node=node, language=language).select_related("translates")
    current = texts.open().first() or texts.live().first()
    name = f"{node.path.replace('/', '_')}.{language}.po"
    return HttpResponse(
        po.write(source, language, current),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def bring_in(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    node = translated(request, pk, language)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        try:
            draft = actions.bring_in(
                node, language, form.cleaned_data["file"].read(po.LONGEST + 1), by=request.user
            )
        except po.UnusableError as unusable:
            form.add_error("file", str(unusable.reason))
        except RefusedError as refused:
            form.add_error("file", refused.reason)
        else:
            messages.success(request, _("The translation is a draft now. Read it through and hand it in."))
            return redirect("admin:content:text", draft.pk)
    return draw(
        request,
        "content/bring_in.html",
        title=_("Import a translation"),
        node=node,
        form=form,
        language=language_of(language),
    )


def translated(request: HttpRequest, pk: int, language: str) -> Node:
    """Return the page; 404 for English, for other languages than the site's, and to who does not write in it."""
    node = page_for(request.user, pk)
    language_of(language)
    if language == SOURCE or not rules.may_write(request.user, language):
        raise Http404
    return node
