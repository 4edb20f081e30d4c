"""The kinds of piece that a questionnaire is made of, and what may stand in the way. Imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    WHOLE = "whole", _("Questionnaire")
    SECTION = "section", _("Section")
    PAGE = "page", _("Page")
    GROUP = "group", _("Group of questions")
    QUESTION = "question", _("Question")
    DETAILS = "details", _("Question under the Yes")
    COLUMN = "column", _("Question of each row")
    CHOICE = "choice", _("Answer to choose from")
    CHECK = "check", _("Check between answers")


ASKS = (Kind.QUESTION, Kind.DETAILS, Kind.COLUMN)
NAMED = (Kind.SECTION, Kind.PAGE, *ASKS)  # They have an id


class Obstacle(models.TextChoices):
    """Why somebody may not do something with a questionnaire now."""

    NOT_ALLOWED = "not_allowed", _("You may look at questionnaires but not do this.")
    NOT_A_DRAFT = "not_a_draft", _("This revision is published: nobody can change it any more.")
    HAS_DRAFT = "has_draft", _("There is a draft already. Publish it or give it up first.")
    CHANGED = "changed", _("Somebody else has changed this draft since you opened the page. Look again.")
    GONE = "gone", _("Somebody else has removed this piece since you opened the page.")
    DOUBLE = "double", _("Another piece has this name already. Choose another one.")
    OWN = "own", _("You have written in this draft, so another person must publish it.")
    FINDINGS = "findings", _("There are findings: mend them first.")
    UNCHANGED = "unchanged", _("This draft says what the published revision says.")
