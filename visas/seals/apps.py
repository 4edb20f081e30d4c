from django.apps import AppConfig


class SealsConfig(AppConfig):
    name = "visas.seals"
    label = "seals"
