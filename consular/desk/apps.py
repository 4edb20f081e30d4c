from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "consular.desk"
    label = "desk"
    verbose_name = "Officers' bench"
