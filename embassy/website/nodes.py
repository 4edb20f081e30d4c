"""The pages that staff keep: sections, pages, news, questions; their public history; and a preview for staff."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consular.ui.context_processors import in_language
from embassy.content import markdown, rules, tree
from embassy.content.models import Revision
from embassy.content.status import Kind
from embassy.content.tree import Page, Shown, Text
from embassy.website.content import Content, public_page

NEWS_ON_A_PAGE = 10
HISTORY_ON_A_PAGE = 50
RELATED = 5


def language() -> str:
    return (get_language() or "en").split("-")[0]


@public_page
def node(request: HttpRequest, content: Content, path: str) -> HttpResponse:
    shown = find(content, path)
    return draw(request, content, shown, text_of(shown))


def find(content: Content, path: str) -> Shown:
    """Return the page as the reader sees it; 404 when it has nothing to show."""
    shown = content.tree.shown(path, language(), content.at)
    if shown is None:
        raise Http404(path)
    return shown


def text_of(shown: Shown) -> SafeString:
    """Return the HTML of the page, with links to pages in the reader's language."""
    return markdown.in_language(tree.body(shown.text), shown.text.language, shown.language)


def draw(
    request: HttpRequest, content: Content, shown: Shown, body: SafeString, **context: Any
) -> HttpResponse:
    context |= {"shown": shown, "body": body, **around(request, content, shown)}
    return render(request, f"website/node_{shown.page.kind}.html", context)


def around(request: HttpRequest, content: Content, shown: Shown) -> dict[str, Any]:
    """Return what stands beside the text of a page."""
    page, at = shown.page, content.at
    children = content.tree.children(page.path, shown.language, at)
    return {
        "direction": "rtl" if get_language_info(shown.text.language)["bidi"] else "ltr",
        "above": content.tree.above(page.path, shown.language, at),
        "children": [each for each in children if each.page.kind != Kind.NEWS],
        "page_of_news": news_of(request, content, shown),
        "related": related(content, shown),
        "written_in": [code for code, _name in settings.LANGUAGES if page.live(code, at)],
    }


def news_of(request: HttpRequest, content: Content, shown: Shown) -> Any:
    """Return the news of a section, a page of them; None when it has none."""
    if shown.page.kind != Kind.SECTION:
        return None
    news = content.tree.below(shown.page.path, shown.language, content.at, kind=Kind.NEWS)
    return Paginator(news, NEWS_ON_A_PAGE).get_page(request.GET.get("page")) if news else None


def related(content: Content, shown: Shown) -> list[Shown]:
    """Return what a reader of news or of a question may want to read next."""
    page = shown.page
    if page.kind == Kind.NEWS:
        found = content.tree.below(page.parent, shown.language, content.at, kind=Kind.NEWS)
    elif page.kind == Kind.QUESTION:
        found = content.tree.children(page.parent, shown.language, content.at)
    else:
        return []
    return [each for each in found if each.page is not page and each.page.kind == page.kind][:RELATED]


@public_page
def history(request: HttpRequest, content: Content, path: str) -> HttpResponse:
    """List every text that was shown, with the reason for each change."""
    shown = find(content, path)
    published = Revision.objects.published(content.at).filter(node__path=path)
    rows = published.values(
        "language", "title", "reason", "live_from", "live_to", "state", "changed_at", "remark"
    )
    above = [*content.tree.above(path, shown.language, content.at), shown]
    page = Paginator(rows, HISTORY_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "website/node_history.html", {"shown": shown, "page": page, "above": above})


@require_safe
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show staff a text exactly as its readers will see it, in its language."""
    if not (request.user.is_staff and rules.may_look(request.user)):
        raise Http404
    revision = get_object_or_404(Revision.objects.select_related("node"), pk=pk)
    if revision.language != language():
        return redirect(in_language(request.path, revision.language))
    content = Content.now()
    request.content = content  # type: ignore[attr-defined]  # For the navigation, which every page has
    shown = as_shown(content, revision)
    body = markdown.in_language(revision.html, revision.language, revision.language)
    return draw(request, content, shown, body, preview=revision)


def as_shown(content: Content, revision: Revision) -> Shown:
    """Return a text as its page would show it, had it been approved now."""
    node = revision.node
    text = Text(
        revision.pk, revision.language, revision.title, revision.summary,
        revision.live_from or timezone.now(), revision.live_to, revision.translates_id, revision.changed_at,
    )  # fmt: skip
    known = content.tree.pages.get(node.path)
    page = known or Page(node.path, node.kind, node.position, node.review_by, node.reviewed_on, (text,))
    first = page.published_at(content.at)
    return Shown(page, text, revision.language, rules.is_stale(revision), first)
