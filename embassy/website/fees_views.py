"""What everything costs, what several people pay together, and how long decisions take."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from embassy.times import measured
from embassy.website.before_law import needs_law
from embassy.website.content import Content, public_page
from embassy.website.forms import FeeForm
from embassy.website.overview import FeeTable, Overview
from visas.policy import pricing
from visas.policy.book import in_force


@public_page
@needs_law(_("Fees"))
def fees(request: HttpRequest, content: Content) -> HttpResponse:
    book, today = content.book, content.today
    context = {
        "fees": FeeTable(book.fees, today),
        "exemptions": in_force(book.exemptions, today),
        "surcharges": in_force(book.surcharges, today),
        "refunds": pricing.refunds(today, book=book),
        "services": FeeTable(book.service_fees, today),
        "today": today,
    }
    return render(request, "website/fees.html", context)


@public_page
@needs_law(_("Fees"))
def fee_calculator(request: HttpRequest, content: Content) -> HttpResponse:
    """Ask what is needed to tell a price; the answer stands above the question, at an address that can be sent on."""
    form = FeeForm(request.GET or None, initial=FeeForm.BEGINNING, book=content.book, today=content.today)
    price = pricing.price(form.order, book=content.book) if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "price": price, "today": content.today}
    if price:
        context |= {"order": form.order, "refunds": pricing.refunds(content.today, book=content.book)}
    return render(request, "website/fees_calculator.html", context)


@public_page
@needs_law(_("How long decisions take"))
def processing_times(request: HttpRequest, content: Content) -> HttpResponse:
    times = measured.of_edition(content.shelf.number)
    rows = [
        (Overview(content.book, each, content.today), times.of(each.code), times.at_missions(each.code))
        for each in content.book.categories
    ]
    context = {"rows": rows, "measurement": times.measurement}
    return render(request, "website/times.html", context)
