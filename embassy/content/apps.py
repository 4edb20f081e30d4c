from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """The pages of the public site that staff write, translate and approve."""

    name = "embassy.content"
    label = "content"
    verbose_name = _("Pages")
