from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "consular.accounts"
    label = "accounts"
    verbose_name = "People and sign-in"

    def ready(self) -> None:
        from consular.accounts import receivers  # noqa: F401 - connects them
