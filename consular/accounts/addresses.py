"""Where a request comes from, for limits."""

from ipaddress import IPv6Address, ip_address

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

NETWORK_BITS = 64  # RFC 4291 §2.5.1: what follows them in an IPv6 address, its holder chooses


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address; behind proxies, the one that the last trusted of them saw.

    Of an IPv6 address only the network: a client has all the addresses in it, and would have a limit for each.
    """
    address = ip_address(str(get_adapter(request).get_client_ip(request)))
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Address(int(address) >> NETWORK_BITS << NETWORK_BITS))
