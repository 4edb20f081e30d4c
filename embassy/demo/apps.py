from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration's data and the commands that load it."""

    name = "embassy.demo"
    label = "demo"
