"""The pages that staff keep: sections, pages, news, questions; and their public history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from embassy.content import markdown, tree
from embassy.content.models import Revision
from embassy.content.status import Kind
from embassy.content.tree import Shown
from embassy.website.content import Content, public_page


@public_page
def node(request: HttpRequest, content: Content, path: str) -> HttpResponse:
    shown = find(content, path)
    return render(request, f"website/node_{shown.page.kind}.html", context(content, shown))


def find(content: Content, path: str) -> Shown:
    """Return the page as the reader sees it; 404 when it has nothing to show."""
    shown = content.tree.shown(path, language(), content.at)
    if shown is None:
        raise Http404(path)
    return shown


def language() -> str:
    return (get_language() or "en").split("-")[0]


def context(content: Content, shown: Shown) -> dict[str, object]:
    """Return what the template of every kind of page needs."""
    page, text, at = shown.page, shown.text, content.at
    children = content.tree.children(page.path, shown.language, at)
    return {
        "shown": shown,
        "body": markdown.in_language(tree.body(text), text.language, shown.language),
        "above": content.tree.above(page.path, shown.language, at),
        "children": [each for each in children if each.page.kind != Kind.NEWS],
        "news": content.tree.below(page.path, shown.language, at, kind=Kind.NEWS),
        "written_in": page.languages(at),
    }


@public_page
def history(request: HttpRequest, content: Content, path: str) -> HttpResponse:
    """List every text that was shown, with the reason for each change."""
    shown = find(content, path)
    published = Revision.objects.published(content.at).filter(node__path=path)
    rows = published.values("language", "title", "reason", "live_from", "live_to", "state")
    return render(request, "website/node_history.html", {"shown": shown, "rows": list(rows)})
