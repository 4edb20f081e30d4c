from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "visas.verification"
    label = "verification"
    verbose_name = "Checks of visas"
