from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Fills the status lists and the head of the log into the trust bundle."""

    name = "visas.registry"
    label = "registry"
    verbose_name = _("Register of visas")

    def ready(self) -> None:
        from visas.registry import heads, status_lists
        from visas.seals.bundle import contribute

        contribute("status_lists", status_lists.status_list_jwts)
        contribute("tree_head", heads.tree_head)
