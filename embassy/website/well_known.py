"""/.well-known/security.txt (RFC 9116): whom to tell of a weakness."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from embassy.website.content import Content
from embassy.website.machines import for_machines

GOOD_FOR = timedelta(days=180)  # RFC 9116 §2.5.5: less than a year


@for_machines("text/plain")
def security(request: HttpRequest, content: Content) -> bytes:
    expires = content.today + GOOD_FOR
    languages = ", ".join(code for code, _ in settings.LANGUAGES)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%d}T00:00:00Z",
        f"Preferred-Languages: {languages}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return ("\n".join(lines) + "\n").encode()
