"""A case in words for its applicant: how it stands, what that means, who acts next, by when, what they can do.

A case that waits and a case that is decided never share a word that says how it stands; a test reads all
of these sentences in every language that has a complete catalogue.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from consular.cases import deputies
from consular.cases.kinds import kind_of
from consular.cases.models import Case, Decision, Event
from consular.cases.status import ACTS, OPEN, Act, Mover, Status
from consular.lib.isolates import isolated


@dataclass(frozen=True)
class Words:
    """What is said about every case in one state. `next_step` may name %(mission)s."""

    heading: str | Promise
    meaning: str | Promise
    next_step: str | Promise


@dataclass(frozen=True)
class Outlook:
    """How one case stands, in the active language. `act_by` is the day that belongs to `next_step`, if any."""

    status: Status
    heading: str
    meaning: str
    next_step: str
    act_by: date | None
    acts: list[Act]
    is_late: bool = False


WORDS: dict[Status, Words] = {
    Status.SUBMITTED: Words(
        _("Received, and in the queue"),
        _("Your application has reached us. No officer has opened it yet."),
        _("%(mission)s acts next. You do not have to do anything now."),
    ),
    Status.IN_REVIEW: Words(
        _("Being reviewed by an officer"),
        _("An officer compares your answers with your documents. If something is missing, we write to you."),
        _("%(mission)s acts next. You do not have to do anything now."),
    ),
    Status.AWAITING_APPLICANT: Words(
        _("Waiting for your answer"),
        _("The officer needs something from you before going on."),
        _(
            "You act next: answer what the officer asks. After the last day the officer goes on with what is there."
        ),
    ),
    Status.AWAITING_DECISION: Words(
        _("In the final review"),
        _("A first officer has finished with your application. It now gets its last look."),
        _("%(mission)s acts next. You do not have to do anything now."),
    ),
    Status.APPROVED: Words(
        _("Approved"),
        _("We say yes to your application. What you may download is on this page as soon as it is made."),
        _(
            "Nobody has to act. A message tells you as soon as there is something to download; then it stays on this page."
        ),
    ),
    Status.REFUSED: Words(
        _("Refused"),
        _("We say no to your application. The grounds are on this page."),
        _("Nobody has to act. You may apply again when the grounds no longer hold."),
    ),
    Status.WITHDRAWN: Words(
        _("Withdrawn by you"),
        _("You closed this application yourself. Nothing more happens with it."),
        _("Nobody has to act. You may apply again at any time."),
    ),
}
OWN_SIDE = {Mover.APPLICANT, Mover.BEHALF}
LATE = _(
    "This takes longer than we said, and we are sorry. %(mission)s still acts next. You do not have to do anything."
)

EVENTS: dict[tuple[str, Status], str | Promise] = {
    ("", Status.SUBMITTED): _("We received your application"),
    (Status.SUBMITTED, Status.IN_REVIEW): _("An officer began the review"),
    (Status.IN_REVIEW, Status.AWAITING_APPLICANT): _("We asked you for something"),
    (Status.IN_REVIEW, Status.AWAITING_DECISION): _("The final review began"),
    (Status.AWAITING_DECISION, Status.IN_REVIEW): _("An officer reviews your application once more"),
    (Status.IN_REVIEW, Status.APPROVED): _("We approved your application"),
    (Status.AWAITING_DECISION, Status.APPROVED): _("We approved your application"),
    (Status.AWAITING_DECISION, Status.REFUSED): _("We refused your application"),
    **{(status, Status.WITHDRAWN): _("You withdrew your application") for status in OPEN},
    **{(status, status): _("You corrected your answers") for status in OPEN},
}
WAITING_ENDS = (Status.AWAITING_APPLICANT, Status.IN_REVIEW)
OF_THE_APPLICANTS_SIDE = {("", Status.SUBMITTED), WAITING_ENDS, *((status, status) for status in OPEN)}
ANSWERED = _("You answered our questions")
TIME_PASSED = _("The time for your answer passed")
TAKEN_BACK = _("The officer went on without an answer")


def outlook(case: Case) -> Outlook:
    """Return how the case stands, for its applicant, in the active language."""
    status, late = Status(case.status), case.is_overdue and case.status != Status.AWAITING_APPLICANT
    words, names = WORDS[status], {"mission": str(case.mission)}
    return Outlook(
        status=status,
        heading=str(words.heading),
        meaning=str(words.meaning),
        next_step=str(LATE if late else words.next_step) % names,
        act_by=None if late else act_by(case),
        acts=[act for act, steps in ACTS.items() if steps.get(status) in OWN_SIDE],
        is_late=late,
    )


def act_by(case: Case) -> date | None:
    """Return the day by which whoever acts next is to act; None when nobody has to."""
    if case.status == Status.AWAITING_APPLICANT:
        request = case.requests.open().first()
        return request.answer_by if request else None
    return None if case.is_closed else case.due_on


def history(case: Case) -> list[tuple[datetime, str]]:
    """Return what happened, oldest first, as (moment, words for the applicant in the active language)."""
    events = list(case.events.all())
    names = deputies.of(case).names(case) if any(_perhaps_a_deputy(event, case) for event in events) else {}
    return [(event.at, event_words(event, case, names)) for event in events]


def event_words(event: Event, case: Case, deputies: Mapping[int, str] = MappingProxyType({})) -> str:
    """Return what happened; with the name of who acted for the applicant, where `deputies` knows them by their key."""
    what = str(_what_happened(event, case, deputies))
    name = deputies.get(event.by_id or 0)
    if name is None:
        return what
    return gettext("%(what)s (%(name)s, on behalf of the applicant)") % {
        "what": what,
        "name": isolated(name),
    }


def _perhaps_a_deputy(event: Event, case: Case) -> bool:
    """Tell whether somebody else than the applicant made a move that the applicant's side makes."""
    step = (event.from_status, event.to_status)
    return step in OF_THE_APPLICANTS_SIDE and event.by_id not in {None, case.applicant_id}


def _what_happened(event: Event, case: Case, deputies: Mapping[int, str]) -> str | Promise:
    if (event.from_status, event.to_status) != WAITING_ENDS:
        return EVENTS[(event.from_status, Status(event.to_status))]
    if event.by_id is None:
        return TIME_PASSED
    return ANSWERED if event.by_id == case.applicant_id or event.by_id in deputies else TAKEN_BACK


def grounds(case: Case, decision: Decision) -> list[str]:
    """Return the grounds of a refusal in words."""
    return grounds_in_words(case, decision.grounds)


def grounds_in_words(case: Case, codes: Iterable[str]) -> list[str]:
    """Return grounds in words; a code that the service no longer knows is shown as it is."""
    known = {ground.code: ground.text for ground in kind_of(case).grounds()}
    return [str(known.get(code, code)) for code in codes]
