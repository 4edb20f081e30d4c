"""Where the links of a text lead, for who approves it."""

from django.urls import Resolver404, resolve
from django.utils import translation

from embassy.content import markdown
from embassy.content.models import Node, Revision

KEPT = "website:node"  # The route of the pages that staff keep


def route_of(path: str) -> str:
    """Return the name of the route that answers at an address without its language; '' when none does."""
    plain = path.startswith(markdown.WITHOUT_LANGUAGE)
    with translation.override("en"):  # Django resolves addresses of the language of the moment alone
        try:
            return resolve(path if plain else f"/en/{path.lstrip('/')}").view_name
        except Resolver404:
            return ""


def is_published(path: str) -> bool:
    """Tell whether readers know a page that staff keep by this path."""
    return Revision.objects.published().filter(node__path=path).exists()


def broken(body: str) -> list[str]:
    """Return the links to this site that no page answers: one query, when there are links to pages that staff keep."""
    ours = {link: _address(link) for link in markdown.links(body) if link.startswith("/")}
    routes = {link: route_of(address) for link, address in ours.items()}
    kept = {link: ours[link].strip("/") for link, route in routes.items() if route == KEPT}
    there = set(Node.objects.filter(path__in=kept.values()).values_list("path", flat=True)) if kept else set()
    return [
        link for link, route in routes.items() if not route or (route == KEPT and kept[link] not in there)
    ]


def _address(link: str) -> str:
    return link.partition("#")[0].partition("?")[0]
