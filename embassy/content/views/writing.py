"""Write a text: one form, kept whole whatever happens to the page meanwhile."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from embassy.content import actions, difference, rules
from embassy.content.actions import RefusedError
from embassy.content.forms import TextForm
from embassy.content.models import Node, Revision
from embassy.content.status import SOURCE, Obstacle
from embassy.content.views.fetching import draw, language_of, page_for


class Write(View):
    """The open text of a page in a language, or a new one that begins with what readers see."""

    node: Node
    language: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.node, self.language = page_for(request.user, kwargs["pk"]), kwargs["language"]
        self.info = language_of(self.language)
        if not rules.may_write(request.user, self.language):
            raise Http404

    @property
    def standing(self) -> Revision | None:
        return Revision.objects.open().filter(node=self.node, language=self.language).first()

    @property
    def source(self) -> Revision | None:
        """The English text that a translation is written from."""
        return None if self.language == SOURCE else rules.source_of(self.node)

    def get(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        standing = self.standing
        begun = standing or rules.shown_or_coming(self.node, language).order_by("-live_from", "-pk").first()
        names = ("title", "summary", "body") if standing is None else ("title", "summary", "body", "reason")
        initial = {name: getattr(begun, name) for name in names} if begun else {}
        return self.page(TextForm(initial=initial, language=language), standing.version if standing else 0)

    def post(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        form, version = TextForm(request.POST, language=language), number(request.POST.get("version"))
        if not form.is_valid():
            return self.page(form, version)
        try:
            text = self.save(form, version)
        except RefusedError as refused:
            return self.conflict(form, refused)
        return self.saved(text)

    def save(self, form: TextForm, version: int) -> Revision:
        user, words, source = self.request.user, form.words(), self.shown_source()
        standing = self.standing
        if standing is None and version == 0:
            return actions.begin(self.node, self.language, words, by=user, translates=source)
        if standing is None:
            raise RefusedError(Obstacle.NOT_OPEN)
        return actions.save(standing, words, by=user, version=version, translates=source)

    def shown_source(self) -> Revision | None:
        """Return the English text that stood beside the form, which may not be the newest any more."""
        pk = number(self.request.POST.get("source"))
        return Revision.objects.filter(pk=pk, node=self.node, language=SOURCE).first()

    def saved(self, text: Revision) -> HttpResponse:
        if "hand_in" in self.request.POST:
            try:
                actions.hand_in(text, by=self.request.user, version=text.version)
            except RefusedError as refused:
                messages.error(self.request, refused.reason)
                return redirect("admin:content:text", text.pk)
            messages.success(self.request, _("Handed in: the text waits for a second person."))
        else:
            messages.success(self.request, _("Saved as a draft."))
        return redirect("admin:content:text", text.pk)

    def conflict(self, form: TextForm, refused: RefusedError) -> HttpResponse:
        """Show what was typed, what stands there now, and how they differ. Saving again writes over it."""
        standing = self.standing
        version = standing.version if standing else 0
        theirs = standing or rules.shown_or_coming(self.node, self.language).order_by("-live_from").first()
        differences = difference.words(theirs.body, form.cleaned_data["body"]) if theirs else []
        return self.page(
            form, version, status=409, refused=refused.reason, theirs=theirs, differences=differences
        )

    def page(self, form: TextForm, version: int, *, status: int = 200, **context: Any) -> HttpResponse:
        title = _("Text in %(language)s") % {"language": self.info["name_local"]}
        return draw(
            self.request,
            "content/write.html",
            status=status,
            title=title,
            node=self.node,
            language=self.info,
            form=form,
            version=version,
            source=self.source,
            **context,
        )


def number(typed: str | None) -> int:
    """Return a hidden number; 0 for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004
