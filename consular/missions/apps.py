from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "consular.missions"
    label = "missions"
    verbose_name = "Missions"
