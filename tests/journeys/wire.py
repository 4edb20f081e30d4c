"""Real HTTP without a browser: says what no browser says, byte by byte."""

import html
import http.client
import re
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client

from tests.factories.accounts import sign_in

BOUNDARY = "----where-the-parts-of-the-form-meet"
FORM = "application/x-www-form-urlencoded"
TOKEN = "csrfmiddlewaretoken"


class Answer(NamedTuple):
    status: int
    location: str
    text: str

    def says(self, words: str) -> bool:
        return words in html.unescape(self.text)

    def hidden(self, name: str) -> str:
        """Return the value of a hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, name
        return html.unescape(found[1])


class Caller:
    """One person's cookies. Paths are sent as they are; several threads may call at once."""

    def __init__(self, site: str, user: Any = None) -> None:
        self.host = urlsplit(site).netloc
        self.cookies: dict[str, str] = {}
        if user:
            self.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send a request; `_` in the name of a header stands for a hyphen."""
        link = http.client.HTTPConnection(self.host, timeout=30)
        link._validate_path = lambda path: None  # type: ignore[attr-defined]
        link.putrequest(method, path, skip_host=True)
        sent = {
            "Host": self.host,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent.setdefault("Content-Length", str(len(body)))
        for name, value in sent.items():
            link.putheader(name, value)
        link.endheaders(body)
        answer = link.getresponse()
        content = answer.read().decode("utf-8", "replace")
        link.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return Answer(answer.status, answer.headers.get("Location", ""), content)

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, **headers)

    def token(self, path: str) -> str:
        """Return the token against foreign forms that stands in the page at `path`."""
        return self.get(path).hidden(TOKEN)

    def post(self, path: str, fields: Any, **headers: str) -> Answer:
        """Send a form: a dictionary, or pairs where a name repeats."""
        body = urlencode(fields, doseq=True, errors="surrogatepass").encode()
        return self.call("POST", path, body, **{"Content_Type": FORM, **headers})

    def upload(
        self, path: str, fields: dict[str, str], field: str, content: bytes, name: str = "page.jpg"
    ) -> Answer:
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.call("POST", path, multipart(fields, field, content, name), Content_Type=kind)


def multipart(fields: dict[str, str], field: str, content: bytes, name: str = "page.jpg") -> bytes:
    head = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{each}"\r\n\r\n{value}\r\n'
        for each, value in fields.items()
    )
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return head.encode("utf-8", "surrogatepass") + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def session_of(user: Any) -> str:
    """Return the key of a new session in which `user` is signed in, staff with their second factor."""
    client = sign_in(Client(), user, second_factor=user.is_staff)
    return str(client.session.session_key)
