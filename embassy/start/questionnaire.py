"""The visa questionnaire that the portal comes with, in `visas/applications/data`, with the state's own name in it."""

from typing import Any

from django.db import transaction

from consular.questionnaires.actions import publish
from consular.questionnaires.models import Questionnaire, Revision
from embassy.start.kinds import named
from visas.applications import blueprint
from visas.applications.context import FORM


def content() -> dict[str, Any]:
    """Return what the files say; `{state}` in a text is this state's name in the language of the text."""
    return dict(named(blueprint.content()))


@transaction.atomic
def load() -> None:
    """Publish the file as the next revision, unless it is in force already or staff have begun to edit it themselves."""
    questionnaire, _created = Questionnaire.objects.get_or_create(code=FORM)
    newest = questionnaire.revisions.order_by("number").last()
    if newest and (newest.published_by or newest.published_at is None):
        return
    wanted = content()
    if newest is None or newest.content != wanted:
        number = newest.number + 1 if newest else 1
        publish(Revision.objects.create(questionnaire=questionnaire, number=number, content=wanted), by=None)
