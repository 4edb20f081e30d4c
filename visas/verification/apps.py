from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "visas.verification"
    label = "verification"
    verbose_name = _("Checks of visas")
