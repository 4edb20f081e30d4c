"""The form that adds a traveller to a party."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy as _

from consular.ui.fields import MultipleChoiceField
from visas.applications import same_as
from visas.applications.draft import Draft
from visas.applications.forms import StartForm


class JoinForm(StartForm):
    """Which visa the traveller needs, where they live, and what they answer as the one beside them does."""

    def __init__(self, *args: Any, beside: Draft, name: str, **kwargs: Any) -> None:
        known = {"category": beside.application.category, "residence": beside.application.residence}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["category"].label = _("Which visa does this traveller need?")
        self.fields["residence"].label = _("Which country does this traveller live in?")
        shared = [
            each
            for each in same_as.shared_sections(beside.filling)
            if same_as.has_answered(beside.filling, each.id)
        ]
        if shared:
            self.fields["alike"] = MultipleChoiceField(
                label=gettext("What is the same as for %(name)s?") % {"name": name},
                help_text=_(
                    "We fill it in, and keep it the same when you change it there."
                    " You can give other answers for this traveller at any time."
                ),
                choices=[(each.id, str(each.title)) for each in shared],
                required=False,
            )
            self.initial["alike"] = [each.id for each in shared]

    def answers(self) -> dict[str, Any]:
        """Return the arguments of `actions.join`, of a valid form."""
        return {**super().answers(), "alike": self.cleaned_data.get("alike", ())}
