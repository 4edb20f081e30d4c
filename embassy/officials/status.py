"""Whether an account speaks for us."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ACTIVE = "active", _("In use")
    CLOSED = "closed", _("No longer in use")
    COMPROMISED = "compromised", _("In other hands")
