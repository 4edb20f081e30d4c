from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "consular.notifications"
    label = "notifications"
    verbose_name = "Messages"
