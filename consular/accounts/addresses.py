"""Where a request comes from, for limits."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address; behind proxies, the one that the last trusted of them saw."""
    return str(get_adapter(request).get_client_ip(request))
