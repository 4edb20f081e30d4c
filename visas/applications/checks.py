"""The automatic checks of a submitted visa application: evidence for the officer, never a decision."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from consular.cases.kinds import BESIDE, Finding
from consular.cases.models import Attachment, Case
from consular.cases.status import CheckResult
from consular.documents.models import Document
from consular.lib.mrz import names_agree
from visas.applications.context import AUTHORISATION, answers_of, authorisation_rule
from visas.applications.models import Traveller, VisaApplication
from visas.applications.passport import names_may_be_cut
from visas.policy import rules as policy
from visas.policy.book import current

Answers = Mapping[str, Any]
Check = Callable[[VisaApplication, Answers], Finding | None]

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

# What is only in some categories
LABELS |= {
    "authorisation": _("Nationality may travel with an electronic authorisation"),
    "course": _("Stay and course"),
    "permit-ends": _("Stay and work permit"),
    "project": _("Stay and hosting agreement"),
    "relative": _("Residence of the relative"),
    "patient": _("Application of the patient"),
    "note": _("Note verbale"),
    "urgent": _("Needed soon"),
    "declared": _("Told by the applicant: please read"),
    "leaves": _("Leaves on"),
    "ends": _("Ends on"),
    "by": _("Must be there by"),
    "note_on": _("Date of the note"),
    "security.health": _("Health"),
    "security.crime": _("Conviction or prosecution"),
    "security.harm": _("Terrorism, torture, war crimes or spying"),
    "security.overstay": _("Stay without permission"),
    "security.false": _("False papers or statements"),
    "security.other": _("Something else"),
    "travel.refused": _("Refusal by another country"),
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
    answers = answers_of(application).submitted()
    for check in (*OF_CATEGORY.get(application.category, ()), declared):
        if finding := check(application, answers):
            yield finding


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
    """Compare the days asked for with what the category allows, or the rule for the nationality with an authorisation."""
    trip = application.trip
    longest = _longest_stay(application)
    fits = longest is None or trip.days <= longest
    evidence = {"asked": str(trip.days), "longest": str(longest or "")}
    return Finding("stay", CheckResult.PASSED if fits else CheckResult.FAILED, evidence)


def _longest_stay(application: VisaApplication) -> int | None:
    book, arrives_on = current(), application.trip.arrives_on
    category = book.category(application.category)
    if category.code == AUTHORISATION:
        answers = answers_of(application).submitted()
        if rule := authorisation_rule(answers, arrives_on, book):
            return policy.longest(rule, category, book)
    return policy.longest_stay(category, book=book)


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


# Of some categories ---------------------------------------------------------------------------


def authorisation(application: VisaApplication, answers: Answers) -> Finding:
    """Pass when the law lets this nationality travel with an authorisation."""
    rule = authorisation_rule(answers, application.trip.arrives_on, current())
    return Finding(
        "authorisation",
        CheckResult.PASSED if rule else CheckResult.FAILED,
        {"nationality": application.traveller.nationality},
    )


def ends_with(
    code: str, question: str, *, days: int = 0, otherwise: CheckResult = CheckResult.FAILED
) -> Check:
    """Return a check that the stay ends on the day of an answer, or so many `days` later, or before."""

    def check(application: VisaApplication, answers: Answers) -> Finding | None:
        ends, leaves = answers.get(question), application.trip.leaves_on
        if ends is None:
            return None
        result = CheckResult.PASSED if leaves <= ends + timedelta(days) else otherwise
        return Finding(code, result, {"leaves": plain(leaves), "ends": plain(ends)})

    return check


def patient(application: VisaApplication, answers: Answers) -> Finding | None:
    """Look for the application of the patient whom a companion names by the passport's number."""
    number = answers.get("patient.passport")
    if number is None:
        return None
    found = Traveller.objects.filter(passport_number=number, application__category=application.category)
    references = [
        each.application.submitted_case.spaced_reference for each in found.select_related("application__case")
    ]
    return Finding(
        "patient", CheckResult.PASSED if references else CheckResult.LOOK, dict.fromkeys(references, "")
    )


def note(application: VisaApplication, answers: Answers) -> Finding:
    """Show the note's number and date: an officer compares them with the register."""
    evidence = {"note_on": plain(answers["official.note_on"]), answers["official.note"]: ""}
    return Finding("note", CheckResult.LOOK, evidence)


def urgent(application: VisaApplication, answers: Answers) -> Finding:
    """Ask for a look when the traveller must be there within days."""
    by = answers["urgent.by"]
    soon = by <= application.sheet.day + timedelta(SOON)
    return Finding("urgent", CheckResult.LOOK if soon else CheckResult.PASSED, {"by": plain(by)})


def declared(application: VisaApplication, answers: Answers) -> Finding | None:
    """Name the security questions and refusals with a Yes; nothing for categories that do not ask them."""
    asked = [name for name in TOLD if name in answers]
    if not asked:
        return None
    yes = [name for name in asked if answers[name]]
    return Finding("declared", CheckResult.LOOK if yes else CheckResult.PASSED, dict.fromkeys(yes, ""))


SOON = 3  # days
TOLD = [name for name in LABELS if name.startswith(("security.", "travel."))]
OF_CATEGORY: dict[str, tuple[Check, ...]] = {
    AUTHORISATION: (authorisation,),
    "ST": (ends_with("course", "study.ends_on", days=30),),
    "WK": (ends_with("permit-ends", "job.permit_until"),),
    "RS": (ends_with("project", "research.ends_on", days=30, otherwise=CheckResult.LOOK),),
    "FM": (ends_with("relative", "reunion.permit_until"),),
    "MD": (patient,),
    "OF": (note,),
    "HU": (urgent,),
}
