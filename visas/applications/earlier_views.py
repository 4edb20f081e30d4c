"""Beginning with the answers of an earlier application."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from consular.ui.fields import ChoiceField
from consular.ui.forms import Form
from consular.ui.templatetags.ui import day, digits
from visas.applications import actions, earlier
from visas.applications.draft import Draft
from visas.applications.earlier import Offer
from visas.applications.views import form_page, own_draft, page_of

NONE = "none"


class EarlierForm(Form):
    """Which earlier application to begin with, or none."""

    begin_with = ChoiceField(
        label=_("How do you want to begin?"), required_message=_("Select how you want to begin")
    )

    def __init__(self, offers: Sequence[Offer], data: Any = None) -> None:
        super().__init__(data)
        self.offers = {str(offer.application.pk): offer for offer in offers}
        field: Any = self.fields["begin_with"]
        empty = (NONE, gettext("With empty pages"))
        field.choices = [*((name, _in_words(offer)) for name, offer in self.offers.items()), empty]

    def chosen(self) -> Offer | None:
        return self.offers.get(self.cleaned_data["begin_with"])


def _in_words(offer: Offer) -> str:
    named = {"day": day(offer.submitted_at), "traveller": offer.traveller.name_latin}
    return gettext("With the answers of your application of %(day)s (%(traveller)s)") % named


@form_page
@own_draft
def begin(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Offer the answers of earlier applications, and copy what lasts of the one that is chosen."""
    form = EarlierForm(
        earlier.offers(draft.application, request.user), request.POST if request.method == "POST" else None
    )
    if form.offers and not form.is_valid():
        return page_of(request, "earlier", draft, form=form)
    offer = form.chosen() if form.offers else None
    if offer:
        copied = actions.begin_with(draft.application, offer.application, by=request.user)
        messages.success(request, said(copied))
    return redirect("applications:passport_first", draft.application.pk)


def said(copied: int) -> str:
    """Return what was copied, in words."""
    return ngettext(
        "%(number)s answer was filled in from your earlier application. Look whether it is still right.",
        "%(number)s answers were filled in from your earlier application. Look whether they are still right.",
        copied,
    ) % {"number": digits(copied)}
