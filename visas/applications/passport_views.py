"""The passport first: its photograph fills in answers for the traveller to confirm.

The page asks for the photograph, waits while it is read, leads on to what was read, or says what went wrong.
"""

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from consular.portal.news import news
from visas.applications import passport
from visas.applications.draft import Draft
from visas.applications.forms import DocumentForm
from visas.applications.passport import Stage
from visas.applications.views import form_page, get_own, hand_in, own_draft, page_of


@form_page
@own_draft
def passport_first(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take the photograph, wait until it is read, and lead on to what was read."""
    item = passport.item_of(draft.checklist)
    if item is None:
        return redirect("applications:tasks", draft.application.pk)
    form = hand_in(request, draft, item) if request.method == "POST" else DocumentForm(item)
    form.fields["file"].label = gettext("The data page of your passport")
    if form.is_bound and not form.errors:
        return redirect("applications:passport_first", draft.application.pk)
    stage = passport.stage(item)
    if stage == Stage.READ and not form.errors:
        return redirect("applications:passport", draft.application.pk)
    return page_of(
        request, "passport_first", draft, item=item, form=form, stage=stage, fills=len(passport.READ)
    )


@require_GET
@never_cache
def passport_state(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Answer the waiting page, which asks whether the passport was read meanwhile."""
    application = get_own(request, application_id)
    item = None if application.is_submitted else passport.item_of(Draft.of(application).checklist)
    if item is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {"application": application, "stage": passport.stage(item)}
    return news(
        request, "visas/applications/passport_state.html", context, final=context["stage"] != Stage.WAITING
    )
