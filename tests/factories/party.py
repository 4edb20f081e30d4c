"""Travelling parties for tests.

companion(draft)                another draft of the same party
type_in(draft, {"…": value})    saves answers as a page does: those who answer alike follow
"""

import uuid
from collections.abc import Mapping
from typing import Any

from consular.questionnaires.filling import Entry
from visas.applications import actions
from visas.applications.context import answers_of
from visas.applications.models import VisaApplication


def companion(draft: VisaApplication, **fields: Any) -> VisaApplication:
    """Return a new draft beside this one, which then knows its party."""
    wanted = {"category": draft.category, "residence": draft.residence, "mission": draft.mission} | fields
    added = actions.join(uuid.uuid4(), draft, by=draft.applicant, **wanted)
    draft.refresh_from_db(fields=["party", "place"])
    return VisaApplication.objects.with_sheet().get(pk=added.pk)


def type_in(draft: VisaApplication, answers: Mapping[str, Any], *, keep_up: bool = True) -> None:
    """Save what somebody typed; an `Entry` as it is, a value that is known already with the source that it has."""
    application = VisaApplication.objects.with_sheet().get(pk=draft.pk)
    if keep_up:
        application = actions.keep_up(application, by=application.applicant)
    filling = answers_of(application)
    given = {}
    for name, value in answers.items():
        entry = value if isinstance(value, Entry) else Entry(value)
        known = filling.entries.get(name)
        same = known and (known.value, known.typed) == (entry.value, entry.typed)
        given[name] = known if same else entry
    actions.fill_in(application, application.sheet, given, known=filling, by=application.applicant)
