"""What a session may open that began with a code on paper: one application, until an address is confirmed.

How the session began stands among allauth's authentication records. It ends with the code: who deletes it, or makes
another, shuts whoever came in with it out. Who signs in by e-mail, password or passkey
meanwhile, or confirms a new address, has proved who they are: then nothing is closed any more.
"""

import uuid
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import email_confirmed
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from visas.applications import actions
from visas.applications.models import ResumeCode, VisaApplication

METHOD = "resume_code"
PROVES = {"code", "password"}  # And a passkey; a second factor alone does not

# To give and confirm an address, to stay and to leave
WAY_OUT = {
    "account_email", "account_email_verification_sent", "account_reauthenticate", "account_logout",
    "accounts:stay",
}  # fmt: skip
# Of the one application: to look, to answer, to hand in. Not to submit, withdraw, discard or give away
OF_APPLICATION = {
    f"applications:{name}"
    for name in (
        "tasks", "page", "documents", "document_remove", "passport", "passport_first", "passport_state", "check",
        "submitted", "given", "copy_json", "copy_pdf", "receipt", "resumed", "document",
        "document_arrange", "document_replace", "document_page", "document_page_small",
    )
}  # fmt: skip
OF_CASE = {f"portal:{name}" for name in ("case_detail", "case_state", "case_answer", "answer_remove")}


class ResumedSessionMiddleware:
    """Leads a session that began with a code on paper back to its one application."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or (way_in := resumed(request)) is None:
            return None
        if not stands(way_in):
            logout(request)
            return redirect("applications:resume")
        name = request.resolver_match.view_name if request.resolver_match else ""
        return (
            None if is_open(name, kwargs, way_in) else redirect("applications:resumed", way_in["application"])
        )


def is_open(name: str, arguments: dict[str, Any], way_in: dict[str, Any]) -> bool:
    """Tell whether a page is open to a session that began like this."""
    if name in OF_APPLICATION:
        return bool(str(arguments["application_id"]) == way_in["application"])
    if name in OF_CASE:
        return bool(arguments["reference"] == way_in["reference"])
    return name in WAY_OUT or name.startswith("documents:")


def resumed(request: HttpRequest) -> dict[str, Any] | None:
    """Return how the session began, if it began with a code and nothing proved more since."""
    if not request.user.is_authenticated:
        return None
    records = get_authentication_records(request, request.user)
    if any(each["method"] in PROVES or each.get("passwordless") for each in records):
        return None
    return next((each for each in reversed(records) if each["method"] == METHOD), None)


def stands(way_in: dict[str, Any]) -> bool:
    """Tell whether the code with which a session began still opens its application; one query."""
    known = ResumeCode.objects.filter(application=uuid.UUID(way_in["application"]))
    return known.filter(digest=way_in["digest"]).exists()


def begin(request: HttpRequest, code: ResumeCode) -> None:
    """Note that this session begins with the code of an application."""
    application = code.application
    reference = application.case.reference if application.case else ""
    named = {"application": str(application.pk), "reference": reference, "digest": code.digest}
    record_authentication(request, application.applicant, method=METHOD, **named)


@receiver(email_confirmed)
def open_the_rest(request: HttpRequest, email_address: Any, **details: Any) -> None:
    """Let who confirmed an address go everywhere: the code is spent, and every other session of theirs ends."""
    person, way_in = email_address.user, resumed(request)
    if way_in is None or person != request.user:
        return
    application = VisaApplication.objects.filter(pk=uuid.UUID(way_in["application"])).first()
    if application:
        actions.spend_code(application, by=person)
    for session in UserSession.objects.filter(user=person).exclude(session_key=request.session.session_key):
        session.end()
    record_authentication(request, person, method="code", email=email_address.email)
