"""What our script (assets/js/upload.mjs) must know of a file input: where to send slices, how large, and its words."""

from django.urls import reverse
from django.utils.translation import get_language, gettext

from consular.documents.resumable.limits import SLICE
from consular.documents.status import Kind
from consular.lib.calendars import digits


def attributes(kind: Kind) -> dict[str, str]:
    """Return the attributes of a file input whose files may come in slices, in the active language.

    {percent}, {number} and {files} are the script's to fill in, with the digits of `data-digits`.
    """
    return {
        "data-upload-url": reverse("documents:upload_begin", args=[kind.value]),
        "data-upload-slice": str(SLICE),
        "data-digits": digits("0123456789", get_language() or "en"),
        "data-upload-preparing": gettext("Getting ready to send."),
        "data-upload-progress": gettext("Sending file {number} of {files}: {percent} percent sent."),
        "data-upload-waiting": gettext(
            "The connection was lost at {percent} percent. We try again by ourselves; nothing that was sent is lost."
        ),
        "data-upload-stopped": gettext(
            "The file could not be sent. Nothing that was sent is lost: press the button again to go on."
        ),
        "data-upload-busy": gettext("Files are still being sent. Wait until they have arrived."),
        "data-upload-done": gettext("All files have arrived."),
    }
