"""What the bench may show to the reader of a page: asked once a request, however many lists ask it."""

from typing import Any

from django.http import HttpRequest

from consular.missions.models import Posting, Role


def roles_of(request: HttpRequest) -> frozenset[str]:
    """Return the roles in which the reader is posted today, at whatever mission; one query in a request."""
    known: frozenset[str] | None = getattr(request, "roles_of_its_reader", None)
    if known is None:
        postings = Posting.objects.current().filter(user=request.user.pk)
        known = frozenset(postings.values_list("role", flat=True))
        request.roles_of_its_reader = known  # type: ignore[attr-defined]  # As Django keeps request.user
    return known


class ForConsuls:
    """For an admin that consuls look at, wherever they serve."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return Role.CONSUL in roles_of(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)
