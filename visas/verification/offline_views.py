"""The page that checks visas without a connection, at /v: everybody's, the same for all, and kept by browsers."""

import hashlib
import json
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, get_language_info, override
from django.views.decorators.http import require_safe

from visas.seals.bundle import public_jwks
from visas.seals.signing import NoKeyError

KEPT_FOR = 60  # seconds, by browsers; their service worker keeps it for as long as it is used
WORKER = "dist/verifier-worker.js"
SCOPE = "/v"
WASM = "'wasm-unsafe-eval'"  # Reading bar codes: WebAssembly of our own server, on this page alone
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, WASM],
    "style-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}


@require_safe
@login_not_required
@csp(POLICY)
def page(request: HttpRequest, language: str = "") -> HttpResponse:
    """Serve the page in the language of its address, or the one that the reader's browser prefers."""
    if language and language not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponse(written(language or get_language_from_request(request), pinned()))
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    if not language:
        patch_vary_headers(response, ("Accept-Language",))
    return response


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker. It is another one, and keeps everything anew, when anything that it keeps is."""
    kept = [*pages(), *map(static, files())]
    keys = pinned()
    content = [written(code, keys) for code, _ in settings.LANGUAGES]
    version = hashlib.sha256("\n".join([*kept, *content]).encode()).hexdigest()[:16]
    names = f"const KEPT = {json.dumps(kept)}, VERSION = {json.dumps(version)}\n"
    response = HttpResponse(names + script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = SCOPE
    return response


def written(language: str, keys: list[dict[str, Any]]) -> str:
    """Return the page in a language, with the keys that may sign its lists: nothing in it is of whoever asks."""
    with override(language):
        info = get_language_info(language)
        return render_to_string(
            "verifier/page.html",
            {
                "language": language,
                "direction": "rtl" if info["bidi"] else "ltr",
                "languages": [get_language_info(code) | {"name": name} for code, name in settings.LANGUAGES],
                "keys": json.dumps(keys),
            },
        )


def pinned() -> list[dict[str, Any]]:
    """Return the keys that may sign the trust bundle; none before there is one."""
    try:
        return public_jwks()
    except NoKeyError:
        return []


def pages() -> list[str]:
    languages = [reverse("verifier_in", args=[code]) for code, _ in settings.LANGUAGES]
    return [reverse("verifier"), reverse("verifier_root"), *languages]


def files() -> list[str]:
    """Return what the page needs, whatever the language."""
    scripts = ["dist/verifier.js", "dist/verifier-scan.js", "dist/zxing_reader.wasm"]
    return ["dist/app.css", "dist/app.rtl.css", *scripts, "identity/emblem.svg"]


def script() -> str:
    """Return the service worker as it was built."""
    found = finders.find(WORKER)
    if not found:
        raise Http404
    return Path(found).read_text("utf-8")
