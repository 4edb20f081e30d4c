"""Who may do what with an e-visa: pure questions."""

from typing import Any

from consular.cases.rules import serves_at
from consular.missions.models import Role
from visas.applications.rules import may_act
from visas.issuance.models import EVisa
from visas.policy.status import Entries


def may_download(user: Any, evisa: EVisa) -> bool:
    """Tell whether `user` may have the paper once it is ready and not revoked: its applicant, and who acts for them."""
    is_there = evisa.is_ready and evisa.revoked_at is None
    return is_there and (evisa.application.applicant_id == user.pk or may_act(user, evisa.application))


def may_see(user: Any, evisa: EVisa) -> bool:
    """Tell whether a member of staff may look at the record."""
    return EVisa.objects.visible_to(user).filter(pk=evisa.pk).exists()


def works_on(user: Any, evisa: EVisa, *roles: Role) -> bool:
    """Tell whether `user` serves at the mission that granted the visa; never on their own."""
    return evisa.application.applicant_id != user.pk and serves_at(
        user, evisa.application.submitted_case.mission, *roles
    )


def may_ask_to_revoke(user: Any, evisa: EVisa) -> bool:
    """Tell whether `user` may be the first of the two who revoke: an officer or the consul of the mission."""
    is_open = evisa.revoked_at is None and evisa.revocation_asked_by_id is None
    return is_open and works_on(user, evisa, Role.OFFICER, Role.CONSUL)


def may_refuse_to_revoke(user: Any, evisa: EVisa) -> bool:
    is_asked = evisa.revoked_at is None and evisa.revocation_asked_by_id is not None
    return is_asked and works_on(user, evisa, Role.CONSUL)


def may_revoke(user: Any, evisa: EVisa) -> bool:
    """Tell whether `user` may revoke: the consul of the mission, when another officer has asked for it."""
    return may_refuse_to_revoke(user, evisa) and evisa.revocation_asked_by_id != user.pk


def may_suspend(user: Any, evisa: EVisa) -> bool:
    is_in_force = evisa.revoked_at is None and evisa.suspended_at is None
    return is_in_force and works_on(user, evisa, Role.OFFICER, Role.CONSUL)


def may_lift(user: Any, evisa: EVisa) -> bool:
    is_suspended = evisa.revoked_at is None and evisa.suspended_at is not None
    return is_suspended and works_on(user, evisa, Role.CONSUL)


def may_note_used(user: Any, evisa: EVisa) -> bool:
    """Tell whether `user` may note that the entries are over; a visa for several entries is never used up."""
    is_in_use = evisa.is_ready and evisa.revoked_at is None and evisa.used_at is None
    counts = evisa.entries != Entries.MULTIPLE
    return is_in_use and counts and works_on(user, evisa, Role.OFFICER, Role.CONSUL)


def may_try_again(user: Any, evisa: EVisa) -> bool:
    """Tell whether `user` may have a paper made again that the portal found faulty."""
    is_faulty = bool(evisa.faults) and not evisa.is_ready and evisa.revoked_at is None
    return is_faulty and works_on(user, evisa, Role.OFFICER, Role.CONSUL)
