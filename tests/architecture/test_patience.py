"""Work that needs more than the database outlives what else may be away for an hour or two."""

from datetime import timedelta

import pytest

from consular.outbox.effects import MAX_PAUSE_SECONDS, topics

NEEDS = {
    "documents.process": timedelta(hours=2),
    "documents.erase": timedelta(hours=2),
    "issuance.issue": timedelta(hours=7),
    "notifications.deliver": timedelta(hours=4),
}


@pytest.mark.parametrize("name", NEEDS)
def test_work_waits_for_storages_and_mail_servers(name):
    pauses = [min(2**attempt, MAX_PAUSE_SECONDS) for attempt in range(1, topics()[name].max_attempts)]
    assert timedelta(seconds=sum(pauses)) > NEEDS[name]
