"""What officers can do with a visa on the bench: each act with who may, what it does in words, and the verb itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from visas.issuance import rules
from visas.issuance.actions.revoke import ask_to_revoke, refuse_to_revoke, revoke, try_again
from visas.issuance.actions.suspend import lift, note_used, suspend
from visas.issuance.models import EVisa


@dataclass(frozen=True)
class Act:
    """`does` is called with the visa and `by`, and with `reason` when the act asks for one."""

    slug: str
    label: Any
    consequence: Any
    done: Any
    may: Callable[[Any, EVisa], bool]
    does: Callable[..., Any]
    asks_reason: bool = False


ACTS = (
    Act(
        "try-again",
        _("Make the paper again"),
        _("The portal makes the paper again and checks it again. If it is sound, the applicant gets it."),
        _("The paper is being made again. Look here in a minute."),
        rules.may_try_again,
        try_again,
    ),
    Act(
        "suspend",
        _("Suspend this visa"),
        _(
            "From now on every check of this visa answers “suspended”, and nobody should let its holder board or enter"
            " on it. The consul can lift that. Its holder is not told."
        ),
        _("The visa is suspended."),
        rules.may_suspend,
        suspend,
    ),
    Act(
        "lift",
        _("Lift the suspension"),
        _("The visa is worth again what it was before it was suspended."),
        _("The suspension is lifted."),
        rules.may_lift,
        lift,
    ),
    Act(
        "used",
        _("Note that its entries are used"),
        _("From now on every check of this visa answers “used”. This cannot be undone."),
        _("The visa is noted as used."),
        rules.may_note_used,
        note_used,
    ),
    Act(
        "ask-to-revoke",
        _("Ask to revoke this visa"),
        _(
            "The consul of the mission decides, and it must be somebody else than you. Until then the visa stays in"
            " force; if it must not be used meanwhile, suspend it too."
        ),
        _("The consul is asked to revoke the visa: tell them."),
        rules.may_ask_to_revoke,
        ask_to_revoke,
        asks_reason=True,
    ),
    Act(
        "revoke",
        _("Revoke this visa"),
        _(
            "From now on every check of this visa answers “revoked”. Its holder is told. This cannot be undone; a new"
            " visa would have to be issued."
        ),
        _("The visa is revoked and its holder is told."),
        rules.may_revoke,
        revoke,
    ),
    Act(
        "keep",
        _("Do not revoke this visa"),
        _("The visa stays in force. What was asked for stays in the trail."),
        _("The visa stays in force."),
        rules.may_refuse_to_revoke,
        refuse_to_revoke,
    ),
)


def open_to(user: Any, evisa: EVisa) -> Iterator[Act]:
    """Yield what a member of staff can do with a visa now."""
    return (act for act in ACTS if act.may(user, evisa))


def find(slug: str, user: Any, evisa: EVisa) -> Act | None:
    return next((act for act in open_to(user, evisa) if act.slug == slug), None)
