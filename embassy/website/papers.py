"""Papers that anybody may print: the checklist of a visa, the card with emergency numbers.

A paper costs a tenth of a second. It is drawn once an edition and address and kept, and whoever asks for ever new
ones is asked to wait: each reader may have some drawn in ten minutes, all readers together two a second.
No paper has personal data in it.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import segno
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from consular.accounts.addresses import client_address
from consular.lib.limits import allow
from consular.lib.pdf import render_pdf
from consular.missions import rules
from consular.missions.models import Mission
from embassy.website.content import Content, release
from embassy.website.posts import Post
from visas.policy import rules as policy

KEPT_FOR = 3600  # seconds
DRAWN_FOR_ONE, TEN_MINUTES = 30, 600
DRAWN_FOR_ALL, TEN_SECONDS = 20, 10
ON_A_CARD = 3  # posts: what fits on the back


class TooManyPapersError(Exception):
    """More papers are wanted than are drawn; those that are kept are still given out."""


def paper(request: HttpRequest, content: Content, draw: Callable[[str], bytes]) -> bytes:
    """Return the paper at the request's address, drawn by `draw(language)` unless it is kept."""
    language = get_language() or "en"
    made_from = (release(), content.shelf.number, content.today, settings.SITE_URL, request.path)
    key = f"paper:{hashlib.sha256(repr(made_from).encode()).hexdigest()}"
    kept: bytes | None = caches["local"].get(key)
    if kept is None:
        if not may_draw(request):
            raise TooManyPapersError
        kept = draw(language)
        caches["local"].set(key, kept, KEPT_FOR)
    return kept


def may_draw(request: HttpRequest) -> bool:
    """Count this drawing against the reader's address and, apart from it, against everybody's."""
    one = allow("paper-one", client_address(request), tries=DRAWN_FOR_ONE, seconds=TEN_MINUTES)
    return one and allow("paper-all", tries=DRAWN_FOR_ALL, seconds=TEN_SECONDS)


def checklist_pdf(answer: policy.Answer, content: Content, address: str, language: str) -> bytes:
    """Return what to have ready for a checker's answer; `address` is that of the answer's page."""
    with override(language):
        context = {
            **letterhead(),
            "answer": answer,
            "document": content.book.travel_document(answer.question.document),
            "purpose": content.book.purpose(answer.question.purpose),
            "passport": policy.passport_validity(answer.question.on, book=content.book),
            "posts": [Post(each, content.at) for each in content.offering("visas") if not each.is_virtual],
            "made_on": content.today,
            "address": settings.SITE_URL + address,
            "apply_at": settings.SITE_URL + reverse("website:checker"),
            "qr": qr_code(settings.SITE_URL + address),
        }
    return render_pdf("papers/checklist.html", context, language=language)


def wallet_card_pdf(mission: Mission, content: Content, language: str) -> bytes:
    """Return a card with the emergency numbers of a post and of those that serve the same people."""
    with override(language):
        address = settings.SITE_URL + reverse("website:post_detail", args=[mission.code])
        others = [each for each in rules.neighbours(mission, content.missions) if each.emergency_phone]
        context = {
            **letterhead(),
            "mission": mission,
            "others": others[: ON_A_CARD - 1],
            "made_on": content.today,
            "address": address,
            "qr": qr_code(address),
        }
    return render_pdf("papers/wallet_card.html", context, language=language)


def qr_code(text: str) -> str:
    """Return a QR code (error correction Q, four quiet modules) as a data URI of an SVG."""
    return str(segno.make(text, error="q", micro=False).svg_data_uri(border=4, scale=1))


def letterhead() -> dict[str, Any]:
    """Return the name of the embassy and the word that this is a demonstration, in the active language."""
    demonstration = {"local": gettext("Demonstration: fictional state"), "english": ""}
    return {
        "embassy_name": {"local": str(settings.EMBASSY_NAME), "english": ""},
        "demonstration": demonstration if settings.DEMONSTRATION else None,
    }
