from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    name = "visas.policy"
    label = "policy"
    verbose_name = _("The law on visas")
