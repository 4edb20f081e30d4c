"""Applications and their papers, and what was submitted, corrected and agreed to."""

from visas.applications.models.application import VisaApplication, VisaApplicationQuerySet
from visas.applications.models.consent import Consent
from visas.applications.models.correction import Correction
from visas.applications.models.evidence import Evidence
from visas.applications.models.mandate import ANSWER_WITHIN, Mandate, Scope, State
from visas.applications.models.party import LARGEST, Party, SameAs
from visas.applications.models.resume_code import ResumeCode
from visas.applications.models.submitted import Sex, Traveller, Trip

__all__ = [
    "ANSWER_WITHIN",
    "LARGEST",
    "Consent",
    "Correction",
    "Evidence",
    "Mandate",
    "Party",
    "ResumeCode",
    "SameAs",
    "Scope",
    "Sex",
    "State",
    "Traveller",
    "Trip",
    "VisaApplication",
    "VisaApplicationQuerySet",
]
