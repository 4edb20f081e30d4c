"""allauth tells of a new factor by a signal only."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from consular.accounts.middleware import FACTORS


@receiver(authenticator_added)
def count_the_new_factor_as_proved(
    request: HttpRequest, user: Any, authenticator: Any, **details: Any
) -> None:
    """Record that setting up a factor proves it: nobody has to wait for the app’s next code to go on."""
    if request.user.is_authenticated and authenticator.type in FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)
