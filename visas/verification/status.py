"""For whom a holder shares a visa, and what an airline is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """The value is the first letter of the code: it says before anybody types it what the code is for."""

    AIRLINE = "A", _("An airline or other carrier")
    EMPLOYER = "E", _("An employer")
    SCHOOL = "S", _("A school or university")
    LANDLORD = "L", _("A landlord or hotel")
    BANK = "B", _("A bank")


NAME, CATEGORY, VALIDITY = ("surname", "given_names"), ("category",), ("valid_from", "valid_until")

FIELDS: dict[str, tuple[str, ...]] = {
    Purpose.AIRLINE: (*NAME, "nationality", "passport_number", *CATEGORY, *VALIDITY, "entries", "stay_days"),
    Purpose.EMPLOYER: (*NAME, *CATEGORY, *VALIDITY, "stay_days"),
    Purpose.SCHOOL: (*NAME, *CATEGORY, *VALIDITY, "stay_days"),
    Purpose.LANDLORD: (*NAME, *VALIDITY),
    Purpose.BANK: (*NAME, "nationality", *CATEGORY, *VALIDITY),
}


class Board(models.TextChoices):
    """What an airline does with a traveller; `REFER` is: call the number that the embassy gave you."""

    BOARD = "board", _("Board")
    DO_NOT_BOARD = "do_not_board", _("Do not board")
    REFER = "refer", _("Ask us first")
