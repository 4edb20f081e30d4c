"""The codes of alerts and of what is sent about them, with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SECURITY = "security", _("Security")
    CRISIS = "crisis", _("Crisis")
    WEATHER = "weather", _("Weather and nature")
    HEALTH = "health", _("Health")
    TRAVEL = "travel", _("Borders and transport")
    ROUTINE = "routine", _("Consular services")


class Severity(models.TextChoices):
    """As in the Common Alerting Protocol (OASIS CAP 1.2, §3.2.2), the gravest last."""

    MINOR = "minor", _("Minor: little danger to life or property")
    MODERATE = "moderate", _("Moderate: possible danger to life or property")
    SEVERE = "severe", _("Severe: serious danger to life or property")
    EXTREME = "extreme", _("Extreme: extraordinary danger to life or property")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNPUBLISHED = (Status.DRAFT, Status.REVIEW)
PUBLISHED = (Status.APPROVED, Status.WITHDRAWN)


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    BEGUN = "begun", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed: no mail server took it, or not in time")
    REFUSED = "refused", _("Refused: no such mailbox. The address is erased.")
    DROPPED = "dropped", _("Not sent: unsubscribed, or the alert was over")


OPEN = (DeliveryState.WAITING, DeliveryState.BEGUN)


class Obstacle(models.TextChoices):
    """Why an act on an alert is refused."""

    CHANGED = "changed", _("Somebody else has changed this alert meanwhile. Look at it again.")
    NOT_NOW = "not_now", _("This is not possible in the state that the alert is in now.")
    OWN_WORDS = "own_words", _("Nobody approves what they wrote themselves. Ask a colleague.")
    NOT_ALLOWED = "not_allowed", _("You do not have the right to do this.")
    NO_ENGLISH = "no_english", _("The English text is missing: every alert needs it.")
    OVER = "over", _("The alert would be over before it is read. Set a later end.")
    CORRECTED = "corrected", _("There is a correction of this alert already.")
    SENT_ALREADY = "sent_already", _("This alert has been sent to the subscribers already.")
