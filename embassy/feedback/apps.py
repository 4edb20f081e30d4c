from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """What readers say about pages."""

    name = "embassy.feedback"
    label = "feedback"
    verbose_name = _("Remarks on pages")
