from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Finding what the public site says."""

    name = "embassy.search"
    label = "search"
    verbose_name = _("Search")
