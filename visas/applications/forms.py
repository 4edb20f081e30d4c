"""The forms of an application beside the questionnaire's own pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext, gettext_lazy as _

from consular.documents.forms import UploadForm
from consular.lib import countries
from consular.missions.models import Mission
from consular.questionnaires.filling import Entry
from consular.questionnaires.status import Source
from consular.ui.fields import ChoiceField, CountryField, MultipleChoiceField
from consular.ui.forms import Form
from visas.applications import rules, tokens
from visas.applications.checklist import Item
from visas.applications.context import AUTHORISATION, with_authorisation
from visas.applications.passport import Pair
from visas.policy.book import current
from visas.policy.models import Category


class StartForm(Form):
    """Which visa, and where the traveller lives. Its token lets one form make one draft."""

    token = forms.CharField(widget=forms.HiddenInput)
    category = ChoiceField(
        label=_("Which visa do you need?"), required_message=_("Select which visa you need")
    )
    residence = CountryField(
        label=_("Which country do you live in?"),
        help_text=_("It decides which of our missions handles your application."),
        required_message=_("Select the country where you live"),
    )
    mission: Mission | None = None

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["token"].initial = tokens.new_token(user)
        self.offer([category for category in current().categories if category.online])

    def offer(self, categories: Sequence[Category]) -> None:
        """Offer the categories in groups; the authorisation says whose it is."""
        field: Any = self.fields["category"]
        field.choices = in_groups(categories)
        field.widget.hints = {category.code: hint(category) for category in categories}

    def answers(self) -> dict[str, Any]:
        """Return the arguments of `actions.start`, of a valid form."""
        chosen = self.cleaned_data
        kept = {"category": chosen["category"], "residence": chosen["residence"]}
        return {"draft": chosen["token"], "mission": self.mission, **kept}

    def clean_token(self) -> Any:
        draft = tokens.draft_of(self.cleaned_data["token"], self.user)
        if draft is None:
            raise forms.ValidationError(_("This page was open for another person. Load it again."))
        return draft

    def clean_residence(self) -> str:
        residence: str = self.cleaned_data["residence"]
        self.mission = rules.mission_for(residence)
        if self.mission is None:
            raise forms.ValidationError(
                _("None of our missions takes applications from residents of this country")
            )
        return residence


GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Short visits"), ("TV", "BV", "MD", "TR")),
    (_("Study, research, work and reporting"), ("ST", "RS", "WK", "JN")),
    (_("Family who live there"), ("FM",)),
    (_("Emergencies"), ("HU",)),
    (_("Official visits"), ("OF",)),
    (_("Without a visa"), (AUTHORISATION,)),
)


def in_groups(categories: Sequence[Category]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return the choices under the headings of their groups; what is in none comes last."""
    names = {category.code: str(category.name) for category in categories}
    groups = [
        (title, [(code, names.pop(code)) for code in codes if code in names]) for title, codes in GROUPS
    ]
    return [(title, choices) for title, choices in [*groups, (_("Other"), list(names.items()))] if choices]


def hint(category: Category) -> str:
    """Return who a category is for; for the authorisation, citizens of which states."""
    if category.code != AUTHORISATION:
        return str(category.summary)
    language = get_language() or "en"
    states = sorted(
        countries.name(code, language) for code in with_authorisation(current(), timezone.localdate())
    )
    return gettext("%(summary)s For citizens of: %(states)s.") % {
        "summary": category.summary,
        "states": get_text_list(states, gettext("and")),
    }


class DocumentForm(UploadForm):
    """Hands in files for one item of the checklist; several such forms stand on a page."""

    def __init__(self, item: Item, *args: Any) -> None:
        super().__init__(*args, kind=item.wanted.kind, prefix=item.wanted.code)


MINE, PASSPORT, FILL = "mine", "passport", "fill"


class PassportForm(Form):
    """Which is right where the passport differs from the answers, and which empty answers to fill in from it."""

    show_optional = False

    def __init__(self, pairs: Sequence[Pair], data: Any = None) -> None:
        super().__init__(data)
        self.different = {pair.question.field_name: pair for pair in pairs if pair.answer is not None}
        self.empty = {pair.question.field_name: pair for pair in pairs if pair.answer is None}
        self.fields.update({name: _which(pair) for name, pair in self.different.items()})
        if self.empty:
            self.fields[FILL] = _what_to_fill_in(self.empty)
            self.initial[FILL] = list(self.empty)

    def entries(self) -> dict[str, Entry]:
        """Return what to save, by question id, of a valid form."""
        chosen = self.cleaned_data
        settled = {
            pair.question.id: Entry(pair.read, source=Source.PASSPORT)
            if chosen[name] == PASSPORT
            else Entry(pair.answer, source=Source.CONFIRMED)
            for name, pair in self.different.items()
        }
        filled = {name: pair for name, pair in self.empty.items() if name in chosen.get(FILL, ())}
        return settled | {
            pair.question.id: Entry(pair.read, source=Source.PASSPORT) for pair in filled.values()
        }


def _which(pair: Pair) -> ChoiceField:
    return ChoiceField(
        label=str(pair.question.label),
        choices=[(PASSPORT, pair.read_in_words), (MINE, pair.answer_in_words)],
        hints={PASSPORT: gettext("Read from your passport"), MINE: gettext("Your answer")},
        required_message=gettext("Select which is right: %(question)s") % {"question": pair.question.label},
    )


def _what_to_fill_in(pairs: dict[str, Pair]) -> MultipleChoiceField:
    return MultipleChoiceField(
        label=gettext("Fill in these answers from your passport"),
        help_text=gettext("Take the tick away from what is not right."),
        choices=[(name, f"{pair.question.label}: {pair.read_in_words}") for name, pair in pairs.items()],
        required=False,
    )
