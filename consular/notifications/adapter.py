"""How allauth's account pages behave here: their mails are owed deliveries, and people keep their language."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from consular.notifications.actions import mail


class AccountAdapter(DefaultAccountAdapter):
    """A request never talks to a mail server; signing up sets the language of messages."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail; its words are templates/emails/account/<the last part of allauth's prefix>/."""
        name = template_prefix.rpartition("/")[2]
        mail(
            f"account/{name}",
            address=email,
            language=get_language() or settings.LANGUAGE_CODE,
            context=context,
            within=timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) if "code" in context else None,
        )

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)
