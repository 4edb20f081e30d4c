"""What an e-visa is worth on a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    NOT_YET = "not_yet", _("Not yet in force")
    EXPIRED = "expired", _("No longer in force: it has ended")
    REVOKED = "revoked", _("Revoked")


class RevocationReason(models.TextChoices):
    HOLDER = "holder", _("The holder asked for it")
    FALSE_STATEMENT = "false_statement", _("It was obtained with false statements")
    CONDITIONS = "conditions", _("Its conditions are no longer met")
    ERROR = "error", _("It was issued in error")
