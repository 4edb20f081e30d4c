from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "consular.documents"
    label = "documents"
    verbose_name = "Documents"
