from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimesConfig(AppConfig):
    """How long decisions have taken, measured from the cases."""

    name = "embassy.times"
    label = "times"
    verbose_name = _("Processing times")
