"""The queues of an officer: named questions to the cases that they may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consular.cases.models import Case
from consular.cases.models.case import CaseQuerySet

CAP = 1000


@dataclass(frozen=True)
class Queue:
    """`narrow` takes the cases that a user may see, and the user."""

    code: str
    label: Promise
    hint: Promise
    narrow: Callable[[CaseQuerySet, Any], CaseQuerySet]

    def cases(self, user: Any) -> CaseQuerySet:
        return self.narrow(Case.objects.visible_to(user), user)

    def count(self, user: Any) -> int:
        """Return how many cases wait here, at most one more than CAP: nobody needs to know beyond that."""
        return self.cases(user).order_by()[: CAP + 1].count()


QUEUES = (
    Queue("mine", _("Mine"), _("You hold them."), lambda cases, user: cases.held_by(user)),
    Queue("unclaimed", _("Unclaimed"), _("Nobody holds them yet."), lambda cases, user: cases.unclaimed()),
    Queue(
        "applicant",
        _("Waiting for the applicant"),
        _("We asked for something."),
        lambda cases, user: cases.waiting_for_applicant(),
    ),
    Queue(
        "second",
        _("For a second person"),
        _("Another officer recommended; you may decide."),
        lambda cases, user: cases.waiting_for_second_person(user),
    ),
    Queue("overdue", _("Overdue"), _("The day we promised has passed."), lambda cases, user: cases.overdue()),
    Queue("open", _("All open cases"), _("Whatever is not closed."), lambda cases, user: cases.open()),
)
BY_CODE = {queue.code: queue for queue in QUEUES}
