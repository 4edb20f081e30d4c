"""The case and what belongs to it."""

from consular.cases.models.attachment import Attachment
from consular.cases.models.case import Case
from consular.cases.models.check import Check
from consular.cases.models.decision import Decision, Recommendation
from consular.cases.models.event import Event
from consular.cases.models.note import Note
from consular.cases.models.request import Request, RequestItem

__all__ = [
    "Attachment",
    "Case",
    "Check",
    "Decision",
    "Event",
    "Note",
    "Recommendation",
    "Request",
    "RequestItem",
]
