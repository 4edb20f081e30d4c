"""What officers write: notes, reasons, questions to the applicant, decisions."""

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from consular.cases.actions import Wanted
from consular.cases.kinds import CaseKind, kind_of
from consular.cases.models import Case
from consular.ui.fields import CharField, ChoiceField, DateField, MultipleChoiceField
from consular.ui.forms import Form
from consular.ui.widgets import DateWidget

LONGEST_WAIT = timedelta(days=180)
USUAL_WAIT = 10  # Working days
MOST_ITEMS = 10


class NoteForm(Form):
    text = CharField(
        label=_("Note"),
        help_text=_(
            "Colleagues at the mission read it. The applicant does not, unless they ask for their file."
        ),
        multiline=True,
        max_length=5000,
        required_message=_("Write the note"),
    )


class ReasonForm(Form):
    reason = CharField(
        label=_("Reason"),
        help_text=_("Colleagues at the mission read it. The applicant does not."),
        multiline=True,
        max_length=5000,
        required_message=_("Give your reason"),
    )


class RefusalForm(ReasonForm):
    """A refusal names its grounds; the applicant reads them in their language."""

    def __init__(self, *args: Any, kind: CaseKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"] = MultipleChoiceField(
            label=_("Grounds"),
            help_text=_("The applicant reads these words."),
            required_message=_("Select at least one ground"),
            choices=[(ground.code, ground.text) for ground in kind.grounds()],
        )
        self.order_fields(["grounds", "reason"])


def approval_form(case: Case, *, reason_required: bool) -> type[forms.Form]:
    """Return the service's own form of conditions with a reason for colleagues below it."""
    reason = CharField(
        label=_("Reason"),
        help_text=_("Colleagues at the mission read it. The applicant does not."),
        multiline=True,
        max_length=5000,
        required=reason_required,
        required_message=_("Give your reason"),
    )
    return type("ApprovalForm", (kind_of(case).decision_form(case),), {"reason": reason})


def conditions_of(form: forms.Form) -> dict[str, Any]:
    """Return what the service's form cleaned, in JSON's types: dates as ISO texts."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "reason"}
    cleaned: dict[str, Any] = json.loads(json.dumps(given, cls=DjangoJSONEncoder))
    return cleaned


def rows_in(data: QueryDict | None) -> int:
    """Return how many rows a posted question has."""
    return sum(name.startswith("purpose_") for name in data) if data else 2


class QuestionForm(Form):
    """What to ask the applicant: rows of (what we need, words), and the day for the answer.

    A document without words is asked for by its name. `rows` says how many rows are offered.
    """

    show_optional = False

    def __init__(self, *args: Any, case: Case, rows: int = 2, **kwargs: Any) -> None:
        self.case, self.rows = case, max(1, min(rows, MOST_ITEMS))
        today = case.mission.today()
        usual = case.mission.working_days_after(today, USUAL_WAIT)
        kwargs["initial"] = {"answer_by": usual, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["answer_by"] = DateField(
            label=_("Answer by"),
            label_size="s",
            called=_("Day for the answer"),
            not_before=today + timedelta(days=1),
            not_after=today + LONGEST_WAIT,
        )
        purposes = [("", _("An answer in words")), *kind_of(case).document_purposes(case)]
        for number in range(1, self.rows + 1):
            self.fields |= _row(number, purposes)

    @classmethod
    def reopened(cls, data: QueryDict, case: Case, *, more: bool) -> "QuestionForm":
        """Return the form as it was filled in, unchecked, with one more row if wanted."""
        written: dict[str, Any] = {
            name: data[name] for name in data if name.startswith(("purpose_", "text_"))
        }
        written["answer_by"] = DateWidget().value_from_datadict(data, None, "answer_by")
        return cls(case=case, rows=rows_in(data) + more, initial=written)

    @property
    def items(self) -> list[tuple[int, Any, Any]]:
        """Return the rows as (number, what we need, words), for the template."""
        return [(n, self[f"purpose_{n}"], self[f"text_{n}"]) for n in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self._given():
            self.add_error("text_1", _("Ask for at least one thing"))
        return self.cleaned_data

    def wanted(self) -> list[Wanted]:
        """Return what is asked for; a document's name is in the applicant's language."""
        with translation.override(self.case.applicant.language):
            name = kind_of(self.case).document_label
            return [Wanted(text or str(name(purpose)), purpose) for purpose, text in self._given()]

    def _given(self) -> list[tuple[str, str]]:
        rows = [
            (self.cleaned_data.get(f"purpose_{n}", ""), self.cleaned_data.get(f"text_{n}", ""))
            for n in range(1, self.rows + 1)
        ]
        return [row for row in rows if any(row)]


def _row(number: int, purposes: list[tuple[str, Any]]) -> dict[str, forms.Field]:
    return {
        f"purpose_{number}": ChoiceField(
            label=_("What we need"), select=True, required=False, choices=purposes
        ),
        f"text_{number}": CharField(
            label=_("Words for the applicant"),
            help_text=_("Write in the applicant's language. For a document you may leave this empty."),
            multiline=True,
            max_length=2000,
            required=False,
        ),
    }
