"""What an e-visa is worth on a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from visas.registry import status as registry


class Standing(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    NOT_YET = "not_yet", _("Not yet in force")
    EXPIRED = "expired", _("No longer in force: it has ended")
    REVOKED = "revoked", _("Revoked")
    SUSPENDED = "suspended", _("Suspended: it is being looked into")
    USED = "used", _("Used: its entries are over")


class RevocationReason(models.TextChoices):
    HOLDER = "holder", _("The holder asked for it")
    FALSE_STATEMENT = "false_statement", _("It was obtained with false statements")
    CONDITIONS = "conditions", _("Its conditions are no longer met")
    ERROR = "error", _("It was issued in error")
    REPLACED = "replaced", _("It is replaced by a new paper with a new number")


class Mark(models.IntegerChoices):
    """What a status list says of a visa, in two bits (docs/formats)."""

    VALID = registry.VALID, _("Valid")
    REVOKED = registry.REVOKED, _("Revoked")
    SUSPENDED = registry.SUSPENDED, _("Suspended")
    USED = registry.USED, _("Used")


class Fault(models.TextChoices):
    """What the portal found wrong with a paper that it made: no applicant ever sees such a paper."""

    SEAL = "seal", _("The seal is not valid.")
    CONTENT = "content", _("The seal says something else than the record.")
    CERTIFICATE = "certificate", _("The certificate of the seal ends before the visa.")
    MATRIX = "matrix", _("The DataMatrix code cannot be read back.")
    LINK = "link", _("The QR code cannot be read back.")
    ZONE = "zone", _("The machine-readable zone is not on the page as in the record.")
    PAGES = "pages", _("The paper has more than one page.")
    SIZE = "size", _("The file is larger than 60 kB.")
    ARCHIVE = "archive", _("The file is not PDF/A-3.")
    SIGNATURE = "signature", _("The signature on the file does not hold.")
    KEY = "key", _("No key may sign today. A consul has to put one in use.")
    FIELDS = "fields", _("The record has something that no seal can hold.")
