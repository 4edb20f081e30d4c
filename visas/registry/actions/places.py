"""Give a visa its place in a status list, and say what stands there."""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consular.audit.trail import record
from visas.registry.models import Place, StatusList
from visas.registry.status import FULL, LENGTH


@transaction.atomic
def allot(visa: str) -> tuple[int, int]:
    """Return list and index of a visa: the same whenever it is asked, and at random, so that they tell nothing."""
    known = Place.objects.filter(visa=visa).first()
    place = known or _new_place(visa)
    return place.list_id, place.index


def _new_place(visa: str) -> Place:
    """Take a free place. The list's row is locked: whoever comes at the same time waits, and sees what was taken."""
    current = _open_list()
    if known := Place.objects.filter(visa=visa).first():
        return known
    taken = Place.objects.filter(list=current)
    while taken.filter(index=(index := secrets.randbelow(LENGTH))).exists():
        pass
    StatusList.objects.filter(pk=current.pk).update(taken=F("taken") + 1)
    return Place.objects.create(visa=visa, list=current, index=index)


def _open_list() -> StatusList:
    """Return the last list, locked; a new one when it is full."""
    last = StatusList.objects.select_for_update().order_by("-number").first()
    if last is not None and last.taken < FULL:
        return last
    number = 0 if last is None else last.number + 1
    StatusList.objects.bulk_create([StatusList(number=number)], ignore_conflicts=True)
    return StatusList.objects.select_for_update().get(number=number)


@transaction.atomic
def set_status(visa: str, mark: int, *, by: Any, reason: str) -> None:
    """Say from now on what a visa is worth. One that has no place yet gets it: what is revoked is so for all."""
    allot(visa)
    place = Place.objects.select_for_update().get(visa=visa)
    if place.mark == mark:
        return
    before, place.mark = place.mark, mark
    place.save(update_fields=["mark"])
    StatusList.objects.filter(pk=place.list_id).update(revision=F("revision") + 1, changed_at=timezone.now())
    detail = {"visa": visa, "before": before, "now": mark, "reason": str(reason)}
    record("registry.status_set", place, by=by, **detail)
