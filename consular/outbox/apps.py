from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "consular.outbox"
    label = "outbox"
    verbose_name = "Work owed"
