"""Documents that a questionnaire would leave without anybody who is asked for them: told to whoever edits it."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from consular.questionnaires.editing.pieces import Content, ids
from visas.applications.context import ANSWERED, FORM
from visas.policy.book import current
from visas.policy.models import RequiredDocument

# Facts that are the answer to one question; the others follow from several answers, or from none
SAID_BY = {
    "purpose": "trip.purpose",
    "document": "passport.type",
    "nationality": "nationality.current",
    "equipment": "press.equipment",
    **ANSWERED,
}


def never_asked(code: str, content: Content) -> Iterator[str]:
    """Yield a sentence for each document of the law of today whose condition no answer fulfils any more."""
    if code != FORM:
        return
    questions, today = ids(content), timezone.localdate()
    for document in current().documents:
        is_law = document.valid_to is None or document.valid_to >= today
        if is_law and any(_never_holds(test, questions) for test in document.condition):
            yield _sentence(document)


def _sentence(document: RequiredDocument) -> str:
    named = {"document": document.label, "category": document.category.code}
    return gettext("Nobody would be asked for the document “%(document)s” (%(category)s) any more.") % named


def _never_holds(test: dict[str, Any], questions: dict[str, Content]) -> bool:
    """Tell whether the question behind a test is gone, or offers none of the answers that it waits for."""
    name = SAID_BY.get(test["fact"])
    if name is None:
        return False
    offered = {choice.get("value") for choice in questions.get(name, {}).get("choices", ())}
    return name not in questions or bool(offered and "in" in test and offered.isdisjoint(test["in"]))
