from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficialsConfig(AppConfig):
    """The state's own accounts elsewhere, and the warning when one is in other hands."""

    name = "embassy.officials"
    label = "officials"
    verbose_name = _("Official accounts")
