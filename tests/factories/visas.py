"""Approved applications for tests."""

from typing import Any

from consular.cases import actions
from consular.cases.status import Outcome
from tests.factories.applications import day, submitted_application
from tests.factories.missions import PostingFactory
from visas.applications.models import VisaApplication


def conditions(first: int = -5, last: int = 80) -> dict[str, Any]:
    """Return the conditions of an approval; in force from `first` to `last` days from today."""
    return {
        "valid_from": day(first).isoformat(),
        "valid_until": day(last).isoformat(),
        "entries": "1",
        "stay_days": 30,
    }


def approved_application(terms: dict[str, Any] | None = None, **fields: Any) -> VisaApplication:
    """Return an application that an officer of its mission approved; its e-visa is owed."""
    application = submitted_application(**fields)
    officer = PostingFactory(mission=application.mission).user
    actions.claim(application.case, by=officer)
    actions.decide(application.case, by=officer, outcome=Outcome.APPROVE, conditions=terms or conditions())
    return VisaApplication.objects.select_related("case", "traveller", "trip").get(pk=application.pk)
