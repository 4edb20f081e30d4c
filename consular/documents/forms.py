"""Uploads by a plain form. What a file is, the actions find from its content."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy as _

from consular.documents import actions, explain
from consular.documents.filenames import display_name
from consular.documents.models import Document
from consular.documents.status import Kind
from consular.ui.fields import FileField
from consular.ui.forms import Form
from consular.ui.widgets import FileInput

PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/tiff,.heic,.heif,.tif,.tiff"
ACCEPT = {Kind.PHOTO: PICTURES, Kind.PASSPORT: f"{PICTURES},.pdf", Kind.SUPPORTING: f"{PICTURES},.pdf"}

limits = lazy(explain.limits, str)


class FilesInput(FileInput):
    """A file input for several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> "list[UploadedFile[bytes]]":
        return list(files.getlist(name))


class DocumentField(FileField):
    """One file of a kind, several of them where that makes sense; the cleaned value is a list of uploads."""

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = Kind(kind)
        widget = FilesInput() if self.kind == Kind.SUPPORTING else FileInput()
        super().__init__(max_bytes=settings.DOCUMENT_MAX_BYTES, shrink=True, **{"widget": widget, **kwargs})
        self.help_text = limits(self.kind)

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ACCEPT[self.kind]}

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return what arrived. The actions say more about each file than one message for all could."""
        uploads = [each for each in (data if isinstance(data, list) else [data]) if each]
        self.validate(uploads)
        return uploads


class UploadForm(Form):
    """Take files of one kind: `form.is_valid()`, then `form.store(owner=…)`, then look at `form.errors` again."""

    def __init__(self, *args: Any, kind: str, label: Any = "", **kwargs: Any) -> None:
        self.kind = Kind(kind)
        super().__init__(*args, **kwargs)
        self.fields["file"] = DocumentField(kind=kind, label=label or self.default_label)

    @property
    def default_label(self) -> Any:
        return _("Choose files") if self.kind == Kind.SUPPORTING else _("Choose a file")

    def store(self, *, owner: Any) -> list[Document]:
        """Return the documents that could be stored; each that could not adds its reason to the form's errors."""
        uploads = self.cleaned_data["file"]
        documents = [self._stored(each, owner, named=len(uploads) > 1) for each in uploads]
        return [document for document in documents if document]

    def _stored(self, upload: "UploadedFile[bytes]", owner: Any, *, named: bool) -> Document | None:
        try:
            return actions.store(upload, owner=owner, kind=self.kind)
        except ValidationError as error:
            self.add_error("file", _named(error, upload) if named else error)
        return None


def _named(error: ValidationError, upload: "UploadedFile[bytes]") -> ValidationError:
    """Return the error with the name of the file that it is about."""
    told = {"name": display_name(upload.name), "message": error.message}
    return ValidationError(gettext("%(name)s: %(message)s") % told, code=error.code)
