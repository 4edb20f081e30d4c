"""Issue the e-visa of an approved application, step by step; once, however often it is run and wherever it stops.

record → place in a status list → seal → leaf in the log → paper → the portal's own look at it → signature → kept.
Each step asks whether it is done, does it under a lock on the visa's row, and keeps what it made: whoever comes
next, in this process or another, goes on from there. Only a paper that passed its check is kept, and only a visa
whose paper is kept is shown to anybody.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib import mrz
from consular.lib.seal.results import WrongFormatError
from consular.notifications.actions import post
from visas.applications.models import VisaApplication
from visas.issuance import checking, papers, sealing
from visas.issuance.models import EVisa, new_number
from visas.issuance.status import Fault, RevocationReason
from visas.registry import actions as registry
from visas.seals import pades
from visas.seals.signing import NoKeyError
from visas.seals.status import State


class FaultyPaperError(Exception):
    """The portal's own check found something; the visa's `faults` say what."""


def issue(application: VisaApplication) -> EVisa:
    """Issue, or go on issuing; `FaultyPaperError` when something is wrong with the seal or the paper."""
    evisa = ensure_record(application)
    if evisa.is_ready or evisa.revoked_at:
        return evisa
    try:
        for step in (ensure_place, ensure_seal, ensure_leaf):
            evisa = step(evisa.pk)
        refuse_if(evisa, checking.faults_of_seal(evisa, on=timezone.localdate()))
        store_paper(evisa, signed_paper(evisa))
    except WrongFormatError as error:
        raise note_faults(evisa, [Fault.FIELDS]) from error
    except NoKeyError as error:
        raise note_faults(evisa, [Fault.KEY]) from error
    return evisa


# The record


@transaction.atomic
def ensure_record(application: VisaApplication) -> EVisa:
    """Return the application's newest e-visa, creating it when there never was one, or the newest is to be replaced."""
    application = VisaApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
    newest = application.evisas.order_by("-pk").first()
    if newest is None or (newest.revocation_reason == RevocationReason.REPLACED and newest.revoked_at):
        return create_record(application, newest)
    return newest


def create_record(application: VisaApplication, replaces: EVisa | None = None) -> EVisa:
    terms, number = application.submitted_case.decision.conditions, new_number()
    evisa = EVisa.objects.create(
        number=number,
        application=application,
        replaces=replaces,
        category=application.category,
        valid_from=terms["valid_from"],
        valid_until=terms["valid_until"],
        entries=terms["entries"],
        stay_days=terms["stay_days"],
        mrz="\n".join(mrz_lines(application, number, terms["valid_until"])),
    )
    evisa.refresh_from_db()
    record("evisa.created", evisa, number=number, reference=application.submitted_case.reference)
    return evisa


def mrz_lines(application: VisaApplication, number: str, valid_until: str) -> list[str]:
    """Return the two lines of the MRV-B (ICAO 9303-7 §5): names as in the passport's own zone."""
    person = application.traveller
    return list(
        mrz.mrv_b(
            state=settings.ISSUING_STATE,
            surname=person.surname,
            given_names=person.given_names,
            number=number,
            nationality=person.nationality,
            birth=person.birth_on,
            sex=person.sex,
            expiry=date.fromisoformat(valid_until),
        )
    )


# The seal


@transaction.atomic
def ensure_place(pk: int) -> EVisa:
    """Give the visa its place in a status list; it has the same place for ever."""
    evisa = locked(pk)
    if evisa.status_index is None:
        evisa.status_list, evisa.status_index = registry.allot(evisa.number)
        evisa.save(update_fields=["status_list", "status_index"])
    return evisa


@transaction.atomic
def ensure_seal(pk: int) -> EVisa:
    """Seal the visa; again, if the key of its seal was revoked before anybody had the paper."""
    evisa = locked(pk)
    key = evisa.seal_key
    if key is None or (key.state == State.REVOKED and not evisa.is_ready):
        evisa.seal, evisa.seal_key = sealing.sealed(evisa)
        evisa.log_entry = None
        evisa.save(update_fields=["seal", "seal_key", "log_entry"])
        record("evisa.sealed", evisa, number=evisa.number, key=evisa.seal_key.reference)
    return evisa


@transaction.atomic
def ensure_leaf(pk: int) -> EVisa:
    """Enter the seal into the log."""
    evisa = locked(pk)
    if evisa.log_entry is None:
        evisa.log_entry = registry.append_leaf(evisa.number, bytes(evisa.seal or b""))
        evisa.save(update_fields=["log_entry"])
    return evisa


def locked(pk: int) -> EVisa:
    related = (
        "application__traveller",
        "application__case__mission",
        "application__case__decision",
        "seal_key",
    )
    return EVisa.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)


# The paper


def signed_paper(evisa: EVisa) -> bytes:
    """Return the paper, checked before it was signed and after."""
    pdf = papers.evisa_pdf(evisa)
    refuse_if(evisa, checking.faults_of_paper(evisa, pdf))
    signed = pades.sign(pdf, name=str(settings.EMBASSY_NAME), reason=f"e-visa {evisa.number}")
    refuse_if(evisa, checking.faults_of_file(signed))
    return signed


def refuse_if(evisa: EVisa, faults: Iterable[Fault]) -> None:
    if found := list(faults):
        raise note_faults(evisa, found)


@transaction.atomic
def note_faults(evisa: EVisa, faults: list[Fault]) -> FaultyPaperError:
    """Keep what is wrong for the bench, and return the error to raise. To the applicant it is still being prepared."""
    EVisa.objects.filter(pk=evisa.pk, paper="").update(faults=faults, checked_at=timezone.now())
    record("evisa.found_faulty", evisa, number=evisa.number, faults=[str(fault) for fault in faults])
    return FaultyPaperError(", ".join(faults))


@transaction.atomic
def store_paper(evisa: EVisa, pdf: bytes) -> None:
    """Keep the paper and tell the applicant; a second run finds it kept and does nothing."""
    kept = EVisa.objects.select_for_update().get(pk=evisa.pk)
    if kept.is_ready or kept.revoked_at:
        return
    kept.paper_sha256 = hashlib.sha256(pdf).hexdigest()
    kept.paper.save(f"{kept.paper_sha256[:16]}.pdf", ContentFile(pdf), save=False)
    kept.faults, kept.checked_at = [], timezone.now()
    kept.save(update_fields=["paper", "paper_sha256", "faults", "checked_at"])
    evisa.paper, evisa.paper_sha256 = kept.paper, kept.paper_sha256
    case = kept.application.submitted_case
    record("evisa.issued", kept, number=kept.number, sha256=kept.paper_sha256)
    post(
        "issuance/visa_ready",
        to=case.applicant,
        key=f"evisa:{kept.number}:ready",
        case_reference=case.reference,
    )
