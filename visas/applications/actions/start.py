"""Start a draft."""

import uuid
from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.missions.models import Mission
from consular.questionnaires.models import AnswerSheet, Revision
from visas.applications.context import FORM
from visas.applications.models import VisaApplication


@transaction.atomic
def start(draft: uuid.UUID, *, by: Any, category: str, residence: str, mission: Mission) -> VisaApplication:
    """Return the draft with this id, made when there is none: the same form makes it once.

    Sent again with other answers, the form changes the draft; one that was submitted stays as it is.
    """
    wanted = {"category": category, "residence": residence, "mission": mission}
    revision = Revision.objects.current(FORM)
    sheet, _made = AnswerSheet.objects.get_or_create(pk=draft, defaults={"revision": revision})
    application, is_new = VisaApplication.objects.get_or_create(
        pk=draft, applicant=by, defaults={"sheet": sheet, **wanted}
    )
    if is_new:
        record("application.started", application, by=by, category=category)
    else:
        VisaApplication.objects.drafts().filter(pk=draft).update(**wanted)
    return application
