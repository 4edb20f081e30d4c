from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegislationConfig(AppConfig):
    """How the law changes: prepared by one, put in force by another."""

    name = "visas.legislation"
    label = "legislation"
    verbose_name = _("Changes of the law")
