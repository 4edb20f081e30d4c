"""A copy of all answers as a PDF, for the applicant to keep."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import override

from consular.cases.kinds import Panel
from consular.lib.pdf import render_pdf
from visas.applications.copies import Version
from visas.applications.mandates import marks
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
        "panels": [
            overview(application),
            *each_in_its_direction(answered(version.filling, marks(version.sheet))),
        ],
        "documents": [(policy.document(purpose).label, sha256) for purpose, sha256 in version.documents],
        "embassy_name": {"local": str(settings.EMBASSY_NAME), "english": ""},
        "demonstration": {"local": demonstration_words(), "english": ""} if settings.DEMONSTRATION else None,
    }


def each_in_its_direction(panels: Iterable[Panel]) -> list[Panel]:
    """Return the panels with the direction of every answer: WeasyPrint does not find it by itself, as browsers do."""
    return [
        Panel(
            panel.title, [replace(row, direction=row.direction or direction(row.value)) for row in panel.rows]
        )
        for panel in panels
    ]


def direction(text: str) -> str:
    """Return the direction of the first letter that has one, as HTML's dir="auto" does; '' for none."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next(
        ({"L": "ltr", "R": "rtl", "AL": "rtl"}[each] for each in strong if each in {"L", "R", "AL"}), ""
    )
