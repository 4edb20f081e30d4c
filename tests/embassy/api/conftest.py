from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """Every test happens on 24 November 2026."""
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        yield
