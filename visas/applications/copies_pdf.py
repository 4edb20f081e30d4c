"""A copy of all answers as a PDF, for the applicant to keep."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from consular.lib.pdf import render_pdf
from visas.applications.copies import Version
from visas.applications.papers import demonstration_words
from visas.applications.summary import answered, overview
from visas.policy import rules as policy


def copy_pdf(version: Version, *, language: str) -> bytes:
    """Return the answers of a version in `language`; the declarations in the words that were signed."""
    with override(language):
        context = copy_context(version)
    return render_pdf("papers/answers.html", context, language=language)


def copy_context(version: Version) -> dict[str, Any]:
    application = version.application
    return {
        "case": application.submitted_case,
        "version": version,
        "panels": [overview(application), *answered(version.filling)],
        "documents": [(policy.document(purpose).label, sha256) for purpose, sha256 in version.documents],
        "embassy_name": {"local": str(settings.EMBASSY_NAME), "english": ""},
        "demonstration": {"local": demonstration_words(), "english": ""} if settings.DEMONSTRATION else None,
    }
