"""Kinds of question, where an answer came from, and how far a part is done. Imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Type(models.TextChoices):
    """What a question asks for. The comment says what its canonical answer is, in Python and in JSON."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long_text"  # str, lines
    LATIN_NAME = "latin_name"  # str in Latin letters
    NATIVE_NAME = "native_name"  # str in any script
    CODE = "code"  # str, capitals and digits, such as a passport number
    DATE = "date"  # date; ISO 8601 in JSON
    COUNTRY = "country"  # a state's three letters
    NATIONALITY = "nationality"  # a state's three letters, or ICAO's for stateless persons and others
    PHONE = "phone"  # str in E.164
    EMAIL = "email"  # str
    ADDRESS = "address"  # str, lines
    CHOICE = "choice"  # str, the choice's value
    CHOICES = "choices"  # list of str
    YES_NO = "yes_no"  # bool
    INTEGER = "integer"  # int
    MONEY = "money"  # {"amount": "1500.00", "currency": "EUR"}; the digits after the point are the currency's
    ROWS = "rows"  # list of dict: "#" → the row's id, column → its answer or None (`consular.questionnaires.rows`)
    DECLARATION = "declaration"  # True


class Source(models.TextChoices):
    """Where an answer came from."""

    TYPED = "typed", _("Typed")
    PASSPORT = "passport", _("Read from the passport")
    CONFIRMED = "confirmed", _("Typed, and confirmed although the passport says something else")
    EARLIER = "earlier", _("From an earlier application")
    MEMBER = "member", _("The same as for another traveller")


class Progress(models.TextChoices):
    """How far a page or section is done."""

    CANNOT_START = "cannot_start", _("Cannot start yet")
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
