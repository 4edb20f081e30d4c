"""allauth's forms with the portal's fields: plain words, digits of any script, and no code by email for staff."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField as AnyPasswordField, SetPasswordField
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.conf import settings
from django.forms import PasswordInput
from django.utils.translation import gettext_lazy as _

from consular.accounts.models import User
from consular.lib.limits import allow
from consular.ui.fields import BooleanField, CharField, ChoiceField, EmailField
from consular.ui.forms import ModelForm

LONGEST_NAME = 150
GUESSES_OF_A_CODE = 3
CODE_LIFE_SECONDS = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT


class AddressField(EmailField):
    """An email address as accounts keep it: in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Email address"), **kwargs})

    def tidy(self, value: str) -> str:
        return super().tidy(value).lower()


class OneTimeCodeField(CharField):
    """A code from an email or an authenticator app; the digits may be Persian or Arabic."""

    latin = True
    control = {"dir": "ltr", "inputmode": "numeric", "spellcheck": "false"}

    def __init__(self, **kwargs: Any) -> None:
        words = {"label": _("Code"), "required_message": _("Enter the code"), "autocomplete": "one-time-code"}
        super().__init__(**{**words, "width": 10, "max_length": 40, **kwargs})

    def tidy(self, value: str) -> str:
        return super().tidy(value).replace(" ", "")


class PasswordField(AnyPasswordField):
    """A password as typed: nothing is tidied."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Password"))
        purpose = kwargs.pop("autocomplete", "current-password")
        super().__init__(*args, **{"help_text": "", **kwargs})
        self.widget = PasswordInput(attrs={"autocomplete": purpose, "dir": "ltr"})
        self.error_messages["required"] = _("Enter your password")


class NewPasswordField(SetPasswordField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        advice = _(
            "At least 12 characters. Three or four words that have nothing to do with each other are good."
        )
        super().__init__(*args, **{"label": _("New password"), "help_text": advice, **kwargs})
        self.widget = PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"})
        self.error_messages["required"] = _("Enter a new password")


class OneNewPassword:
    """Ask for a new password once: whoever slips asks for a new link or code."""

    fields: dict[str, Any]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"] = NewPasswordField()
        self.fields["password1"].user = self.user
        del self.fields["password2"]


def code_may_go_to(user: Any) -> bool:
    """Tell whether a person may sign in by a code alone; staff use a password and a second factor, or a passkey."""
    return not user.is_staff


class LoginForm(account.LoginForm):
    """Sign in by a code: the address is all that is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()

    def _clean_without_password(self, email: str | None, phone: str | None) -> Any:
        cleaned = super()._clean_without_password(email, phone)
        if self.user and not code_may_go_to(self.user):
            self.user = None  # As with an unknown address; the mail says what to do (AccountAdapter).
        return cleaned


class PasswordLoginForm(account.LoginForm):
    """Sign in by address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.fields["password"] = PasswordField(autocomplete="current-password")


class AsksForAddress:
    """A form of allauth's with our field for the e-mail address."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()


class RequestLoginCodeForm(AsksForAddress, account.RequestLoginCodeForm):
    def clean_email(self) -> str:
        email = str(super().clean_email())
        if self._user and not code_may_go_to(self._user):
            self._user = None
        return email


class SignupForm(account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField(
            help_text=_("We send you a code to this address. You need no password.")
        )


def count_guess(code: str | None) -> None:
    """Count a guess in the shared cache: allauth counts in the session, which parallel guesses slip past."""
    if code and not allow("code", code, tries=GUESSES_OF_A_CODE, seconds=CODE_LIFE_SECONDS):
        raise get_adapter().validation_error("too_many_login_attempts")


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):
    code = OneTimeCodeField()

    def clean_code(self) -> str:
        count_guess(self.expected_code)
        return str(super().clean_code())


class ConfirmEmailCodeForm(account.ConfirmEmailVerificationCodeForm):
    code = OneTimeCodeField()

    def clean_code(self) -> str:
        count_guess(self.expected_code)
        return str(super().clean_code())


class ChangeEmailForm(AsksForAddress, account.ChangeEmailForm):
    """Another address while the first one is not confirmed."""


class AddEmailForm(AsksForAddress, account.AddEmailForm):
    """The new address of an account."""


class ResetPasswordForm(AsksForAddress, account.ResetPasswordForm):
    """Where to send the link for a new password."""


class ResetPasswordKeyForm(OneNewPassword, account.ResetPasswordKeyForm):
    """A new password after "I forgot it"."""


class SetPasswordForm(OneNewPassword, account.SetPasswordForm):
    """The first password of somebody who signed in by codes."""


class ChangePasswordForm(OneNewPassword, account.ChangePasswordForm):
    oldpassword = PasswordField(label=_("Current password"), autocomplete="current-password")


class ReauthenticateForm(account.ReauthenticateForm):
    password = PasswordField(autocomplete="current-password")


class AuthenticateForm(factors.AuthenticateForm):
    code = OneTimeCodeField(
        help_text=_("The six digits in your authenticator app, or one of your recovery codes")
    )


class ReauthenticateFactorForm(factors.ReauthenticateForm):
    code = OneTimeCodeField(
        help_text=_("The six digits in your authenticator app, or one of your recovery codes")
    )


class ActivateTOTPForm(totp.ActivateTOTPForm):
    code = OneTimeCodeField(label=_("The six digits that the app shows now"))


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    """A passkey by default: the device asks for a fingerprint, a face or a PIN, so it is two factors in one."""

    name = CharField(label=_("Name of the device"), help_text=_("So that you know it again"), required=False,
                     max_length=60)  # fmt: skip
    passwordless = BooleanField(
        label=_("Let me sign in with this device alone (passkey)"), required=False, initial=True
    )


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    name = CharField(label=_("Name of the device"), max_length=60)


class ProfileForm(ModelForm):
    """What a person tells about themselves, and the language in which we write to them."""

    name = CharField(label=_("Your name"), help_text=_("As we should address you"), required=False,
                     max_length=LONGEST_NAME, autocomplete="name")  # fmt: skip
    language = ChoiceField(label=_("Language of our messages"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "language"]
