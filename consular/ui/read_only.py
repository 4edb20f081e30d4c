"""Lists in the admin that only show."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """For an admin of rows that the portal itself writes: nobody adds, changes or deletes them here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
