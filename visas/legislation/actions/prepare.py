"""Write an edit into a draft, or take one out."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from consular.audit.trail import record
from consular.lib.refusal import allow
from visas.legislation import rules
from visas.legislation.actions.enact import rehearse
from visas.legislation.actions.lock import lock
from visas.legislation.models import Change, Edit
from visas.legislation.status import Act


class OverwriteError(Exception):
    """Somebody else wrote this edit meanwhile; `edit` is theirs."""

    def __init__(self, edit: Edit) -> None:
        super().__init__(edit.pk)
        self.edit = edit


@dataclass(frozen=True)
class Wanted:
    """What an editor asks for. `edit` is the key of the edit that they saw, None for none, `revision` its number."""

    act: Act
    table: str
    row: int | None
    values: dict[str, Any]
    before: dict[str, Any]
    edit: int | None = None
    revision: int = 0


@transaction.atomic
def write_edit(change: Change, wanted: Wanted, *, by: Any) -> Edit:
    """Keep an edit.

    Raises `OverwriteError` before it overwrites what the editor has not seen, and `ValidationError` when the
    whole change would not fit the law with it.
    """
    change = lock(change)
    allow(rules.obstacle_to_editing(by, change))
    edit = _edit_to_write(change, wanted)
    edit.act, edit.values, edit.before, edit.by = wanted.act, wanted.values, wanted.before, by
    edit.writers = sorted({*edit.writers, by.pk})
    edit.save()
    messages = [text for problem in rehearse(change).problems for text in problem.messages]
    if messages:
        raise ValidationError(list(dict.fromkeys(messages)))
    record("law.edited", change, by=by, table=edit.table, row=edit.row, act=edit.act, edit=edit.pk)
    return edit


def _edit_to_write(change: Change, wanted: Wanted) -> Edit:
    if wanted.row is not None:
        found = change.edits.filter(table=wanted.table, row=wanted.row).first()
    else:
        found = change.edits.filter(pk=wanted.edit).first() if wanted.edit else None
    if found is None:
        return Edit(change=change, table=wanted.table, row=wanted.row)
    if (found.pk, found.revision) != (wanted.edit, wanted.revision):
        raise OverwriteError(found)
    found.revision += 1
    return found


@transaction.atomic
def take_out(edit: Edit, *, by: Any) -> None:
    """Remove an edit from its draft."""
    change = lock(edit.change)
    allow(rules.obstacle_to_editing(by, change))
    record("law.edit_taken_out", change, by=by, table=edit.table, row=edit.row, edit=edit.pk)
    edit.delete()
