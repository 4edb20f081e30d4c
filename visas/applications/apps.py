from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "visas.applications"
    label = "applications"
