from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "consular.accounts"
    label = "accounts"
    verbose_name = _("People and sign-in")

    def ready(self) -> None:
        from consular.accounts import receivers  # noqa: F401 - connects them
