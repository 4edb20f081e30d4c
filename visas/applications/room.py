"""How many files one required document may have."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from consular.ui.templatetags.ui import digits


def ensure_room(files: int) -> None:
    """Raise ValidationError, with the figures and what to do, when so many files are too many for one document."""
    if files > settings.DOCUMENT_MAX_FILES:
        figures = {"limit": digits(settings.DOCUMENT_MAX_FILES), "files": digits(files)}
        raise ValidationError(
            gettext(
                "For this document we take %(limit)s files at most; with these it would have %(files)s. "
                "Remove files that you do not need, or put several pages into one PDF."
            )
            % figures,
            code="too_many_files",
        )
