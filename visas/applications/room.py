"""How many files one required document may have."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext

from consular.lib.calendars import digits


def ensure_room(files: int) -> None:
    """Raise ValidationError, with the figures and what to do, when so many files are too many for one document."""
    if files > settings.DOCUMENT_MAX_FILES:
        figures = {"limit": _figure(settings.DOCUMENT_MAX_FILES), "files": _figure(files)}
        raise ValidationError(
            gettext(
                "For this document we take %(limit)s files at most; with these it would have %(files)s. "
                "Remove files that you do not need, or put several pages into one PDF."
            )
            % figures,
            code="too_many_files",
        )


def _figure(number: int) -> str:
    return digits(number, get_language() or "en")
