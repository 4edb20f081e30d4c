"""What editors, translators and approvers fill in."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy as _

from consular.lib import text
from consular.ui.fields import CharField, ChoiceField, DateField
from consular.ui.forms import Form
from embassy.content.actions import Words
from embassy.content.links import KEPT, route_of
from embassy.content.models import PATH, Node, Revision
from embassy.content.po import BODY, SUMMARY, TITLE
from embassy.content.status import PUBLISHED, Kind

FARTHEST_REVIEW = timedelta(days=3 * 366)
SHARED = {"website:visa_list"}  # Pages of our own that begin with what a section says


class MarkdownField(CharField):
    """Text whose blanks count: a list inside a list is indented."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(multiline=True, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        value = str(value or "")
        if reason := text.flaw(value):
            self.fail(reason.value)
        lines = re.split(r"\r\n?|\n", unicodedata.normalize("NFC", value))
        return "\n".join(line.rstrip() for line in lines).strip("\n")


class MomentField(forms.DateTimeField):
    """A day and a time of day, in UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M")


class TextForm(Form):
    """What a page says in `language`, whatever the language of who writes it."""

    title = CharField(label=_("Title"), max_length=TITLE, required_message=_("Enter the title"))
    summary = CharField(
        label=_("Summary"),
        help_text=_("One or two sentences, shown below the title and in lists."),
        multiline=True,
        max_length=SUMMARY,
        required=False,
    )
    body = MarkdownField(
        label=_("Text"),
        help_text=_(
            "## and ### begin headings, - and 1. lists, **bold**, [words](/visas/) a link. A block begins with"
            " :::warning, :::inset, :::steps or :::details and its title, and ends with ::: on a line of its own."
        ),
        max_length=BODY,
        required=False,
    )
    reason = CharField(
        label=_("Reason for the change"),
        help_text=_("Everybody can read it in the history of the page."),
        max_length=300,
        required_message=_("Say in a few words what has changed"),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "dir": direction}

    def words(self) -> Words:
        return Words(**self.cleaned_data)


class ApprovalForm(Form):
    """Approve a text, at once or from a later moment on."""

    live_from = MomentField(
        label=_("Show it from"), help_text=_("In UTC. Leave it empty to show it at once."), required=False
    )
    live_to = MomentField(
        label=_("Show it until"),
        help_text=_("In UTC. Leave it empty to show it until it is replaced."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        begins = max(filter(None, [timezone.now(), self.cleaned_data.get("live_from")]))
        ends = self.cleaned_data.get("live_to")
        if ends and ends <= begins:
            self.add_error("live_to", _("The end must be after the beginning, and in the future"))
        return self.cleaned_data


class RemarkForm(Form):
    remark = CharField(
        label=_("What should be changed?"),
        help_text=_("Whoever wrote the text reads it."),
        multiline=True,
        max_length=2000,
        required_message=_("Say what should be changed"),
    )


class TakeDownForm(Form):
    reason = CharField(
        label=_("Reason"),
        help_text=_("Everybody can read it in the history of the page."),
        max_length=300,
        required_message=_("Give the reason"),
    )


class ReviewedForm(Form):
    review_by = DateField(label=_("Review it again by"), called=_("day of the next review"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        fields: Any = self.fields
        fields["review_by"].not_before = today + timedelta(days=1)
        fields["review_by"].not_after = today + FARTHEST_REVIEW


class ImportForm(Form):
    """The translator's file. Its content is judged by `embassy.content.po`."""

    file = forms.FileField(
        label=_("PO file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".po,.txt,text/x-gettext-translation"}),
        error_messages={"required": _("Select the file")},
    )


class CompareForm(Form):
    """Which text to compare with."""

    other = ChoiceField(label=_("Compare with"), select=True)


class NodeForm(forms.ModelForm):  # type: ignore[type-arg]  # Not subscriptable at run time
    """A page's place. The page above follows from the path."""

    class Meta:
        model = Node
        fields = ("path", "kind", "position", "owner", "review_by")

    def clean_path(self) -> str:
        path = str(self.cleaned_data["path"]).strip().strip("/").lower()
        RegexValidator(PATH, _("Use small letters a–z, numbers and hyphens; / between the parts."))(path)
        if path != self.instance.path and self._was_published():
            raise ValidationError(_("Readers know this page by its address: it cannot move."))
        return path

    def _was_published(self) -> bool:
        return bool(
            self.instance.pk and Revision.objects.filter(node=self.instance, state__in=PUBLISHED).exists()
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if path := data.get("path"):
            self._demand_free(path, data.get("kind", ""))
            self.instance.parent = self._parent(path, data.get("kind", ""))
        return data

    def _demand_free(self, path: str, kind: str) -> None:
        """Refuse the path of a page of our own, which would hide this one."""
        route = route_of(f"{path}/")
        if route != KEPT and not (kind == Kind.SECTION and route in SHARED):
            self.add_error("path", _("Another page of the site has this address already."))

    def _parent(self, path: str, kind: str) -> Node | None:
        above = path.rpartition("/")[0]
        if above and kind == Kind.SECTION:
            self.add_error("kind", _("A section stands at the top: its path has one part."))
        parent = Node.objects.filter(path=above).first() if above else None
        if above and parent is None:
            self.add_error("path", _("There is no page above it yet: make %(path)s first.") % {"path": above})
        return parent
