"""The demonstration's past: real actions that run today, told as on the days when they would have happened.

Events and decisions can be written once only, so nobody could date them back afterwards; here the clock that
the actions read stands still at a moment of the past, and case, history, messages and trail agree.
`embassy.demo.casework` notes in the trail, with the true time, what was told in this way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

from django.db.models.signals import pre_save
from django.utils import timezone

NOW = timezone.now  # What models have as the default of a moment


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `timezone.now()` say `moment` in this process, and new rows begin at it."""
    with mock.patch.object(timezone, "now", return_value=moment):
        pre_save.connect(_date_back)
        try:
            yield
        finally:
            pre_save.disconnect(_date_back)


def _date_back(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Give a new row the moment wherever a field's own default is the real clock."""
    if instance._state.adding:  # noqa: SLF001 - Django documents it
        for field in sender._meta.concrete_fields:
            if field.default is NOW:
                setattr(instance, field.attname, timezone.now())
