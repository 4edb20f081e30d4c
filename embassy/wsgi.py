"""The web server's entry: `gunicorn embassy.wsgi`."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.production")

django_application = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer by Django. A charset in which nothing can be read counts for none: Django would fail before any of ours.

    Python's codecs do other things than reading too: base64, zip, rot13.
    """
    kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    if "charset" in parameters and not can_be_read_in(parameters["charset"]):
        environ["CONTENT_TYPE"] = kind
    return django_application(environ, start_response)


def can_be_read_in(charset: str) -> bool:
    try:
        b"a".decode(charset)
    except (LookupError, ValueError):
        return False
    return True
