"""What became of a file, in words that say what to do, with the figures, in the active language."""

import math
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy as _, ngettext

from consular.documents import photo_words, supporting_words
from consular.documents.models import Document
from consular.documents.status import Advice, Finding, Kind, NotAccepted, Refusal, State
from consular.lib.calendars import digits

MEGA = 1_000_000

STATES: dict[str, Promise] = {
    State.RECEIVED: _(
        "We have your file and are checking it. This takes less than a minute as a rule. You can go on."
    ),
    State.CLEAN: _("We could open your file. An officer will look at it."),
    State.FAILED: _(
        "We have your file but could not check it yet. The fault is ours: we will try again by ourselves. "
        "You can go on."
    ),
}

COULD_BE_BETTER: Promise = _("We could open your file, but it could be better:")

REFUSALS: dict[str, Promise] = {
    Refusal.NOT_ACCEPTED: _(
        "This is not a picture or a PDF. We take JPEG, PNG, HEIC, WebP, TIFF and PDF files."
    ),
    Refusal.DAMAGED: _("This file is damaged. Take the photograph again, or export the PDF again."),
    Refusal.LOCKED: _(
        "This PDF is locked with a password. Save it without a password, then upload it again."
    ),
    Refusal.TOO_MANY_PAGES: _(
        "This file has %(pages)s pages. The most we can take is %(limit)s. "
        "Save only the pages that we ask for, or divide the file."
    ),
    Refusal.TOO_MANY_PIXELS: _(
        "This picture has %(megapixels)s million pixels. The most we can take is %(limit)s million. "
        "Save it smaller, or take a photograph of the page."
    ),
    Refusal.TOO_COMPLEX: _(
        "This file is too complicated for us to open safely. Print it to a new PDF, or take a photograph of each page."
    ),
    Refusal.MALWARE: _(
        "Our virus scanner refused this file. Check your device for viruses. Take a photograph of the page, or save the "
        "document anew on another device."
    ),
}

TURNED_AWAY: dict[str, Promise] = {
    NotAccepted.EMPTY: _("This file is empty. Choose another file, or take the photograph again."),
    NotAccepted.TOO_LARGE: _(
        "This file is %(size)s MB. The most we can take is %(limit)s MB. "
        "Take the photograph again at a lower quality, or save the PDF with fewer or smaller pictures."
    ),
    NotAccepted.NOT_ACCEPTED: REFUSALS[Refusal.NOT_ACCEPTED],
    NotAccepted.NOT_A_PICTURE: _("Your photo must be a picture: a JPEG, PNG, HEIC, WebP or TIFF file."),
    NotAccepted.QUOTA: _(
        "You have handed in %(limit)s files, which is the most that one account can hold. "
        "Remove files that you no longer need, then try again tomorrow."
    ),
    NotAccepted.STORAGE: _(
        "We could not keep your file just now. The fault is ours: try again in a few minutes."
    ),
}

FOR_THE_APPLICANT: dict[str, Promise] = {
    Finding.PDF_REPAIRED: _("This PDF was damaged and we repaired it. Check that every page is here."),
    Finding.ANIMATED: _("This picture moves. We keep only what you see here."),
    Finding.NOT_A_PASSPORT: _(
        "This does not look like the data page of a passport. Upload the page with your photo and the two lines "
        "of letters, numbers and < signs at the foot."
    ),
    Finding.PICTURE_SMALL: _(
        "This picture is %(width)s × %(height)s pixels. Both sides should be at least %(limit)s: "
        "use the original file, not a copy from a messenger, or take the photograph again from nearer."
    ),
    Finding.PICTURE_BLURRED: _(
        "This picture seems to be blurred. Hold the camera still, wipe its lens, and take the photograph again."
    ),
    Finding.PICTURE_DARK: _("This picture is dark. Take the photograph again in daylight, facing the light."),
    Finding.PICTURE_BRIGHT: _(
        "This picture is too bright. Take the photograph again without flash or direct sun."
    ),
    Finding.PHOTO_SHAPE: _(
        "This picture is %(width)s × %(height)s pixels. A passport photo is upright or square: "
        "cut it so that head and shoulders fill it."
    ),
    **photo_words.FOR_THE_APPLICANT,
    **supporting_words.FOR_THE_APPLICANT,
}

ADVICE: dict[str, Promise] = {
    Advice.NO_ZONE: _(
        "We could not find the two lines of letters, numbers and < signs at the foot of the page. "
        "Take a photograph of the whole data page, flat and from straight above."
    ),
    Advice.TOO_SMALL: _(
        "The page is too small in the picture. Go nearer, so that the page fills the picture."
    ),
    Advice.TOO_DARK: _("The page is too dark. Take the photograph again in daylight."),
    Advice.BLURRED: _(
        "The lines at the foot are blurred. Hold the camera still and tap on the page to focus."
    ),
    Advice.GLARE: _(
        "Light is reflected on the lines at the foot. Turn the page away from the lamp, without flash."
    ),
    Advice.CUT_OFF: _("The lines at the foot are cut off. Leave a little space around the whole page."),
    Advice.NOT_READ: _("We could not read the two lines at the foot of the page with certainty."),
}
GO_ON_ALL_THE_SAME: Promise = _(
    "If the picture is as good as it can be, keep it: an officer will read the page."
)

