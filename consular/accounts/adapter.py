"""How allauth's second factors are kept here: their secrets encrypted, their pages with the embassy's name."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext

from consular.lib.encryption import decrypt, encrypt

PURPOSE = "mfa.authenticator"


class MFAAdapter(DefaultMFAAdapter):
    """Authenticator secrets and the seeds of recovery codes never stand in the database in clear."""

    def encrypt(self, text: str) -> str:
        return encrypt(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, purpose=PURPOSE)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's word
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Device %(number)s") % {"number": number}

    def get_totp_issuer(self) -> str:
        return str(settings.EMBASSY_NAME)
