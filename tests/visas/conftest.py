"""An approved application and its e-visa, for what comes after the approval."""

from typing import Any

import pytest

from consular.missions.models import Role
from tests.factories.missions import PostingFactory
from tests.factories.visas import approved_application
from visas.applications.models import VisaApplication
from visas.issuance.actions.issue import issue
from visas.issuance.actions.revoke import ask_to_revoke, revoke
from visas.issuance.models import EVisa
from visas.issuance.status import RevocationReason


@pytest.fixture
def approved(db: None, applicant: Any) -> VisaApplication:
    return approved_application(applicant=applicant)


@pytest.fixture
def evisa(approved: VisaApplication) -> EVisa:
    return issue(approved)


@pytest.fixture
def head(approved: VisaApplication) -> Any:
    """Return the consul of the mission that granted the visa."""
    return PostingFactory(mission=approved.mission, role=Role.CONSUL).user


@pytest.fixture
def revoked(evisa: EVisa, approved: VisaApplication, head: Any) -> EVisa:
    """Return the e-visa after an officer asked to revoke it and the consul did."""
    officer = PostingFactory(mission=approved.mission).user
    ask_to_revoke(evisa, by=officer, reason=RevocationReason.ERROR)
    return revoke(evisa, by=head)
