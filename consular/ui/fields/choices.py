"""Fields for a choice: one, several, yes or no, a tick, a state, a nationality."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import countries
from consular.ui import widgets
from consular.ui.fields.base import UiField


class ChoiceField(UiField, forms.ChoiceField):
    """One of a few: radios; with `select` a native select. `hints` by value, for radios."""

    widget = widgets.RadioSelect
    default_error_messages = {
        "required": _("Select %(name)s"),
        "invalid_choice": _("Select one of the answers that are offered"),
    }

    def __init__(
        self,
        *,
        select: bool = False,
        inline: bool = False,
        hints: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        widget = widgets.Select() if select else widgets.RadioSelect(inline=inline, hints=hints)
        super().__init__(**{"widget": widget, **kwargs})

    def validate(self, value: Any) -> None:
        UiField.validate(self, value)
        if value and not self.valid_value(value):
            self.fail("invalid_choice")


class TypedChoiceField(UiField, forms.TypedChoiceField):
    """One of the choices of a model's field, in a native select."""

    widget = widgets.Select
    default_error_messages = ChoiceField.default_error_messages


class ModelChoiceField(UiField, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row of a queryset, in a native select."""

    widget = widgets.Select
    default_error_messages = ChoiceField.default_error_messages


class MultipleChoiceField(UiField, forms.MultipleChoiceField):
    """Any number of a few, as checkboxes; cleaned to a list of values."""

    widget = widgets.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Select at least one answer"),
        "invalid_choice": _("Select only answers that are offered"),
        "invalid_list": _("Select only answers that are offered"),
    }

    def __init__(self, *, hints: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**{"widget": widgets.CheckboxSelectMultiple(hints=hints), **kwargs})

    def validate(self, value: list[str]) -> None:
        UiField.validate(self, value)
        if not all(self.valid_value(each) for each in value):
            self.fail("invalid_choice")


class BooleanField(UiField, forms.BooleanField):
    """One checkbox, such as a declaration; `required` means that it must be ticked."""

    widget = widgets.CheckboxInput
    default_error_messages = {"required": _("Tick the box to go on")}

    def validate(self, value: bool) -> None:  # noqa: FBT001  Django's signature
        if self.required and not value:
            self.fail("required")


class YesNoField(ChoiceField):
    """Yes or no; cleaned to True or False, or to None where it is optional and unanswered."""

    default_error_messages = {"required": _("Select yes or no")}
    values: ClassVar[dict[str, bool]] = {"yes": True, "no": False}

    def __init__(self, **kwargs: Any) -> None:
        choices = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(**{"choices": choices, "inline": True, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return ("yes" if value else "no") if isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        return self.values.get(super().clean(self.prepare_value(value)))


class CountryField(ChoiceField):
    """A state by its three-letter code (`consular.lib.countries`); `first` are the likely ones.

    A name or another code is understood too: text-only pages ask for a word instead of showing a long list.
    """

    default_error_messages = {
        "required": _("Select a country from the list"),
        "invalid_choice": _("Select a country from the list"),
    }
    codes: Collection[str] = countries.STATES

    def __init__(self, *, first: Iterable[str] = (), **kwargs: Any) -> None:
        self.first = tuple(first)
        super().__init__(**{"select": True, "choices": self.offered, **kwargs})

    def to_python(self, value: Any) -> str:
        given = super().to_python(value)
        return countries.find(given, get_language() or "en", self.codes) or given

    def prepare_value(self, value: Any) -> Any:
        return self.to_python(value) if isinstance(value, str) else value

    def offered(self) -> list[tuple[str, Any]]:
        named = countries.choices(self.codes, get_language() or "en", first=self.first)
        return [("", _("Select from the list")), *named]


class NationalityField(CountryField):
    """A nationality: the states, and ICAO's codes for stateless persons, refugees and others."""

    default_error_messages = {
        "required": _("Select a nationality from the list"),
        "invalid_choice": _("Select a nationality from the list"),
    }
    codes = countries.NATIONALITIES
