"""Applications and their papers, and what was submitted, corrected and agreed to."""

from visas.applications.models.application import VisaApplication, VisaApplicationQuerySet
from visas.applications.models.consent import Consent
from visas.applications.models.correction import Correction
from visas.applications.models.evidence import Evidence
from visas.applications.models.submitted import Sex, Traveller, Trip

__all__ = [
    "Consent",
    "Correction",
    "Evidence",
    "Sex",
    "Traveller",
    "Trip",
    "VisaApplication",
    "VisaApplicationQuerySet",
]
