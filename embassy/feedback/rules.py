"""What of a remark is kept, and who may send one."""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest

# Begins where a word does: tried from each letter of a long one, it would take the square of its length
MAIL = re.compile(r"(?<![^\s@<>])[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
# Six digits or more of any script, also where blanks, hyphens, dots or slashes stand between them
NUMBER = re.compile(r"\+?\d(?:[\s().\-/–]{0,2}\d){5,}")
MAIL_REMOVED, NUMBER_REMOVED = "[e-mail]", "[number]"


def scrubbed(text: str) -> str:
    """Return a text without e-mail addresses and long numbers: telephones, passports, references, accounts."""
    return NUMBER.sub(NUMBER_REMOVED, MAIL.sub(MAIL_REMOVED, text))


def comes_from_our_page(request: HttpRequest) -> bool:
    """Tell whether a form was sent from a page of this site, as far as the browser says.

    This stands in for the token against forged forms, which would need a cookie. A browser that says nothing
    is believed: a remark carries no session and changes nothing for its sender, so there is nothing to win.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
