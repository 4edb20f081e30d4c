"""The person's own account page, and signing in by a password; everything else is allauth's."""

from http import HTTPStatus
from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consular.accounts.forms import PasswordLoginForm, ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Show and save name and language; lead to what else belongs to the account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:home")
    return render(request, "account/home.html", {"form": form, **ways_to_sign_in(request.user)})


def ways_to_sign_in(user: Any) -> dict[str, Any]:
    """Return what a person has set up to sign in with."""
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return {
        "email": EmailAddress.objects.get_primary_email(user) or user.email,
        "has_password": user.has_usable_password(),
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "has_app": Authenticator.Type.TOTP in kinds,
    }


@require_POST
@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """Let the session last anew, and lead back; a script that asks `quiet`ly stays where it is."""
    request.session.modified = True
    if "quiet" in request.POST:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return redirect(get_next_redirect_url(request) or reverse("portal:home"))


class PasswordLoginView(LoginView):
    """allauth's sign-in with the password asked for: for staff, and for whoever set one."""

    template_name = "account/login_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Leave a sign-in by code that was begun and not ended: allauth would lead back to it."""
        if request.method == "GET" and not request.user.is_authenticated:
            clear_login(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_class(self) -> type[PasswordLoginForm]:
        return PasswordLoginForm


# The mark of a public view is lost by overriding `dispatch`.
password_login = login_not_required(PasswordLoginView.as_view())
