"""Make, delete, use and spend the code on paper that leads back to an application."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.notifications.actions import mail
from visas.applications.actions.lock import lock
from visas.applications.models import ResumeCode, VisaApplication
from visas.applications.resume import digest, new_code


@transaction.atomic
def make_code(application: VisaApplication, *, by: Any) -> str:
    """Return a new code, which nobody can read again afterwards; it takes the place of an earlier one."""
    code, application = new_code(), lock(application)
    made = {"digest": digest(code), "made_at": timezone.now(), "used_at": None}
    ResumeCode.objects.update_or_create(application=application, defaults=made)
    record("application.resume_code_made", application, by=by)
    return code


@transaction.atomic
def delete_code(application: VisaApplication, *, by: Any) -> None:
    """Let the code open nothing any more; where there is none, nothing happens."""
    if ResumeCode.objects.filter(application=application).delete()[0]:
        record("application.resume_code_deleted", application, by=by)


@transaction.atomic
def use_code(code: ResumeCode) -> None:
    """Note that somebody came in with the code, and tell the address of the account."""
    person, now = code.application.applicant, timezone.now()
    ResumeCode.objects.filter(pk=code.pk).update(used_at=now)
    record("application.resumed", code.application, by=person)
    mail("applications/resumed", address=person.email, language=person.language, context={"at": now})


@transaction.atomic
def spend_code(application: VisaApplication, *, by: Any) -> None:
    """Delete the code of who came in with it and has confirmed another address."""
    ResumeCode.objects.filter(application=application).delete()
    record("application.resumed_address_confirmed", application, by=by)
