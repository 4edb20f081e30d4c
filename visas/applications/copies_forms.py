"""The form that takes a copy to be checked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from consular.ui.fields import FileField
from consular.ui.forms import Form
from visas.applications.copies import MOST_BYTES


class CheckCopyForm(Form):
    """A file that somebody says is a copy of the answers."""

    copy = FileField(
        label=_("Choose the file “Your answers (JSON)”"),
        kinds=["JSON"],
        max_bytes=MOST_BYTES,
        required_message=_("Choose a file"),
    )

    def content(self) -> bytes:
        """Return what is in the file, of a valid form."""
        found: bytes = self.cleaned_data["copy"].read()
        return found

    def refuse(self) -> None:
        self.add_error(
            "copy", ValidationError(gettext("This file is not a copy of what we hold, or was changed."))
        )
