"""A text in every language of the portal, typed into one box a language."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info

from consular.lib.multilingual import Multilingual


class TextsWidget(forms.MultiWidget):
    """One box a language; the name of a box ends in its language: name_fa."""

    template_name = "missions/texts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({code: _box(code, name) for code, name in settings.LANGUAGES}, attrs)

    def decompress(self, value: Any) -> list[str]:
        texts = value if isinstance(value, dict) else {}
        return [texts.get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, (_code, label) in zip(context["widget"]["subwidgets"], settings.LANGUAGES, strict=True):
            box["label"] = label
        return context


class TextsField(forms.MultiValueField):
    """Cleaned to a `Multilingual`; a language without a text is left out."""

    widget = TextsWidget

    def __init__(self, **kwargs: Any) -> None:
        for json_only in ("encoder", "decoder", "show_hidden_initial"):
            kwargs.pop(json_only, None)
        boxes = [forms.CharField(required=False) for _language in settings.LANGUAGES]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> Multilingual:
        codes = (code for code, _name in settings.LANGUAGES)
        return Multilingual({code: text for code, text in zip(codes, data_list, strict=False) if text})


def _box(code: str, name: str) -> forms.Textarea:
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    return forms.Textarea(attrs={"rows": 2, "cols": 60, "lang": code, "dir": direction, "aria-label": name})
