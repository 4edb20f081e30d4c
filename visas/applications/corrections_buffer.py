"""An open correction with all that is known about it."""

from dataclasses import dataclass

from django.utils import timezone

from consular.cases.status import CLOSED
from visas.applications.context import Context
from visas.applications.corrections import Outcome
from visas.applications.models import Correction, VisaApplication
from visas.policy.book import current


@dataclass(frozen=True)
class Buffer:
    """Both sheets of a correction, judged today by the law of today."""

    application: VisaApplication
    correction: Correction
    outcome: Outcome

    @classmethod
    def of(cls, application: VisaApplication, correction: Correction) -> "Buffer":
        context = Context(application.category, application.residence, timezone.localdate(), current())
        outcome = Outcome(correction.before.filling(context), correction.after.filling(context))
        return cls(application, correction, outcome)

    @classmethod
    def open_for(cls, application: VisaApplication) -> "Buffer | None":
        """Return the open correction of an application, if there is one."""
        opened = application.corrections.filter(sent_at=None)
        found = opened.select_related("before__revision", "after__revision").first()
        return cls.of(application, found) if found else None

    def may_be_sent(self, status: str) -> bool:
        """Tell whether nothing but the declaration stands in the way while the case is in this state."""
        outcome = self.outcome
        blocked = status in CLOSED or outcome.is_empty or outcome.obstacles or outcome.refused(status)
        return not blocked

    @property
    def is_declared(self) -> bool:
        answers = self.outcome.after
        return not answers.open_on(answers.document.closing)
