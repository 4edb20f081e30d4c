"""Who may do what with an e-visa: pure questions."""

from typing import Any

from consular.cases.rules import serves_at
from consular.missions.models import Role
from visas.applications.rules import may_act
from visas.issuance.models import EVisa


def may_download(user: Any, evisa: EVisa) -> bool:
    """Tell whether `user` may have the paper once it is ready and not revoked: its applicant, and who acts for them."""
    is_there = evisa.is_ready and evisa.revoked_at is None
    return is_there and (evisa.application.applicant_id == user.pk or may_act(user, evisa.application))


def may_see(user: Any, evisa: EVisa) -> bool:
    """Tell whether a member of staff may look at the record."""
    return EVisa.objects.visible_to(user).filter(pk=evisa.pk).exists()


def may_revoke(user: Any, evisa: EVisa) -> bool:
    """Tell whether `user` may revoke: the consul of the mission that granted it, never their own."""
    return (
        evisa.revoked_at is None
        and evisa.application.applicant_id != user.pk
        and serves_at(user, evisa.application.submitted_case.mission, Role.CONSUL)
    )
