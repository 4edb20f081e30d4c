from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system: fields, widgets, template tags, layouts' context."""

    name = "consular.ui"
    label = "ui"
