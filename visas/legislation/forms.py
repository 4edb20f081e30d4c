"""The form of one row of the law, whatever its table: what it asks becomes an edit of a change."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import JSONField, Model, SlugField
from django.forms import modelform_factory
from django.forms.fields import InvalidJSONInput
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import countries
from consular.lib.multilingual import Multilingual, MultilingualField
from consular.ui.fields import CharField
from consular.ui.forms import ModelForm, formfield
from consular.ui.widgets import Textarea
from visas.legislation.rows import columns
from visas.policy.book import current

TEXT_LIMIT = 1000
UNSEEN = {"position"}  # The place in a list: set by the demonstration, of no weight in law


class RowForm(ModelForm):
    """Asks for every column; a text in several languages once for each language.

    Whether the row fits the law is for the rehearsal of the whole change to say, not for the database today.
    """

    edit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    law = forms.CharField(required=False, widget=forms.HiddenInput)  # The digest of the row as the law has it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in texts_of(type(self.instance)):
            texts = getattr(self.instance, field.name) or {}
            for code, name in settings.LANGUAGES:
                self.fields[f"{field.name}_{code}"] = _text_field(field, code, name, texts.get(code, ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day in force is before the first."))
        return data

    def _post_clean(self) -> None:
        for field in texts_of(type(self.instance)):
            texts = {code: self._text(field, code) for code, _ in settings.LANGUAGES}
            setattr(
                self.instance, field.name, Multilingual({code: text for code, text in texts.items() if text})
            )
        super()._post_clean()  # type: ignore[misc]  # The stubs do not know it

    def _text(self, field: Any, code: str) -> str:
        """Return what was typed; what nobody touched stays as it is, down to its blanks."""
        name = f"{field.name}_{code}"
        written: str = (getattr(self.instance, field.name) or {}).get(code, "")
        typed: str = self.cleaned_data.get(name, "")
        return written if written and self.fields[name].to_python(written) == typed else typed

    def validate_unique(self) -> None:
        """Leave it to the rehearsal."""

    def validate_constraints(self) -> None:
        """Leave it to the rehearsal."""


def _text_field(field: Any, code: str, language: str, text: str) -> CharField:
    attrs = {"lang": code, "dir": "rtl" if code in settings.LANGUAGES_BIDI else "ltr", "rows": 2}
    return CharField(
        label=_("%(what)s in %(language)s") % {"what": field.verbose_name.capitalize(), "language": language},
        initial=text,
        required=not field.blank,
        multiline=True,
        max_length=TEXT_LIMIT,
        widget=Textarea(attrs=attrs),
    )


class ScenarioForm(forms.ModelForm):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Offers the codes that the law knows, by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = current()
        self._offer("nationality", countries.choices(countries.NATIONALITIES, get_language() or "en"))
        self._offer("document", [(each.code, str(each.name)) for each in book.travel_documents])
        self._offer("purpose", [(each.code, str(each.name)) for each in book.purposes])
        self._offer("category", [(each.code, f"{each.code} · {each.name}") for each in book.categories])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        self.fields[name] = forms.ChoiceField(
            label=field.label, required=field.required, choices=[("", "–"), *choices]
        )


def row_form(row: Model, data: Any = None, **seen: Any) -> RowForm:
    """Return the form for a row; `seen` are the key and the number of the edit that its reader sees."""
    model = type(row)
    texts = {field.name for field in texts_of(model)}
    names = [
        field.name
        for field in columns(model)
        if field.editable and field.name not in UNSEEN and field.name not in texts
    ]
    form: Any = modelform_factory(model, form=RowForm, fields=names, formfield_callback=_field)
    made: RowForm = form(data, instance=row, initial=seen)
    return made


class ConditionField(forms.JSONField):
    """JSON of any depth that somebody may send."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], params={"value": ""}) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)


def _field(column: Any, **kwargs: Any) -> Any:
    """Make the portal's field for a column; a code is Django's own kind of field, which knows what a code is."""
    if type(column) is JSONField:
        return column.formfield(form_class=ConditionField, **kwargs)
    return column.formfield(**kwargs) if isinstance(column, SlugField) else formfield(column, **kwargs)


def texts_of(model: type[Model]) -> list[Any]:
    return [field for field in columns(model) if isinstance(field, MultilingualField)]
