"""The base of all forms of the portal, and how they are drawn."""

from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.forms.models import ModelFormMetaclass as DjangoModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt, pretty_name
from django.utils.translation import gettext

from consular.ui import fields as ui_fields, widgets


class Problem(NamedTuple):
    """One line of the error summary: the message, and the id of the control it is about."""

    message: str
    target: str


# The script warns on the console where a language's plural form is missing; ours are all alike.
PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")


class BoundField(forms.BoundField):
    """A field as the templates in ui/forms draw it; plain Django fields (allauth's) look alike."""

    @property
    def control(self) -> str:
        """The widget with the classes of the design system."""
        return self.as_widget(attrs={"class": self.control_class})

    @property
    def control_class(self) -> str:
        base, width = _base_class(self.field.widget), getattr(self.field, "width", "")
        own = self.field.widget.attrs.get("class", "")
        sized = f"{base}--width-{width}" if width else ""
        wrong = f"{base}--error" if self.errors else ""
        counted = "govuk-js-character-count" if self.counts else ""
        return " ".join(each for each in (base, own, sized, wrong, counted) if each)

    @property
    def heading(self) -> str:
        """The label; it says so where an answer is optional."""
        silent = self.field.required or isinstance(self.field, forms.BooleanField)
        if silent or not getattr(self.form, "show_optional", False):
            return str(self.label)
        return gettext("%(label)s (optional)") % {"label": self.label}

    @property
    def size(self) -> str:
        """The size of the label: s, m, l or xl."""
        is_heading = getattr(self.field, "label_is_heading", False)
        return getattr(self.field, "label_size", "") or ("l" if is_heading else "s")

    @property
    def counts(self) -> int | None:
        """The limit to count characters against, for texts of several lines."""
        multiline = getattr(self.field, "multiline", False)
        return getattr(self.field, "max_length", None) if multiline else None

    @property
    def counter_attributes(self) -> str:
        """What the script needs to count; it writes numbers in the reader's digits itself."""
        if not self.counts:
            return ""
        module = {"data-module": "govuk-character-count", "data-maxlength": self.counts}
        none_left = {"data-i18n.characters-at-limit": gettext("No characters left")}
        return flatatt({**module, **none_left, **_counter_texts()})

    @property
    def info_id(self) -> str:
        return f"{self.auto_id}-info" if self.counts else ""

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        return " ".join(each for each in (described, self.info_id) if each) or None

    @property
    def target(self) -> str:
        """The id that the error summary and the label lead to."""
        return self.id_for_label or self.auto_id


def _counter_texts() -> dict[str, str]:
    sides = {"under": gettext("Characters left: {count}"), "over": gettext("Characters too many: {count}")}
    return {
        f"data-i18n.characters-{side}-limit.{form}": text.replace("{", "%{")
        for side, text in sides.items()
        for form in PLURAL_FORMS
    }


def _base_class(widget: forms.Widget) -> str:
    for kind, name in _CLASSES:
        if isinstance(widget, kind):
            return name
    return "govuk-input"


_CLASSES = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.RadioSelect, "govuk-radios"),
    (forms.Select, "govuk-select"),
)


class Renderer(TemplatesSetting):
    """The portal's FORM_RENDERER. The admin draws its forms itself and does not notice it."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = BoundField


class UiForm(forms.BaseForm):
    """What `Form` and `ModelForm` share."""

    default_renderer = Renderer
    use_required_attribute = False  # The browser's own bubbles speak the browser's language.
    show_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = pretty_name(name) if field.label is None else field.label

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the page, for components/error_summary.html."""
        return problems(self)


def problems(form: forms.BaseForm) -> list[Problem]:
    """`Form.problems` for forms that are not ours, such as allauth's."""
    general = [Problem(str(message), "") for message in form.non_field_errors()]
    return general + [
        Problem(str(message), getattr(field, "target", field.auto_id))
        for field in (form[name] for name in form.fields)
        for message in field.errors
    ]


class Form(UiForm, forms.Form):
    """The base of forms that are not about one model."""


# The first kind of model field that fits decides.
_FORM_FIELDS: "tuple[tuple[type[models.Field[Any, Any]], dict[str, Any]], ...]" = (
    (models.EmailField, {"form_class": ui_fields.EmailField}),
    (models.CharField, {"form_class": ui_fields.CharField}),
    (
        models.TextField,
        {"form_class": ui_fields.CharField, "multiline": True, "widget": widgets.Textarea},
    ),
    (models.BooleanField, {"form_class": ui_fields.BooleanField}),
    (models.DateTimeField, {}),
    (models.DateField, {"form_class": ui_fields.DateField}),
    (models.IntegerField, {"form_class": ui_fields.IntegerField}),
    (models.ForeignKey, {"form_class": ui_fields.ModelChoiceField}),
)


def formfield(db_field: Any, **kwargs: Any) -> forms.Field | None:
    """Make the portal's form field for a model's field: text is tidied, dates have three boxes."""
    ours = next((made for kind, made in _FORM_FIELDS if isinstance(db_field, kind)), {})
    if getattr(db_field, "choices", None):
        ours = {"choices_form_class": ui_fields.TypedChoiceField}
    field: forms.Field | None = db_field.formfield(**{**ours, **kwargs})
    return field


class ModelFormMetaclass(DjangoModelFormMetaclass):
    """Gives every ModelForm our `formfield`, unless its Meta names another callback."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(formfield)
        return super().__new__(mcs, name, bases, attrs)


class ModelForm(UiForm, forms.ModelForm, metaclass=ModelFormMetaclass):  # type: ignore[type-arg]
    """The base of forms about one model."""
