"""The form with which an applicant invites somebody to act for them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.ui.fields import ChoiceField, DateField, EmailField
from consular.ui.forms import Form
from visas.applications.actions.invite import Offer
from visas.applications.mandates import DAY_AT_MOST, DAYS_USUALLY
from visas.applications.models import Scope, VisaApplication
from visas.applications.models.mandate import COVERS

ALONE, PARTY = "application", "party"


def last_day_at_most() -> date:
    return timezone.localdate() + timedelta(days=DAY_AT_MOST)


class InviteForm(Form):
    """Whom, with what right, for which applications, until when."""

    email = EmailField(
        label=_("Email address of the person"),
        help_text=_("We send them a link. Only the account with this address can accept."),
        autocomplete="off",
    )
    scope = ChoiceField(
        label=_("What may they do?"),
        choices=[(scope.value, words) for scope, words in COVERS.items()],
        hints={
            Scope.FILL: _("They answer questions, upload documents and see everything. You submit yourself."),
            Scope.ACT: _(
                "They also sign and submit for you, correct answers, answer our questions, and read the decision."
            ),
        },
        required_message=_("Select what they may do"),
    )
    reach = ChoiceField(
        label=_("For whom may they do it?"),
        choices=[
            (ALONE, _("This application only")),
            (PARTY, _("Everybody who travels with you, also whom you add later")),
        ],
        required_message=_("Select for whom they may do it"),
    )
    ends_on = DateField(
        label=_("Last day of the mandate"),
        help_text=_("At most a year from today. You can end it at any moment."),
        future=True,
        not_after=last_day_at_most,
    )

    def __init__(self, *args: Any, application: VisaApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate() + timedelta(days=DAYS_USUALLY)
        if application.party_id is None:
            del self.fields["reach"]

    def offer(self) -> Offer:
        """Return what a valid form offers."""
        wished = {name: self.cleaned_data[name] for name in ("email", "scope", "ends_on")}
        return Offer(**wished, whole_party=self.cleaned_data.get("reach") == PARTY)
