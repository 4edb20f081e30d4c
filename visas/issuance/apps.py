from django.apps import AppConfig


class IssuanceConfig(AppConfig):
    name = "visas.issuance"
    label = "issuance"
    verbose_name = "E-visas"
