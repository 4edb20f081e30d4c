"""How allauth's account pages behave here: their mails are owed deliveries, and people keep their language."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from consular.accounts.models import User
from consular.notifications.actions import mail
from consular.ui.templatetags.ui import moment


class AccountAdapter(DefaultAccountAdapter):
    """A request never talks to a mail server; signing up sets the language of messages."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail; its words are in templates/emails/account/<the last part of allauth's prefix>/."""
        name = template_prefix.rpartition("/")[2]
        if (
            name == "unknown_account"
            and User.objects.filter(email=email, is_staff=True, is_active=True).exists()
        ):
            name = "staff_sign_in"
        if "timestamp" in context:
            context = {**context, "moment": moment(context["timestamp"])}
        mail(
            f"account/{name}",
            address=email,
            language=language_now(),
            context=context,
            within=usefulness(context),
        )

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        user.language = language_now()
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to their bench, everybody else to their applications."""
        return (
            reverse("admin:index") if request.user.is_staff else str(super().get_login_redirect_url(request))
        )

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the passkey first to whoever has no authenticator app to read a code from."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            methods.sort(key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")
        return methods


def language_now() -> str:
    return get_language() or settings.LANGUAGE_CODE


def usefulness(context: dict[str, Any]) -> timedelta | None:
    """Return for how long a mail is of use: a code, as long as it is valid."""
    return timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) if "code" in context else None
