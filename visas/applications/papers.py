"""The receipt: what a person holds in hand after submitting."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from consular.cases.models import Case
from consular.lib.pdf import render_pdf
from consular.ui.templatetags.ui import digits
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication
from visas.policy import rules as policy


def receipt_context(application: VisaApplication) -> dict[str, Any]:
    case = application.submitted_case
    category = policy.category(application.category)
    return {
        "case": case,
        "category": category,
        "traveller": application.traveller,
        "trip": application.trip,
        "fee": Draft.of(application).fee,
        "documents": list(documents(case)),
        "embassy_name": {"local": str(settings.EMBASSY_NAME), "english": ""},
        "demonstration": {"local": demonstration_words(), "english": ""} if settings.DEMONSTRATION else None,
        "digest": application.digest,
        "status_address": settings.SITE_URL + reverse("portal:status"),
    }


def documents(case: Case) -> Iterator[str]:
    """Yield what was handed in, each document once; with the number of its files where there are several."""
    for label, files in Counter(attachment.label for attachment in case.attachments.all()).items():
        several = {"document": label, "files": digits(files)}
        yield gettext("%(document)s: %(files)s files") % several if files > 1 else str(label)


def demonstration_words() -> str:
    return gettext("Demonstration: fictional state")


def receipt_pdf(application: VisaApplication, *, language: str) -> bytes:
    """Return the receipt of a submitted application in `language`."""
    with override(language):
        context = receipt_context(application)
    return render_pdf("papers/receipt.html", context, language=language)
