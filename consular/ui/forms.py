"""The base of all forms of the portal, and how they are drawn."""

from typing import Any, NamedTuple

from django import forms
from django.forms.models import ModelFormMetaclass as DjangoModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils.functional import cached_property
from django.utils.translation import gettext

from consular.ui import fields as ui_fields, widgets


class Problem(NamedTuple):
    """One line of the error summary: the message, and the id of the control it is about."""

    message: str
    target: str


class BoundField(forms.BoundField):
    """A field as the templates in ui/forms draw it. Plain Django fields look alike."""

    @property
    def control(self) -> str:
        """The widget with the classes of the design system, for fields that are not ours."""
        return self.as_widget(attrs=self.control_attrs())

    def control_attrs(self) -> dict[str, Any]:
        base = _BASE_CLASSES.get(getattr(self.field.widget, "input_type", ""), "govuk-input")
        if isinstance(self.field.widget, forms.Textarea):
            base = "govuk-textarea"
        if isinstance(self.field.widget, forms.Select) and not self.use_fieldset:
            base = "govuk-select"
        return {"class": self.css(base)}

    def css(self, base: str) -> str:
        own = self.field.widget.attrs.get("class", "")
        width = getattr(self.field, "width", "")
        sized = f"{base}--width-{width}" if isinstance(width, int) else ""
        wrong = f"{base}--error" if self.errors else ""
        return " ".join(each for each in (base, own, sized, wrong) if each)

    @property
    def heading(self) -> str:
        """The label, which says so where an answer is optional."""
        boolean = isinstance(self.field, forms.BooleanField)
        if self.field.required or boolean or not self.form.show_optional:
            return self.label
        return gettext("%(label)s (optional)") % {"label": self.label}

    @property
    def size(self) -> str:
        large = "l" if getattr(self.field, "label_is_heading", False) else ""
        return getattr(self.field, "label_size", "") or large

    @property
    def info_id(self) -> str:
        """The id of the line that counts characters, if there is one."""
        return f"{self.auto_id}-info" if self.counts else ""

    @property
    def counts(self) -> bool:
        return bool(getattr(self.field, "multiline", False) and self.field.max_length)

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        return f"{described or ''} {self.info_id}".strip() or None

    @property
    def target(self) -> str:
        """The id that the error summary links to."""
        return self.id_for_label or self.auto_id


_BASE_CLASSES = {
    "checkbox": "govuk-checkboxes__input",
    "file": "govuk-file-upload",
    "radio": "govuk-radios__input",
    "select": "govuk-select",
}


class Renderer(TemplatesSetting):
    """The portal's FORM_RENDERER. The admin draws its forms itself and is not touched."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = BoundField


class UiForm(forms.BaseForm):
    """What `Form` and `ModelForm` share."""

    default_renderer = Renderer
    bound_field_class = BoundField
    use_required_attribute = False  # The browser's bubbles speak the browser's language.
    show_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = pretty_name(name) if field.label is None else field.label

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the page, for components/error_summary.html."""
        ordered = [(None, self.non_field_errors())]
        ordered += [(self[name], self[name].errors) for name in self.fields]
        return [
            Problem(message, field.target if field is not None else "")
            for field, messages in ordered
            for message in messages
        ]


class Form(UiForm, forms.Form):
    """The base of forms that are not about one model."""


def formfield(db_field: Any, **kwargs: Any) -> forms.Field | None:
    """The portal's form field for a model's field: text is tidied, dates have three boxes."""
    kind = db_field.get_internal_type()
    if kind in _FORM_FIELDS and not db_field.choices:
        kwargs.setdefault("form_class", _FORM_FIELDS[kind])
    return db_field.formfield(**kwargs)


_FORM_FIELDS = {"DateField": ui_fields.DateField, "BooleanField": ui_fields.BooleanField}


class ModelFormMetaclass(DjangoModelFormMetaclass):
    """Gives every ModelForm our `formfield`, unless its Meta names another callback."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(formfield)
        return super().__new__(mcs, name, bases, attrs)


class ModelForm(UiForm, forms.ModelForm, metaclass=ModelFormMetaclass):
    """The base of forms about one model."""
