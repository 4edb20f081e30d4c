"""What kinds of text can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PAGE = "page", _("Page")
    VISA = "visa", _("Visa")
    POST = "post", _("Embassy or post")
    ALERT = "alert", _("Alert")
    QUESTION = "question", _("Question and answer")
    NEWS = "news", _("News")
