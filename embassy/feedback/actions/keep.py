"""Keep a remark on a page."""

from embassy.feedback.models import Remark
from embassy.feedback.rules import scrubbed


def keep(*, page: str, language: str, is_useful: bool, text: str) -> Remark:
    """Store a remark without what could tell who wrote it."""
    return Remark.objects.create(page=page, language=language, is_useful=is_useful, text=scrubbed(text))
