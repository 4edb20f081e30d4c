"""Pages that need a sign-in: kept by no browser, and shown to staff after their second factor only."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
WAY_OUT = {"account_logout", "account_inactive"}
# What somebody may open who has proved only the first factor: to set up a second, or to prove it
TO_ENROL = WAY_OUT | {
    "account_email", "account_reauthenticate", "account_change_password", "account_set_password",
    "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
}  # fmt: skip
TO_PROVE = WAY_OUT | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class PrivatePagesMiddleware:
    """What needs a sign-in is kept nowhere, unless its view says for itself how it may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if needs_sign_in(request) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


def needs_sign_in(request: HttpRequest) -> bool:
    """Tell whether the page that was asked for is one of those that LoginRequiredMiddleware guards."""
    match = request.resolver_match
    return match is not None and bool(getattr(match.func, "login_required", True))


class StaffSecondFactorMiddleware:
    """Sends staff to set up a second factor, or to prove it, before any page that needs a sign-in.

    A session counts as proved when a factor was used in it (`mfa` among allauth's authentication records):
    a session made with a password alone, or by other means, is not enough.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.user.is_staff or has_proved(request):
            return None
        if not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if is_mfa_enabled(request.user, FACTORS):
            return None if name in TO_PROVE else suspend_request(request, proof_url(request.user))
        return None if name in TO_ENROL else HttpResponseRedirect(reverse("mfa_index"))


def has_proved(request: HttpRequest) -> bool:
    """Tell whether a second factor, or a passkey, was used in this session."""
    user: Any = request.user
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def proof_url(user: Any) -> str:
    """Return the page on which `user` proves the factor they have, the app before the key."""
    return reverse(
        "mfa_reauthenticate"
        if is_mfa_enabled(user, [Authenticator.Type.TOTP])
        else "mfa_reauthenticate_webauthn"
    )
