"""Write the edits of a change into the tables of the law, inside somebody else's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from visas.legislation.models import Edit
from visas.legislation.rows import as_json, may_remove, model_of, put, rows_of
from visas.legislation.status import Act

# What ends goes before what begins in its place.
ORDER = {Act.REMOVE: 0, Act.ALTER: 1, Act.ADD: 2}


@dataclass(frozen=True)
class Problem:
    """Why an edit does not fit the law as it is."""

    edit: Edit
    messages: list[str]


def write(edits: Iterable[Edit]) -> list[Problem]:
    """Write the edits and return those that do not fit; the others are written."""
    in_order = sorted(edits, key=lambda each: (ORDER[Act(each.act)], each.pk))
    return [Problem(edit, messages) for edit in in_order if (messages := _messages_of(edit))]


def _messages_of(edit: Edit) -> list[str]:
    try:
        with transaction.atomic():
            _write(edit)
    except ValidationError as error:
        return error.messages
    except (IntegrityError, DataError):
        return [_("The database refuses this row.")]
    return []


def _write(edit: Edit) -> None:
    if edit.act == Act.ADD:
        row = put(model_of(edit.table)(), edit.values)
        _save(row)
        return
    row = unmoved(edit)
    if edit.act == Act.REMOVE:
        row.delete()
    else:
        _save(put(row, edit.values))


def _save(row: Model) -> None:
    row.full_clean()
    row.save()


def unmoved(edit: Edit) -> Model:
    """Return the row, which must still say what the editor saw; to be removed, it must still never have been law."""
    row: Model | None = rows_of(edit.table).select_for_update(of=("self",)).filter(pk=edit.row).first()
    if row is None:
        raise ValidationError(_("This row is gone: another change removed it. Take this edit out."))
    is_law_now = edit.act == Act.REMOVE and not may_remove(row, timezone.localdate())
    if is_law_now or as_json(row) != edit.before:
        raise ValidationError(
            _("This row has changed since the edit was written. Take the edit out and write it anew.")
        )
    return row
