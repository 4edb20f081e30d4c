"""What the layout needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info


def portal(request: HttpRequest) -> dict[str, Any]:
    """`languages`: this page in each of them, for the switcher and the search engines."""
    return {"languages": languages(request)}


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Code, own name, direction, address, absolute address and whether it is the current one."""
    return [language(code, name, request) for code, name in settings.LANGUAGES]


def language(code: str, name: str, request: HttpRequest) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
        "url": translate_url(request.get_full_path(), code),
        "absolute": request.build_absolute_uri(translate_url(request.path, code)),
        "current": code == get_language(),
    }
