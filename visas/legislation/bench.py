"""The pages on which a change of the law is prepared, read and put in force: fetch, ask, act, send on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consular.audit.models import Entry
from consular.lib import countries
from visas.legislation import actions, rules
from visas.legislation.actions import OverwriteError, RefusedError, Wanted
from visas.legislation.comparison import compare
from visas.legislation.forms import RowForm, row_form
from visas.legislation.models import Change, Edit, Scenario
from visas.legislation.rows import (
    EDITABLE,
    altered,
    as_json,
    digest,
    may_add,
    may_remove,
    model_of,
    put,
    rows_of,
)
from visas.legislation.status import Act, Obstacle
from visas.legislation.words import Words
from visas.policy.book import current

Page = Callable[..., HttpResponse]


def fetched(change_id: int) -> Change:
    return get_object_or_404(Change.objects.select_related("author", "put_in_force_by"), pk=change_id)


def shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), **context})


def to(change: Change) -> HttpResponse:
    return redirect("admin:legislation_change_change", change.pk)


def preparing(page: Page) -> Page:
    """Show a page about a draft to those who may write in it; send others back with the reason."""

    @wraps(page)
    def checked(request: HttpRequest, change_id: int, **kwargs: Any) -> HttpResponse:
        change = fetched(change_id)
        obstacle = rules.obstacle_to_editing(request.user, change)
        if obstacle is Obstacle.NOT_ALLOWED:
            raise Http404
        if obstacle is not None:
            messages.error(request, obstacle.label)
            return to(change)
        return page(request, change, **kwargs)

    return checked


# Reading


def context_of(request: HttpRequest, change: Change) -> dict[str, Any]:
    """Return what the page of a change shows: its edits, what they change for whom, the scenarios, what may be done."""
    old, today = current(), timezone.localdate()
    words = Words(old, today)
    edits = list(change.edits.select_related("by"))
    found: dict[str, Any] = {
        "change": change,
        "edits": [words.edit(edit) for edit in edits],
        "tables": [(name, model._meta.verbose_name_plural) for name, model in EDITABLE.items()],
        "editing": rules.obstacle_to_editing(request.user, change) is None,
        "obstacle": rules.obstacle_to_enacting(request.user, change),
        "may_send_back": change.is_ready and rules.may_prepare(request.user),
    }
    if change.is_draft or change.is_ready:
        found |= _what_would_be(change, words)
    return found


def _what_would_be(change: Change, words: Words) -> dict[str, Any]:
    stamp = actions.stamp(change)
    rehearsal = actions.rehearse(change)
    comparison = compare(words.book, rehearsal.book, countries.NATIONALITIES)
    new_words = Words(rehearsal.book, words.today)
    return {
        "stamp": stamp,
        "rehearsal": rehearsal,
        "problems": [(words.edit(problem.edit), problem.messages) for problem in rehearsal.problems],
        "effects": new_words.needs(comparison) + [new_words.fee(each) for each in comparison.fees],
        "papers": [line for each in comparison.papers for line in words.papers(each)],
        "written_since": Scenario.objects.filter(changed_at__gt=change.begun_at),
        "removed_since": Entry.objects.filter(verb="law.scenario_removed", at__gt=change.begun_at)
        .select_related("actor")
        .order_by("pk"),
    }


# Writing edits


@preparing
def rows(request: HttpRequest, change: Change, table: str) -> HttpResponse:
    """List the rows of a table, the newest first, to choose one to edit."""
    model = _model(table)
    book_rows = [row for row in _all_rows() if type(row) is model]
    context = {
        "change": change,
        "table": table,
        "model": model,
        "rows": [(row, may_remove(row, timezone.localdate())) for row in book_rows],
        "may_add": may_add(table),
        "title": capfirst(model._meta.verbose_name_plural),
    }
    return shown(request, "legislation/rows.html", context)


def _all_rows() -> list[Model]:
    tables = vars(current()).values()
    return [row for rows_ in tables if isinstance(rows_, tuple) for row in rows_]


def _model(table: str) -> type[Model]:
    try:
        return model_of(table)
    except KeyError as error:
        raise Http404 from error


@preparing
def write(request: HttpRequest, change: Change, table: str, row: int | None = None) -> HttpResponse:
    """Ask for a row, as it is or as the change has it already; write the edit."""
    model = _model(table)
    if row is None and not may_add(table):
        raise Http404
    live: Model = get_object_or_404(rows_of(table), pk=row) if row is not None else model()
    edit = (
        change.edits.filter(table=table, row=row).first()
        if row is not None
        else _own_edit(request, change, table)
    )
    return _write(request, change, live, edit)


def _own_edit(request: HttpRequest, change: Change, table: str) -> Edit | None:
    """Return the edit that adds a row, when the address names one."""
    number = request.GET.get("edit", "")
    return change.edits.filter(pk=number, table=table, row=None).first() if _is_key(number) else None


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len("1000000000")


def _write(request: HttpRequest, change: Change, live: Model, edit: Edit | None) -> HttpResponse:
    before = as_json(live) if live.pk else {}
    row = put(live, edit.values) if edit else live
    seen = {"edit": edit.pk, "revision": edit.revision} if edit else {}
    form = row_form(row, request.POST if request.method == "POST" else None, **seen, law=digest(before))
    if form.is_valid() and (response := _kept(request, change, form, before)):
        return response
    context = {
        "change": change,
        "form": form,
        "title": _("New row") if not live.pk else str(live),
        "table": live._meta.verbose_name_plural,
        "name": live._meta.model_name,
    }
    return shown(request, "legislation/row.html", context)


def _kept(request: HttpRequest, change: Change, form: RowForm, before: dict[str, Any]) -> HttpResponse | None:
    """Write what a sound form asks; None when it must be shown again, with the reason on it."""
    if before and form.cleaned_data["law"] != digest(before):
        form.add_error(None, Obstacle.MOVED_ON.label)
        return None
    after, model = as_json(form.instance), form.instance._meta
    wanted = Wanted(
        act=Act.ALTER if form.instance.pk else Act.ADD,
        table=str(model.model_name),
        row=form.instance.pk,
        values=altered(before, after),
        before=before,
        edit=form.cleaned_data["edit"],
        revision=form.cleaned_data["revision"] or 0,
    )
    try:
        actions.write_edit(change, wanted, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
    except OverwriteError as error:
        form.add_error(None, overwritten(error.edit))
    except RefusedError as error:
        messages.error(request, error.obstacle.label)
        return to(change)
    else:
        messages.success(request, _("The edit is kept in this change. The law is as it was."))
        return to(change)
    return None


def overwritten(edit: Edit) -> str:
    """Return what an editor reads whose row somebody else has written meanwhile. What they typed is still in the form."""
    return _(
        "%(name)s has written this row in this change since you opened it. Nothing of yours is kept yet, and nothing"
        " of theirs is lost: open the change in another window, compare, and write the row again from there."
    ) % {"name": edit.by}


@require_POST
@preparing
def remove(request: HttpRequest, change: Change, table: str, row: int) -> HttpResponse:
    """Plan to remove a row that was never law."""
    _model(table)
    live: Model = get_object_or_404(rows_of(table), pk=row)
    if not may_remove(live, timezone.localdate()):
        raise Http404
    edit = change.edits.filter(table=table, row=row).first()
    seen = {"edit": edit.pk, "revision": edit.revision} if edit else {}
    wanted = Wanted(Act.REMOVE, table, row, values={}, before=as_json(live), **seen)
    return attempt(request, change, lambda: actions.write_edit(change, wanted, by=request.user))


@require_POST
@preparing
def take_out(request: HttpRequest, change: Change, edit: int) -> HttpResponse:
    found = get_object_or_404(change.edits, pk=edit)
    return attempt(request, change, lambda: actions.take_out(found, by=request.user))


# Deciding


@require_POST
def decide(request: HttpRequest, change_id: int, verb: str) -> HttpResponse:
    """Hand a change over, send it back, drop it, or put it in force."""
    change = fetched(change_id)
    if not (rules.may_prepare(request.user) or request.user.has_perm(rules.ENACT)):
        raise Http404
    verbs: dict[str, Callable[[], Any]] = {
        "hand-over": lambda: actions.hand_over(change, by=request.user),
        "send-back": lambda: actions.send_back(change, by=request.user),
        "drop": lambda: actions.drop(change, by=request.user),
        "enact": lambda: actions.enact(change, by=request.user, seen=request.POST.get("seen", "")),
    }
    if verb not in verbs:
        raise Http404
    return attempt(request, change, verbs[verb])


def attempt(request: HttpRequest, change: Change, verb: Callable[[], Any]) -> HttpResponse:
    try:
        verb()
    except RefusedError as error:
        messages.error(request, error.obstacle.label)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Done."))
    return to(change)
