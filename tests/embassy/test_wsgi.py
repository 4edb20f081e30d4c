"""What the web server hands over, before any middleware sees it."""

import io

import pytest
from django.core.signals import request_started
from django.db import close_old_connections

from embassy.wsgi import application


@pytest.fixture(autouse=True)
def _keep_the_connection():
    """Do as Django's own client does: the test's transaction is on it."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "charset", ["base64", "zip", "rot13", "undefined", "nonsense", "utf-8", "", "a\x00b"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_charset_that_is_none_breaks_nothing(charset, method):
    said = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": "/en/privacy/", "QUERY_STRING": "a=b", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "wsgi.input": io.BytesIO(b"name=x"), "wsgi.url_scheme": "http", "CONTENT_LENGTH": "6",
        "wsgi.errors": io.StringIO(),
        "CONTENT_TYPE": f"application/x-www-form-urlencoded; charset={charset}",
    }  # fmt: skip
    application(environ, lambda status, headers, exc_info=None: said.append(status))
    assert said[0] in {"200 OK", "405 Method Not Allowed"}
