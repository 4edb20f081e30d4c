"""What the layout needs on every page: a context processor."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

# Names of the languages are data of Django; these are the ones it does not write as we do.


def page(request: HttpRequest) -> dict[str, Any]:
    """`languages`: the page in each language; `direction` comes from the i18n tags."""
    return {"languages": languages(request), "canonical": request.build_absolute_uri(request.path)}


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each of LANGUAGES: code, own name, direction, address, whether current."""
    here = get_language()
    return [_language(code, request, code == here) for code, _name in settings.LANGUAGES]


def _language(code: str, request: HttpRequest, current: bool) -> dict[str, Any]:  # noqa: FBT001
    info = get_language_info(code)
    url = translate_url(request.get_full_path(), code)
    return {
        "code": code,
        "name": info["name_local"],
        "direction": "rtl" if info["bidi"] else "ltr",
        "url": url,
        "absolute": request.build_absolute_uri(translate_url(request.path, code)),
        "current": current,
    }
