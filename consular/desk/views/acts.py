"""What officers do with a case: one small view an act. Every POST ends in a redirect to the case page."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, gettext_lazy as _
from django.views import View
from django.views.decorators.http import require_POST

from consular.cases import actions, rules
from consular.cases.actions import RefusedError
from consular.cases.kinds import kind_of
from consular.cases.models import Case
from consular.cases.status import Act, Outcome
from consular.desk.forms import (
    NoteForm,
    QuestionForm,
    ReasonForm,
    RefusalForm,
    approval_form,
    conditions_of,
    rows_in,
)
from consular.desk.views.fetching import case_for
from consular.notifications.rendering import render as message_in_words

MOVED = _("The case has moved since you opened that page. Look at it as it is now.")


@require_POST
def next_case(request: HttpRequest) -> HttpResponse:
    """Claim the case that is due first and open it."""
    case = actions.next_case(by=request.user)
    if case is None:
        messages.info(request, _("Nothing is waiting: every case has its officer."))
        return redirect("admin:index")
    return redirect("admin:desk:case_detail", case.reference)


class ActView(View):
    """Fetch the case, ask the rules, call one action, redirect."""

    act: ClassVar[Act]
    done: ClassVar[Any]
    case: Case

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.case = case_for(request.user, kwargs["reference"])
        if obstacle := rules.obstacle(self.act, request.user, self.case):
            messages.error(request, obstacle.label)
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: Any) -> None:
        """Call the action; it locks the case and asks the rules again."""

    def carry_out(self, form: Any = None) -> HttpResponse:
        try:
            self.perform(form)
        except RefusedError as refused:
            messages.error(self.request, refused.reason)
        else:
            messages.success(self.request, self.done)
        return self.back()

    def back(self) -> HttpResponse:
        return redirect("admin:desk:case_detail", self.case.reference)


class PlainActView(ActView):
    """An act that needs no form: one button."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.carry_out()


class FormActView(ActView):
    """An act with a page of its own. The form carries when the case last moved: what moved meanwhile is shown first."""

    title: ClassVar[Any]
    template_name = "desk/act.html"
    button: ClassVar[Any]
    weight = ""
    consequence: ClassVar[Any] = ""

    def form(self, data: QueryDict | None = None) -> forms.BaseForm:
        return ReasonForm(data)

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        if request.POST.get("moved_at", self.moved_at) != self.moved_at:
            messages.warning(request, MOVED)
            return self.back()
        form = self.form(request.POST)
        return self.valid(form) if form.is_valid() else self.page(form)

    def valid(self, form: Any) -> HttpResponse:
        return self.carry_out(form)

    @property
    def moved_at(self) -> str:
        return self.case.moved_at.isoformat()

    def page(self, form: Any, template: str = "", **more: Any) -> HttpResponse:
        context = {
            **site.each_context(self.request),
            "title": self.title,
            "act": self,
            "case": self.case,
            "form": form,
            **more,
        }
        return render(self.request, template or self.template_name, context)


class Claim(PlainActView):
    act, done = Act.CLAIM, _("You hold the case now.")

    def perform(self, form: Any) -> None:
        actions.claim(self.case, by=self.request.user)


class Release(PlainActView):
    act, done = Act.RELEASE, _("The case is back in the queue.")

    def perform(self, form: Any) -> None:
        actions.release(self.case, by=self.request.user)


class TakeBack(PlainActView):
    act, done = Act.TAKE_BACK, _("The question is taken back. The case is in review again.")

    def perform(self, form: Any) -> None:
        actions.take_back(self.case, by=self.request.user)


class TakeOver(FormActView):
    act, done = Act.TAKE_OVER, _("You hold the case now. Your reason is among the notes.")
    title, button = _("Take the case over"), _("Take the case over")

    def perform(self, form: Any) -> None:
        actions.take_over(self.case, by=self.request.user, reason=form.cleaned_data["reason"])


class AddNote(FormActView):
    act, done = Act.NOTE, _("Your note is on the case.")
    title, button = _("Add a note"), _("Add the note")

    def form(self, data: QueryDict | None = None) -> forms.BaseForm:
        return NoteForm(data)

    def perform(self, form: Any) -> None:
        actions.add_note(self.case, by=self.request.user, text=form.cleaned_data["text"])


