from django.apps import AppConfig


class StartConfig(AppConfig):
    """How another state begins: its folder, what every embassy needs in the database, and what is still to be done."""

    name = "embassy.start"
    label = "start"
