"""Keep a draft with the newest wording of its questionnaire."""

from typing import Any

from consular.questionnaires.actions import move
from consular.questionnaires.models import Revision
from visas.applications.models import VisaApplication


def keep_up(application: VisaApplication, *, by: Any) -> VisaApplication:
    """Return the draft, moved to the newest revision if it is not there; it comes from `with_sheet`."""
    if application.newest_revision not in {None, application.sheet.revision_id}:
        newest = Revision.objects.defer("content").get(pk=application.newest_revision)
        application.sheet = move(application.sheet, newest, by=by, about=application)
    return application
