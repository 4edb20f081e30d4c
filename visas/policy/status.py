"""The fixed words of the law's data; everything else (categories, purposes, groups) is rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Outcome(models.TextChoices):
    """What a rule asks of a traveller."""

    EXEMPT = "exempt", _("No visa")
    AUTHORISATION = "authorisation", _("Electronic travel authorisation")
    VISA = "visa", _("Visa")


class Interview(models.TextChoices):
    """Whether an officer talks with the traveller before deciding, and how."""

    NONE = "none", pgettext_lazy("interview", "No interview")
    IF_NEEDED = "if_needed", _("Interview only if the officer has questions")
    BY_PHONE = "by_phone", _("Interview by telephone")
    IN_PERSON = "in_person", _("Interview with an officer, by video or at an embassy")


class Entries(models.TextChoices):
    """How often the traveller may enter with one visa."""

    ONE = "1", _("One entry")
    TWO = "2", _("Two entries")
    MULTIPLE = "M", _("Several entries")


class Unit(models.TextChoices):
    """What the length of a stay is counted in."""

    HOURS = "hours", _("hours")
    DAYS = "days", _("days")


class Fate(models.TextChoices):
    """How an application ended, for how long its documents are kept; the time counts from the day given here."""

    DRAFT = "draft", _("Never submitted: since it was last worked on")
    WITHDRAWN = "withdrawn", _("Withdrawn: since then")
    REFUSED = "refused", _("Refused: since the decision")
    APPROVED = "approved", _("Approved: since the last day of the visa")


class Kind(models.TextChoices):
    """How a required document is taken in: the passport page is read, the photo measured, the rest looked at."""

    PASSPORT = "passport", _("Passport data page")
    PHOTO = "photo", _("Photo")
    SUPPORTING = "supporting", _("Supporting document")
