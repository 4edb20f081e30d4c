"""What missions offer, how fees are paid there, and whom a service is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Service(models.TextChoices):
    """What a person comes to a mission for."""

    VISAS = "visas", _("Visas")
    BIOMETRICS = "biometrics", _("Fingerprints and photographs")
    NOTARIAL = "notarial", _("Signatures and certified copies")
    PASSPORTS = "passports", _("Passports and identity cards")
    EMERGENCY_TRAVEL = "emergency-travel", _("Emergency travel documents")
    CIVIL_STATUS = "civil-status", _("Births, marriages and deaths")
    CITIZENS = "citizens", _("Help for our citizens in an emergency")


# A state does these for its own citizens alone.
FOR_CITIZENS = frozenset(
    {Service.PASSPORTS, Service.EMERGENCY_TRAVEL, Service.CIVIL_STATUS, Service.CITIZENS}
)


class Payment(models.TextChoices):
    CARD = "card", _("Card")
    CASH = "cash", _("Cash")
    TRANSFER = "transfer", _("Bank transfer")
    NOTHING = "nothing", _("Nothing is paid here")


class Weekday(models.IntegerChoices):
    """Days as `date.weekday()` numbers them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Role(models.TextChoices):
    """What a posting allows: officers work on cases, the consul heads the mission and decides, the auditor only looks."""

    OFFICER = "officer", _("Officer")
    CONSUL = "consul", _("Consul")
    AUDITOR = "auditor", _("Auditor")
