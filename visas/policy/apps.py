from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "visas.policy"
    label = "policy"
