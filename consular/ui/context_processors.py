"""What the layout needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info


def portal(request: HttpRequest) -> dict[str, Any]:
    """`languages`: this page in each of them, for the switcher and the search engines."""
    return {"languages": languages(request)}


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Code, own name, direction, address, absolute address and whether it is the current one."""
    site, address, current = request.build_absolute_uri("/")[:-1], request.get_full_path(), get_language()
    return [
        {
            "code": code,
            "name": name,
            "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "url": (url := in_language(address, code)),
            "absolute": site + url.partition("?")[0],
            "current": code == current,
        }
        for code, name in settings.LANGUAGES
    ]


def in_language(address: str, code: str) -> str:
    """Return the address of the same page in another language; as it is where the pages have none.

    Django's `translate_url` resolves and reverses each address; ours differ in nothing but the first part.
    """
    first, slash, rest = address[1:].partition("/")
    return f"/{code}/{rest}" if slash and first in dict(settings.LANGUAGES) else address
