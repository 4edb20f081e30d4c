"""What keys are for, where they stand in their life, and why one is taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Use(models.TextChoices):
    SEAL = "seal", _("Seals of visas")
    PAPER = "paper", _("Signatures on papers (PDF)")
    BUNDLE = "bundle", _("Trust bundle and status lists")


class State(models.TextChoices):
    PLANNED = "planned", _("Planned: it waits for its certificate")
    PUBLISHED = "published", _("Published in advance")
    ACTIVE = "active", _("In use")
    RETIRED = "retired", _("Retired: what it signed stays valid")
    REVOKED = "revoked", _("Revoked: nothing that it signed is valid")


ENDED = (State.RETIRED, State.REVOKED)
KNOWN = (
    State.PUBLISHED,
    State.ACTIVE,
    State.RETIRED,
    State.REVOKED,
)  # They have a certificate that all may see


class Reason(models.TextChoices):
    """Why a key is revoked; the names are those of RFC 5280 §5.3.1."""

    COMPROMISE = "key_compromise", _("Somebody else has it, or may have it")
    SUPERSEDED = "superseded", _("It is replaced by another before its time")
    CESSATION = "cessation_of_operation", _("It is not needed any more")


class Obstacle(models.TextChoices):
    """Why something cannot be done with a key now, in words for whoever wants to."""

    NOT_ALLOWED = "not_allowed", _("Only consuls look after the keys.")
    NOT_AT_THIS_STEP = "not_at_this_step", _("The key is not at this step of its life.")
    SAME_PERSON = "same_person", _("You did the first half yourself. A second consul has to do this.")
    NO_CERTIFICATE = "no_certificate", _("Hand in the certificate first.")
    NO_AUTHORITY = "no_authority", _("There is no authority yet. Import its certificate first.")
    FIVE_A_YEAR = "five_a_year", _("Five keys of this kind were made this year. There can be no more.")
    ONE_IN_ADVANCE = "one_in_advance", _("Another key of this kind is planned or published already.")
    WRONG_CERTIFICATE = "wrong_certificate", _("This is not a certificate for this key by our authority.")
    WRONG_LIST = (
        "wrong_list",
        _("This is not a revocation list signed by one of our authorities, or it is an older one."),
    )
    WRONG_AUTHORITY = "wrong_authority", _("This is not the certificate of an authority of this state.")
