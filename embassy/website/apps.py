from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The public pages that need no account."""

    name = "embassy.website"
    label = "website"