class Ask(FormActView):
    """Compose, see what the applicant will see, send."""

    act, done = Act.ASK, _("The question is on its way to the applicant.")
    title, button = _("Ask the applicant"), _("See what the applicant will read")
    template_name = "desk/ask.html"

    def form(self, data: QueryDict | None = None) -> forms.BaseForm:
        return QuestionForm(data, case=self.case, rows=rows_in(data))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        if {"more", "change"} & set(request.POST):
            return self.page(QuestionForm.reopened(request.POST, self.case, more="more" in request.POST))
        return super().post(request, reference)

    def valid(self, form: Any) -> HttpResponse:
        return self.carry_out(form) if "send" in self.request.POST else self.preview(form)

    def preview(self, form: Any) -> HttpResponse:
        """Show the message exactly as it goes, and the answers that the officer gave, to send or change."""
        language = self.case.applicant.language
        told = actions.question_context(self.case, form.wanted(), form.cleaned_data["answer_by"])
        message = message_in_words("cases/question", language, told, case_reference=self.case.reference)
        carried = [
            pair for name, values in self.request.POST.lists() for pair in ((name, value) for value in values)
        ]
        return self.page(
            form,
            "desk/ask_preview.html",
            message=message,
            language=get_language_info(language),
            carried=[
                (name, value) for name, value in carried if name not in {"csrfmiddlewaretoken", "preview"}
            ],
        )

    def perform(self, form: Any) -> None:
        by = self.request.user
        actions.ask(self.case, by=by, items=form.wanted(), answer_by=form.cleaned_data["answer_by"])


class Deciding(FormActView):
    """What recommending and deciding share: the form starts from what was recommended, if anything was."""

    outcome: ClassVar[Outcome]
    reason_required = True

    def form(self, data: QueryDict | None = None) -> forms.BaseForm:
        standing = self.case.recommendations.standing().filter(outcome=self.outcome).first()
        if self.outcome == Outcome.REFUSE:
            initial = {"grounds": standing.grounds} if standing else {}
            return RefusalForm(data, kind=kind_of(self.case), initial=initial)
        form_class = approval_form(self.case, reason_required=self.reason_required)
        return form_class(data, initial=standing.conditions) if standing else form_class(data)

    def chosen(self, form: Any) -> dict[str, Any]:
        """Return outcome, reason, and grounds or conditions, as the actions take them."""
        refuses = self.outcome == Outcome.REFUSE
        what = {"grounds": form.cleaned_data["grounds"]} if refuses else {"conditions": conditions_of(form)}
        return {
            "by": self.request.user,
            "outcome": self.outcome,
            "reason": form.cleaned_data["reason"],
            **what,
        }


class Recommending(Deciding):
    act, done = Act.RECOMMEND, _("Your recommendation waits for a second person.")
    consequence = _("Another officer decides. The applicant is not told yet.")

    def perform(self, form: Any) -> None:
        actions.recommend(self.case, **self.chosen(form))


class RecommendApproval(Recommending):
    outcome, title, button = Outcome.APPROVE, _("Recommend approval"), _("Recommend approval")


class RecommendRefusal(Recommending):
    outcome, title, button = Outcome.REFUSE, _("Recommend refusal"), _("Recommend refusal")


class SendBack(FormActView):
    act, done = Act.SEND_BACK, _("The case is back with the officer who holds it.")
    title, button = _("Send back to review"), _("Send back to review")
    consequence = _("The recommendation no longer stands. The applicant is not told.")

    def perform(self, form: Any) -> None:
        actions.send_back(self.case, by=self.request.user, reason=form.cleaned_data["reason"])


class Approve(Deciding):
    act, outcome, done = Act.APPROVE, Outcome.APPROVE, _("Approved. The applicant is told.")
    title, button = _("Approve the application"), _("Approve")
    consequence = _(
        "The applicant is told at once, and what they applied for is made. This cannot be undone."
    )
    reason_required = False

    def perform(self, form: Any) -> None:
        actions.decide(self.case, **self.chosen(form))


class Refuse(Deciding):
    act, outcome, done = Act.REFUSE, Outcome.REFUSE, _("Refused. The applicant is told.")
    title, button, weight = _("Refuse the application"), _("Refuse"), "warning"
    consequence = _("The applicant is told at once, with the grounds. This cannot be undone.")

    def perform(self, form: Any) -> None:
        actions.decide(self.case, **self.chosen(form))
