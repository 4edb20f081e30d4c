"""Issue the e-visa of an approved application: the record, the paper, the message; once, however often it is run."""

import hashlib
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from consular.audit.trail import record
from consular.lib import mrz
from consular.notifications.actions import post
from consular.outbox.actions import owe
from visas.applications.models import VisaApplication
from visas.issuance import papers
from visas.issuance.models import EVisa, new_number


def owe_evisa(application: VisaApplication) -> None:
    """Owe the e-visa; call it inside the transaction of the approval."""
    owe("issuance.issue", key=f"application:{application.pk}:evisa", application_id=str(application.pk))


def issue(application: VisaApplication) -> EVisa:
    """Issue the e-visa: first the record, then the paper with the message that it is ready."""
    evisa = ensure_record(application)
    if not evisa.is_ready and not evisa.revoked_at:
        store_paper(evisa, papers.evisa_pdf(evisa))
    return evisa


@transaction.atomic
def ensure_record(application: VisaApplication) -> EVisa:
    """Return the application's newest e-visa, creating it from the decision's conditions when there never was one."""
    application = VisaApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
    return application.evisas.order_by("-pk").first() or create_record(application)


def create_record(application: VisaApplication) -> EVisa:
    terms, number = application.submitted_case.decision.conditions, new_number()
    evisa = EVisa.objects.create(
        number=number,
        application=application,
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


@transaction.atomic
def store_paper(evisa: EVisa, pdf: bytes) -> None:
    """Keep the paper and tell the applicant; a second run finds it kept and does nothing."""
    locked = EVisa.objects.select_for_update().get(pk=evisa.pk)
    if locked.is_ready:
        return
    locked.paper_sha256 = hashlib.sha256(pdf).hexdigest()
    locked.paper.save(f"{locked.paper_sha256[:16]}.pdf", ContentFile(pdf), save=False)
    locked.save(update_fields=["paper", "paper_sha256"])
    evisa.paper, evisa.paper_sha256 = locked.paper, locked.paper_sha256
    case = locked.application.submitted_case
    record("evisa.issued", locked, number=locked.number, sha256=locked.paper_sha256)
    post(
        "issuance/visa_ready",
        to=case.applicant,
        key=f"evisa:{locked.number}:ready",
        case_reference=case.reference,
    )
