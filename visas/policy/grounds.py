"""The grounds on which a visa is refused, as codes with the words that the applicant reads.

The list follows the standard refusal form of the harmonised visa procedure (Visa Code, Annex VI).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    FALSE_DOCUMENT = (
        "false-document",
        _("The travel document that you presented is false, forged or altered."),
    )
    PURPOSE = "purpose", _("You did not show the purpose and the conditions of your stay.")
    MEANS = "means", _("You did not show that you have enough money for your stay and your return.")
    STAY_USED = "stay-used", _("You have already stayed as long as is allowed in this period.")
    SECURITY = "security", _("Your entry would endanger public order or the security of the state.")
    HEALTH = "health", _("Your entry would endanger public health.")
    STATEMENTS = "statements", _("The information about the purpose of your stay is not reliable.")
    DOCUMENTS = "documents", _("The supporting documents are not reliable.")
    RETURN = "return", _("There are reasonable doubts that you intend to leave before the visa ends.")
    TRANSIT = "transit", _("You did not show that you travel on, or that you may enter the next state.")
    INCOMPLETE = "incomplete", _("The documents that we asked for did not arrive in time.")
