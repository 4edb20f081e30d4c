"""Run by tests in a process of its own, as another embassy: fill an empty database and open every public page.

Prints JSON: what the start returned the first and the second time, and each address with its status and text.
"""

# ruff: noqa: E402 - what comes after django.setup() reads the settings

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "embassy.settings.test"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

from embassy.start import checklist
from embassy.start.actions import fill

HEAD = "head@ostrania.example"
ADDRESSES = [
    "visas/",
    "visas/check/",
    "visas/check/IRN/ordinary/tourism/10/2027-01-10/",
    "visas/fees/",
    "visas/fees/calculator/",
    "visas/fees/calculator/?category=TV&document=ordinary&people=2",
    "visas/processing-times/",
    "visas/tv/",
    "visas/ea/",
    "visas/wk/",
    "visas/check/IRN/ordinary/tourism/10/2027-01-10/checklist.pdf",
    "posts/",
    "posts/find/",
    "posts/find/IRN/IRN/visas/",
    "posts/find/QXO/QXO/passports/",
    "posts/virtual/",
    "posts/virtual/calendar.ics",
    "posts/virtual/wallet-card.pdf",
    "privacy/",
    "accessibility/",
    "cookies/",
    "official-accounts/",
    "feeds/all.atom",
    "alerts/",
    "alerts/subscribe/",
    "alerts/2026/",
    "alerts/feed/",
    "search/",
    "search/?q=visa",
    "feedback/?page=/visas/",
    "developers/",
    "verify/",
    "status/",
    "account/login/",
    "account/signup/",
    "citizens/",
    "news/",
    "embassy/",
    "visas/whole/",
    "visas.txt",
    "visas/history/",
]
BARE = [
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-en.xml",
    "/sitemap-fa.xml",
    "/.well-known/security.txt",
    "/healthz/ready",
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/posts",
    "/api/v1/fees",
    "/api/v1/alerts",
    "/api/v1/rules",
    "/api/v1/processing-times",
    "/fr/",
    "/fr/visas/",
    "/ar/",
    "/es/alerts/subscribe/",
    "/sitemap-fr.xml",
]


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        first, again = fill(head=HEAD), fill(head=HEAD)
        json.dump({"filled": [first, again], "pages": pages(), "checks": points()}, sys.stdout)
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def pages() -> dict[str, list[object]]:
    client = Client(raise_request_exception=False)
    listed = [f"/{code}/{path}" for code in settings.IDENTITY.languages for path in ["", *ADDRESSES]]
    return {address: opened(client, address) for address in [*listed, *BARE]}


def opened(client: Client, address: str) -> list[object]:
    answer = client.get(address, follow=True)
    kind = answer.headers.get("Content-Type", "")
    text = "" if answer.streaming or "pdf" in kind else answer.content.decode()
    return [answer.status_code, text]


def points() -> list[list[object]]:
    return [[str(each.title), each.is_done, each.url] for each in checklist.checks()]


main()
