"""The automatic checks of a submitted visa application: evidence for the officer, never a decision."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from consular.cases.kinds import BESIDE, Finding
from consular.cases.models import Attachment, Case
from consular.cases.status import CheckResult
from consular.documents.models import Document
from consular.lib.mrz import names_agree
from visas.applications.models import Traveller, VisaApplication
from visas.applications.passport import names_may_be_cut
from visas.policy import rules as policy

LABELS = {
    "passport-read": _("Machine-readable zone of the passport"),
    "passport-agrees": _("Answers and passport"),
    "passport-validity": _("Passport valid long enough"),
    "documents": _("Documents readable and safe"),
    "stay": _("Length of stay"),
    "earlier": _("Earlier applications with this passport"),
    # What they compared
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "number": _("Passport number"),
    "nationality": _("Nationality"),
    "birth_on": _("Date of birth"),
    "sex": _("Sex"),
    "expires_on": _("Expires on"),
    "expires": _("Passport expires"),
    "needed": _("Needed until"),
    "asked": _("Days asked for"),
    "longest": _("Days allowed"),
}

COMPARED = {
    "number": "passport_number",
    "nationality": "nationality",
    "birth_on": "birth_on",
    "sex": "sex",
    "expires_on": "passport_expires_on",
}


def all_checks(application: VisaApplication) -> Iterator[Finding]:
    """Run every check on a submitted application; reads only."""
    case = application.submitted_case
    passport = passport_fields(case)
    yield passport_read(passport)
    if passport:
        yield passport_agrees(application.traveller, passport)
    yield passport_validity(application)
    yield documents(case)
    yield stay(application)
    yield earlier(application)


def passport_fields(case: Case) -> dict[str, Any]:
    """Return what was read from the newest clean passport page; {} when nothing was."""
    pages = case.attachments.filter(purpose="passport", document__state=Document.State.CLEAN)
    newest: Attachment | None = pages.select_related("document").order_by("-pk").first()
    return dict(newest.document.fields) if newest else {}


def passport_read(fields: dict[str, Any]) -> Finding:
    if not fields:
        return Finding("passport-read", CheckResult.LOOK)
    return Finding("passport-read", CheckResult.PASSED, {"": "\n".join(fields.get("lines", []))})


def passport_agrees(traveller: Traveller, fields: dict[str, Any]) -> Finding:
    """Compare field by field; the evidence holds what the applicant said beside what the passport says, where they differ."""
    evidence = {
        read: f"{plain(getattr(traveller, answered))}{BESIDE}{fields.get(read, '')}"
        for read, answered in COMPARED.items()
        if plain(getattr(traveller, answered)) != str(fields.get(read, ""))
    }
    for part in ("surname", "given_names"):
        said, read = getattr(traveller, part), fields.get(part, "")
        if (said or read) and not names_agree(read, said, cut=names_may_be_cut(fields)):
            evidence[part] = f"{said}{BESIDE}{read}"
    return Finding("passport-agrees", CheckResult.FAILED if evidence else CheckResult.PASSED, evidence)


def plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def passport_validity(application: VisaApplication) -> Finding:
    needed = policy.passport_must_be_valid_until(application.trip.leaves_on)
    expires = application.traveller.passport_expires_on
    result = CheckResult.PASSED if expires >= needed else CheckResult.FAILED
    return Finding("passport-validity", result, {"expires": plain(expires), "needed": plain(needed)})


def documents(case: Case) -> Finding:
    """Pass when every document is clean, look while one is in quarantine, fail when one was refused."""
    troubled = case.attachments.exclude(document__state=Document.State.CLEAN)
    refused = troubled.filter(document__state=Document.State.REFUSED).exists()
    purposes = sorted(set(troubled.values_list("purpose", flat=True)))
    result = CheckResult.FAILED if refused else CheckResult.LOOK if purposes else CheckResult.PASSED
    return Finding("documents", result, dict.fromkeys(purposes, ""))


def stay(application: VisaApplication) -> Finding:
    longest = policy.longest_stay(policy.category(application.category))
    fits = longest is None or application.trip.days <= longest
    evidence = {"asked": str(application.trip.days), "longest": str(longest or "")}
    return Finding("stay", CheckResult.PASSED if fits else CheckResult.FAILED, evidence)


def earlier(application: VisaApplication) -> Finding:
    """Look when the same passport stands in another case."""
    others = Traveller.objects.filter(passport_number=application.traveller.passport_number).exclude(
        application=application
    )
    references = [
        other.application.submitted_case.spaced_reference
        for other in others.select_related("application__case")
    ]
    return Finding(
        "earlier", CheckResult.LOOK if references else CheckResult.PASSED, dict.fromkeys(references, "")
    )
