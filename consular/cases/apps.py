from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Casework asks to be told when a document is settled, to check its case again."""

    name = "consular.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from consular.cases.actions.check import owe_check_of_document
        from consular.cases.uses import use_of
        from consular.documents.listeners import on_processed
        from consular.documents.uses import told_by

        on_processed(owe_check_of_document)
        told_by(use_of)
