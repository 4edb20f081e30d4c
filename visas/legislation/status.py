"""The states of a change, and what one of its edits does."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    READY = "ready", _("Waiting for a second person")
    IN_FORCE = "in_force", _("Taken over into the law")
    DROPPED = "dropped", _("Dropped")


OPEN = (State.DRAFT, State.READY)


class Act(models.TextChoices):
    ADD = "add", pgettext_lazy("edit of the law", "New row")
    ALTER = "alter", pgettext_lazy("edit of the law", "Altered row")
    REMOVE = "remove", pgettext_lazy("edit of the law", "Removed row")


class Expected(models.TextChoices):
    """What a scenario expects: an outcome of the law, or that no visa covers the stay."""

    EXEMPT = "exempt", _("No visa")
    AUTHORISATION = "authorisation", _("Electronic travel authorisation")
    VISA = "visa", _("Visa")
    TOO_LONG = "too_long", _("No visa covers the stay")


class Obstacle(models.TextChoices):
    """Why somebody may not do something with a change now."""

    NOT_ALLOWED = "not_allowed", _("You may look at this change but not work on it.")
    NOT_A_DRAFT = "not_a_draft", _("This change is no longer being prepared.")
    NOT_READY = "not_ready", _("This change is not waiting for a second person.")
    OWN_CHANGE = "own_change", _("You have worked on this change, so another person must put it in force.")
    EMPTY = "empty", _("This change has no edits yet.")
    DOES_NOT_FIT = "does_not_fit", _("Some edits do not fit the law as it is now.")
    SCENARIO_FAILS = "scenario_fails", _("Some scenarios fail. Mend the change or the scenarios first.")
    MOVED_ON = (
        "moved_on",
        _("The change, the law or the scenarios have moved on since you opened this page. Read it again."),
    )
