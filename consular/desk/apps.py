from django.apps import AppConfig
from django.contrib.admin import (
    apps as admin_apps,  # The class itself, in this module, would be taken for ours
)
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "consular.desk"
    label = "desk"
    verbose_name = _("Officers' bench")


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our own site; stands in INSTALLED_APPS for `django.contrib.admin`."""

    default = False
    default_site = "consular.desk.site.DeskSite"
