from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "consular.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        """Read the rules of photos at the start: what is wrong with them is better known now."""
        from consular.documents import photo_rules

        photo_rules.rules()
