"""The least that a Django site does: a page of given bytes, one row read, and a form that saves."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from benchmarks.peer.models import Note

PAGE = b"<!doctype html><title>Page</title>" + b"<p>A paragraph of a page of usual length.</p>" * 250


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)


def row(request: HttpRequest) -> HttpResponse:
    """Read one row by its key, and show it in a template."""
    return render(request, "peer/form.html", {"form": Note.objects.get(pk=1)})


def form_of(fields: int) -> type[forms.Form]:
    named: dict[str, Any] = {f"field{n}": forms.CharField(max_length=100) for n in range(fields)}
    return type("PlainForm", (forms.Form,), named)


PlainForm = form_of(4)


@login_required
def save(request: HttpRequest, rows: int) -> HttpResponse:
    """Check a form of four fields and insert `rows` rows, one statement each, in one transaction."""
    form = PlainForm(request.POST or None)
    if not form.is_valid():
        return render(request, "peer/form.html", {"form": form})
    with transaction.atomic():
        for _ in range(rows):
            Note.objects.create(text=form.cleaned_data["field0"])
    return redirect("page")
