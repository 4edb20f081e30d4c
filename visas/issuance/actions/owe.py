"""Owe the e-visa: apart from the issuing, whose libraries only workers need."""

from consular.outbox.actions import owe
from visas.applications.models import VisaApplication


def owe_evisa(application: VisaApplication) -> None:
    """Owe the e-visa; call it inside the transaction of the approval."""
    owe("issuance.issue", key=f"application:{application.pk}:evisa", application_id=str(application.pk))
