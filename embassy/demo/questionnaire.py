"""The visa questionnaire, from visas/applications/data/visa_questionnaire.json into `consular.questionnaires`."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

import visas.applications
from consular.questionnaires.actions import publish
from consular.questionnaires.models import Questionnaire, Revision
from visas.applications.context import FORM

FILE = Path(visas.applications.__file__).parent / "data" / "visa_questionnaire.json"


def content() -> dict[str, Any]:
    """Return what the file says."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@transaction.atomic
def load() -> None:
    """Publish the file as the next revision, unless it is the one in force already."""
    questionnaire, _created = Questionnaire.objects.get_or_create(code=FORM)
    newest = questionnaire.revisions.published().order_by("number").last()
    wanted = content()
    if newest is None or newest.content != wanted:
        number = newest.number + 1 if newest else 1
        publish(Revision.objects.create(questionnaire=questionnaire, number=number, content=wanted), by=None)
