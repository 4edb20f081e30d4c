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


class Obstacle(models.TextChoices):
    """Why something may not be done to a text now."""

    NOT_ALLOWED = "not_allowed", _("You may not do this with texts in this language.")
    OPEN = "open", _("Somebody is already writing a new text of this page in this language.")
    NOT_OPEN = "not_open", _("This text is no longer a draft. Write a new one.")
    CHANGED = "changed", _("The text was saved again after you opened it. Look at it as it is now.")
    NOT_IN_REVIEW = "not_in_review", _("This text is not waiting for approval any more.")
    OWN = "own", _("You wrote this text, or a part of it: somebody else must approve it.")
    SOURCE_MOVED = (
        "source_moved",
        _(
            "The English text has changed since this was translated. Send the translation back to be brought up to it."
        ),
    )
    OVER = "over", _("The time in which this text should be shown is over before it begins.")
    NOT_LIVE = "not_live", _("Nothing of this page is shown or scheduled in this language.")
    NO_SOURCE = "no_source", _("There is no English text of this page to translate.")
