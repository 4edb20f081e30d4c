"""Uploads by a plain form. What a file is, the actions find from its content."""

from typing import Any, Union

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy as _

from consular.documents import actions, explain
from consular.documents.filenames import display_name
from consular.documents.models import Document
from consular.documents.resumable import actions as resumable, sending
from consular.documents.status import Kind
from consular.ui.fields import FileField
from consular.ui.forms import Form
from consular.ui.widgets import FileInput

PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/tiff,.heic,.heif,.tif,.tiff"
ACCEPT = {Kind.PHOTO: PICTURES, Kind.PASSPORT: f"{PICTURES},.pdf", Kind.SUPPORTING: f"{PICTURES},.pdf"}

limits = lazy(explain.limits, str)


class Sent(str):
    """The key of an upload that came in slices, posted in place of its file."""

    __slots__ = ()


Given = Union["UploadedFile[bytes]", Sent]


class DocumentInput(FileInput):
    """A file input that also takes files which were sent in slices before: `<name>-sent` holds their keys."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Given]:
        sent = data.getlist(f"{name}-sent") if hasattr(data, "getlist") else []
        return [*files.getlist(name), *(Sent(key) for key in sent)]


class FilesInput(DocumentInput):
    """A file input for several files at once."""

    allow_multiple_selected = True


class DocumentField(FileField):
    """One file of a kind, or `several`; the cleaned value is a list of uploads.

    `sliced` lets the browser send large files in slices, for forms that know how to take them.
    """

    def __init__(
        self, *, kind: str, several: bool | None = None, sliced: bool = False, **kwargs: Any
    ) -> None:
        self.kind, self.sliced = Kind(kind), sliced
        several = self.kind == Kind.SUPPORTING if several is None else several
        widget = FilesInput() if several else DocumentInput()
        super().__init__(max_bytes=settings.DOCUMENT_MAX_BYTES, shrink=True, **{"widget": widget, **kwargs})
        self.help_text = limits(self.kind)

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        slicing = sending.attributes(self.kind) if self.sliced else {}
        return {**super().widget_attrs(widget), "accept": ACCEPT[self.kind], **slicing}

    def clean(self, data: Any, initial: Any = None) -> list[Given]:
        """Return what arrived. The actions say more about each file than one message for all could."""
        uploads = [each for each in (data if isinstance(data, list) else [data]) if each]
        self.validate(uploads)
        return [each for each in uploads if self.sliced or not isinstance(each, Sent)]


class UploadForm(Form):
    """Take files of one kind: `form.is_valid()`, then `form.store(owner=…)`, then look at `form.errors` again."""

    def __init__(
        self, *args: Any, kind: str, label: Any = "", several: bool | None = None, **kwargs: Any
    ) -> None:
        self.kind = Kind(kind)
        super().__init__(*args, **kwargs)
        self.fields["file"] = DocumentField(
            kind=kind, label=label or self.default_label, several=several, sliced=True
        )

    @property
    def default_label(self) -> Any:
        return _("Choose files") if self.kind == Kind.SUPPORTING else _("Choose a file")

    def store(self, *, owner: Any, by: Any = None) -> list[Document]:
        """Return the documents that could be stored; each that could not adds its reason to the form's errors."""
        uploads = self.cleaned_data["file"]
        documents = [self._stored(each, owner, by, named=len(uploads) > 1) for each in uploads]
        return [document for document in documents if document]

    def _stored(self, upload: Given, owner: Any, by: Any, *, named: bool) -> Document | None:
        try:
            if isinstance(upload, Sent):
                return resumable.finish(upload, by=by or owner, owner=owner, kind=self.kind)
            return actions.store(upload, owner=owner, kind=self.kind, by=by)
        except ValidationError as error:
            self.add_error("file", _named(error, upload) if named else error)
        return None


def _named(error: ValidationError, upload: Given) -> ValidationError:
    """Return the error with the name of the file that it is about."""
    if isinstance(upload, Sent):
        return error
    told = {"name": display_name(upload.name), "message": error.message}
    return ValidationError(gettext("%(name)s: %(message)s") % told, code=error.code)