FOR_THE_OFFICER: dict[str, Promise] = {
    Finding.PDF_SCRIPT: _(
        "The original holds JavaScript. The pages shown here were drawn again and hold none."
    ),
    Finding.PDF_LAUNCH: _(
        "The original would start a program on the reader's computer. The pages shown here cannot."
    ),
    Finding.PDF_ATTACHMENT: _("Other files are embedded in the original. They are not shown here."),
    Finding.PDF_FORM: _("The original is a form: anybody can change what is filled in."),
    Finding.PDF_SUBMITS: _("The original would send data to another place. The pages shown here cannot."),
    Finding.PDF_REPAIRED: _("The original was damaged and has been repaired: pages may be missing."),
    Finding.PDF_RESTRICTED: _("The original is encrypted but opens without a password."),
    Finding.ANIMATED: _("The original moves. Only its first frame is shown."),
    Finding.MRZ_NOT_READ: _("The machine-readable zone could not be read with certainty."),
    Finding.NOT_A_PASSPORT: _("The machine-readable zone is not that of a passport."),
    Finding.PICTURE_SMALL: _(
        "The picture is %(width)s × %(height)s pixels; at least %(limit)s on each side are asked for."
    ),
    Finding.PICTURE_BLURRED: _(
        "The picture seems to be blurred: sharpness %(sharpness)s, at least %(limit)s is usual."
    ),
    Finding.PICTURE_DARK: _(
        "The picture is dark: brightness %(brightness)s of 255, at least %(limit)s is usual."
    ),
    Finding.PICTURE_BRIGHT: _(
        "The picture is very bright: brightness %(brightness)s of 255, at most %(limit)s is usual."
    ),
    Finding.PHOTO_SHAPE: _(
        "The picture is %(width)s × %(height)s pixels; an upright or square one is asked for."
    ),
    **photo_words.FOR_THE_OFFICER,
    **supporting_words.FOR_THE_OFFICER,
}


def words(document: Document) -> tuple[str, str]:
    """Return the state as a label, and a sentence that says what it means and what to do."""
    if document.removed_at is not None:
        return gettext("Removed"), gettext("This file was removed.")
    label = str(document.get_state_display())
    if document.is_refused:
        return label, _filled(REFUSALS[document.refusal], _refusal_figures(document))
    return label, str(COULD_BE_BETTER if advice(document) else STATES[document.state])


def advice(document: Document) -> list[str]:
    """Return what the applicant could do better, most important first; empty when nothing."""
    if not document.is_clean:
        return []
    sentences = [_filled(FOR_THE_APPLICANT[code], supporting_words.figures(each)) for each in document.findings
                 if (code := each["code"]) in FOR_THE_APPLICANT]  # fmt: skip
    at_last = [str(photo_words.GO_ON_ALL_THE_SAME)] if sentences and document.kind == Kind.PHOTO else []
    return passport_advice(document) + sentences + at_last


def passport_advice(document: Document) -> list[str]:
    """Return why the machine-readable zone was not read, and that one may go on all the same."""
    reasons = [
        code for each in document.findings if each["code"] == Finding.MRZ_NOT_READ for code in each["advice"]
    ]
    return [str(ADVICE[code]) for code in reasons] + ([str(GO_ON_ALL_THE_SAME)] if reasons else [])


def same_file(document: Document) -> str:
    """Return the remark that the same file was handed in before, '' when it was not."""
    return gettext("You have uploaded the same file before.") if document.same_as_id else ""


def notes(document: Document) -> list[str]:
    """Return all that was found, for the officer."""
    return [*_scanned(document), *map(note, document.findings)]


def note(finding: Mapping[str, Any]) -> str:
    """Return one finding in words, for the officer."""
    return _filled(FOR_THE_OFFICER[finding["code"]], supporting_words.figures(finding))


def _scanned(document: Document) -> list[str]:
    if document.refusal != Refusal.MALWARE:
        return []
    return [gettext("The virus scanner found %(signature)s.") % document.figures]


def turned_away(reason: NotAccepted, figures: Mapping[str, int]) -> str:
    """Return why a file was not even stored, and what to do."""
    megabytes = {"size": _over(figures.get("size", 0)), "limit": figure(figures.get("limit", 0) / MEGA)}
    return _filled(TURNED_AWAY[reason], megabytes if reason == NotAccepted.TOO_LARGE else figures)


def limits(kind: str) -> str:
    """Return what may be uploaded, in numbers: to be said before the upload."""
    size = figure(settings.DOCUMENT_MAX_BYTES / MEGA)
    if kind == Kind.PHOTO:
        return gettext("A JPEG, PNG, HEIC, WebP or TIFF picture of at most %(size)s MB.") % {"size": size}
    return ngettext(
        "A picture (JPEG, PNG, HEIC, WebP, TIFF) or a PDF of %(pages)s page, at most %(size)s MB.",
        "A picture (JPEG, PNG, HEIC, WebP, TIFF) or a PDF of at most %(pages)s pages, at most %(size)s MB.",
        settings.DOCUMENT_MAX_PAGES,
    ) % {"pages": figure(settings.DOCUMENT_MAX_PAGES), "size": size}


def _refusal_figures(document: Document) -> dict[str, Any]:
    figures = dict(document.figures)
    if document.refusal == Refusal.TOO_MANY_PIXELS:
        pixels = figures["width"] * figures["height"]
        return {"megapixels": math.ceil(pixels / MEGA), "limit": figures["limit"] / MEGA}
    return figures


def _filled(sentence: Promise, figures: Mapping[str, Any]) -> str:
    """Return a sentence with its figures as the language writes them."""
    written = {
        name: figure(value) if isinstance(value, int | float) else value for name, value in figures.items()
    }
    return str(sentence) % written if written else str(sentence)


def figure(value: float, decimals: int = 1) -> str:
    """Return a number with so many decimals at most, in the separators and digits of the active language."""
    shown = 0 if float(value).is_integer() else decimals
    return digits(number_format(value, shown, force_grouping=True), get_language() or "en")


def _over(size: int) -> str:
    """Return bytes in megabytes, rounded up: what is over a limit never reads like the limit."""
    return figure(math.ceil(size / MEGA * 10) / 10)
