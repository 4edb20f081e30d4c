"""What applicants type: answers to an officer, and the look-up of a status."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consular.cases import actions
from consular.cases.models import Request, RequestItem
from consular.documents import actions as documents
from consular.documents.forms import DocumentField
from consular.documents.status import Kind
from consular.lib.references import parse_reference
from consular.ui.fields import CharField, CodeField, DateField
from consular.ui.forms import Form

LONGEST_ANSWER = 5000


class AnswerForm(Form):
    """One field for each thing that an officer asks for: a text, or files for a document."""

    show_optional = False

    def __init__(self, *args: Any, letter: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter, self.items = letter, {self.name_of(item): item for item in letter.items.all()}
        for name, item in self.items.items():
            self.fields[name] = self.field_for(item)

    @staticmethod
    def name_of(item: RequestItem) -> str:
        return f"item_{item.pk}"

    def field_for(self, item: RequestItem) -> Any:
        """Return a field that may stay empty: answers are saved bit by bit."""
        if not item.purpose:
            return CharField(
                label=item.text, called=_("Your answer"), multiline=True, max_length=LONGEST_ANSWER, required=False,
                initial=item.answer,
            )  # fmt: skip
        return DocumentField(kind=kind_of_file(item.purpose), label=item.text, required=False)

    def save(self, *, by: Any) -> None:
        """Keep every text and file that is valid; the others keep their messages."""
        texts = {item.pk: self.cleaned_data[name] for name, item in self.given(files=False)}
        actions.save_answers(self.letter, by=by, texts=texts)
        for name, item in self.given(files=True):
            for upload in self.cleaned_data[name]:
                self.attach(name, item, upload, by=by)

    def given(self, *, files: bool) -> list[tuple[str, RequestItem]]:
        return [
            (name, item)
            for name, item in self.items.items()
            if name in self.cleaned_data and bool(item.purpose) == files
        ]

    def attach(self, name: str, item: RequestItem, upload: Any, *, by: Any) -> None:
        try:
            with transaction.atomic():
                document = documents.store(
                    upload, owner=self.letter.case.applicant, kind=kind_of_file(item.purpose), by=by
                )
                actions.attach(item, document, by=by)
        except ValidationError as error:
            self.add_error(name, error)

    def name_what_is_missing(self) -> None:
        """Put a message on every item that has no answer yet, or a file that cannot be used."""
        unanswered = set(self.letter.items.unanswered().values_list("pk", flat=True))
        unusable = set(self.letter.items.with_unusable_files().values_list("pk", flat=True))
        for name, item in self.items.items():
            if item.pk in unanswered:
                self.add_error(name, MISSING_FILE if item.purpose else MISSING_TEXT)
            elif item.pk in unusable:
                self.add_error(name, UNUSABLE_FILE)


MISSING_TEXT = _("Write your answer")
MISSING_FILE = _("Choose a file")
UNUSABLE_FILE = _("Remove the file that cannot be used, and choose another")


def kind_of_file(purpose: str) -> Kind:
    """Return how the pipeline treats a document for `purpose`: passports and photos are read as such."""
    return Kind(purpose) if purpose in {Kind.PASSPORT, Kind.PHOTO} else Kind.SUPPORTING


class StatusForm(Form):
    """The two things that a person knows about their application."""

    reference = CodeField(
        label=_("Reference of the application"),
        help_text=_(
            "12 letters and digits, such as QV7K-M3WF-D2HX. It is on your receipt and in our messages."
        ),
        required_message=_("Enter the reference of the application"),
        width=20,
        max_length=40,
    )
    birth_on = DateField(
        label=_("Traveller’s date of birth"), past=True, required_message=_("Enter the date of birth")
    )

    def clean_reference(self) -> str:
        reference = parse_reference(self.cleaned_data["reference"])
        if reference is None:
            raise ValidationError(
                _("Look at the reference again: it has 12 letters and digits, such as QV7K-M3WF-D2HX")
            )
        return reference
