"""What a page is, and how far a text of it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SECTION = "section", _("Section")
    PAGE = "page", _("Page")
    NEWS = "news", _("News")
    QUESTION = "question", _("Question and answer")


class State(models.TextChoices):
    """A text is written (draft), read by a second person (review), and then approved or sent back (rejected)."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("For approval")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Sent back")
    RETIRED = "retired", _("Taken down")


OPEN = (State.DRAFT, State.REVIEW)
PUBLISHED = (State.APPROVED, State.RETIRED)  # What readers have seen, or will see
SOURCE = "en"  # The language that others are translated from
