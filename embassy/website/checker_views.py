"""Do I need a visa? The question, and the answer at an address of its own."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from embassy.times import measured
from embassy.website.before_law import needs_law
from embassy.website.content import Content, public_page
from embassy.website.forms import CheckForm, address, as_typed, from_address
from visas.policy import pricing, rules
from visas.policy.book import NotInForce, in_force
from visas.policy.rules import Answer


@public_page
@needs_law(gettext_lazy("Do I need a visa?"))
def checker(request: HttpRequest, content: Content) -> HttpResponse:
    """Ask; a complete question leads to the address of its answer, unless its answers are to be changed."""
    book, today = content.book, content.today
    form = CheckForm(request.GET or None, initial={"document": "ordinary"}, book=book, today=today)
    if form.is_valid() and "change" in request.GET:
        form = CheckForm(initial=as_typed(form.question), book=book, today=today)
    elif form.is_valid():
        return redirect(address(form.question))
    return render(request, "website/checker.html", {"form": form})


@public_page
@needs_law(gettext_lazy("Do I need a visa?"))
def checker_answer(request: HttpRequest, content: Content, **parts: str) -> HttpResponse:
    """Answer the question in the address; ask again, saying what is wrong, when it cannot be answered."""
    form = CheckForm(from_address(**parts), book=content.book, today=content.today)
    if not form.is_valid():
        return render(request, "website/checker.html", {"form": form}, status=404)
    if address(form.question) != request.path:
        return redirect(address(form.question))
    try:
        answer = rules.requirement(form.question, book=content.book)
    except NotInForce:
        form.add_error("on", _("The law that we keep here says nothing about this day."))
        return render(request, "website/checker.html", {"form": form}, status=404)
    change = reverse("website:checker") + "?" + urlencode({**from_address(**parts), "change": "yes"})
    context = {**context_of(answer, content), "change": change}
    return render(request, "website/checker_answer.html", context)


def context_of(answer: Answer, content: Content) -> dict[str, Any]:
    book, question, category = content.book, answer.question, answer.category
    return {
        "answer": answer,
        "document": book.travel_document(question.document),
        "purpose": book.purpose(question.purpose),
        "passport": next(iter(in_force(book.passport_validity, question.on)), None),
        "fingerprints_from": pricing.fingerprints_from(question.on, book=book),
        "extras": pricing.extras(category, question.on, book=book) if category else [],
        "missions": content.offering("visas"),
        "figure": measured.of_edition(content.shelf.number).of(category.code) if category else None,
        "today": content.today,
    }
