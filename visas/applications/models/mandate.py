"""Who may act for an applicant: what, for which applications, until when."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.cases.deputies import Right
from visas.applications.models.party import Party

if TYPE_CHECKING:
    from visas.applications.models.application import VisaApplication

ANSWER_WITHIN = timedelta(days=14)  # An invitation that nobody accepted by then is void


class Scope(models.TextChoices):
    """What the holder of a mandate may do; whoever may act may fill in too."""

    FILL = "fill", _("Fill in, upload and look")
    ACT = "act", _("Also submit, correct and answer")


# The same of a mandate that stands alone, not beside the other
COVERS = {
    Scope.FILL: _("Fill in, upload and look"),
    Scope.ACT: _("Fill in, submit, correct and answer"),
}


class State(models.TextChoices):
    """How a mandate stands."""

    INVITED = "invited", _("Invited, no answer yet")
    UNANSWERED = "unanswered", _("Not accepted in time")
    WITHDRAWN = "withdrawn", _("Invitation taken back, or declined")
    IN_FORCE = "in_force", _("In force")
    RAN_OUT = "ran_out", _("Ran out")
    ENDED = "ended", _("Ended")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self) -> "MandateQuerySet":
        """Return those that were accepted, not ended, and have not run out today."""
        return self.filter(accepted_at__isnull=False, ended_at=None, ends_on__gte=timezone.localdate())

    def held_by(self, user: Any) -> "MandateQuerySet":
        return self.filter(holder=user)

    def over(self) -> "MandateQuerySet":
        """Return those that were accepted and may no longer be used."""
        past = models.Q(ended_at__isnull=False) | models.Q(ends_on__lt=timezone.localdate())
        return self.filter(past, accepted_at__isnull=False)

    def invited(self) -> "MandateQuerySet":
        """Return the invitations that may still be accepted."""
        fresh = timezone.now() - ANSWER_WITHIN
        unanswered = self.filter(accepted_at=None, ended_at=None, invited_at__gt=fresh)
        return unanswered.filter(ends_on__gte=timezone.localdate())

    def standing(self) -> "MandateQuerySet":
        """Return those in force, and the invitations to one."""
        return self.in_force() | self.invited()

    def widest_first(self) -> "MandateQuerySet":
        """Order those that allow more before others, then the longest; with their givers, whom every page names."""
        return self.select_related("given_by").order_by("scope", "-ends_on")  # ACT stands before FILL

    def about(self, application: "VisaApplication") -> "MandateQuerySet":
        """Return those for an application, or for the whole party that it belongs to."""
        about = models.Q(application=application.pk)
        if application.party_id:
            about |= models.Q(party=application.party_id)
        return self.filter(about)


class Mandate(models.Model):
    """The right to act for `given_by` in one application or a whole party, up to and including `ends_on`.

    It begins as an invitation to `email`: `holder` is who accepted it, `token_digest` the HMAC of the link's token.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "applications.VisaApplication", models.CASCADE, null=True, blank=True, related_name="mandates"
    )
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="mandates")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates_given")
    email = models.EmailField(_("e-mail address"))
    scope = models.CharField(_("what they may do"), max_length=4, choices=Scope)
    ends_on = models.DateField(_("last day"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="mandates_held",
    )
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(application__isnull=True, party__isnull=False)
                | models.Q(application__isnull=False, party__isnull=True),
                name="mandate_is_for_an_application_or_a_party",
            ),
            models.CheckConstraint(
                condition=models.Q(holder__isnull=True, accepted_at__isnull=True)
                | models.Q(holder__isnull=False, accepted_at__isnull=False),
                name="mandate_has_a_holder_once_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(holder__isnull=True) | ~models.Q(holder=models.F("given_by")),
                name="nobody_holds_their_own_mandate",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=Scope.values), name="mandate_has_a_known_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.pk}"

    def is_in_force(self) -> bool:
        """Tell whether its holder may use it today."""
        is_held = self.accepted_at is not None and self.ended_at is None
        return is_held and timezone.localdate() <= self.ends_on

    def is_for(self, application: "VisaApplication") -> bool:
        """Tell whether it covers an application, by itself or as one of a party."""
        if self.party_id is None:
            return self.application_id == application.pk
        return self.party_id == application.party_id

    @property
    def right(self) -> Right:
        """What casework and the banners of pages say of it."""
        return Right(
            for_whom=str(self.given_by),
            until=self.ends_on,
            covers=self.covers,
            may_act=self.may_act,
            give_back_url=reverse("applications:mandate_give_back", args=[self.pk]),
        )

    @property
    def covers(self) -> str:
        """What its holder may do, in words."""
        return str(COVERS[Scope(self.scope)])

    @property
    def may_act(self) -> bool:
        return self.scope == Scope.ACT

    @property
    def answer_until(self) -> datetime:
        """The moment at which an invitation becomes void."""
        return self.invited_at + ANSWER_WITHIN

    @property
    def state(self) -> State:
        if self.ended_at:
            return State.ENDED if self.accepted_at else State.WITHDRAWN
        if self.accepted_at:
            return State.IN_FORCE if self.is_in_force() else State.RAN_OUT
        void = self.answer_until <= timezone.now() or self.ends_on < timezone.localdate()
        return State.UNANSWERED if void else State.INVITED
