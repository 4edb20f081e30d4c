"""The words of files: what they are for, how far they are, why they are refused, what was found in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a file is, for the pipeline: what it may be, and what is read from it."""

    PASSPORT = "passport", _("Passport data page")
    PHOTO = "photo", _("Photo")
    SUPPORTING = "supporting", _("Supporting document")


class State(models.TextChoices):
    """Received files are in quarantine: nobody opens one. Failed ones too: the trouble was ours, we try again."""

    RECEIVED = "received", _("Being checked")
    CLEAN = "clean", _("Ready")
    REFUSED = "refused", _("Cannot be used")
    FAILED = "failed", _("Not checked yet")


IN_QUARANTINE = (State.RECEIVED, State.FAILED)
SETTLED = (State.CLEAN, State.REFUSED)


class Refusal(models.TextChoices):
    """Why a file cannot be used; `consular.documents.explain` says what to do about it."""

    NOT_ACCEPTED = "not_accepted", _("Not a type of file that we take")
    DAMAGED = "damaged", _("Damaged")
    LOCKED = "locked", _("Locked with a password")
    TOO_MANY_PAGES = "too_many_pages", _("Too many pages")
    TOO_MANY_PIXELS = "too_many_pixels", _("Too many pixels")
    TOO_COMPLEX = "too_complex", _("Too complicated to open safely")
    MALWARE = "malware", _("Refused by the virus scanner")


# The numbers that come with a refusal, and that its words need; of malware the signature's name, which no child tells
FIGURES: dict[str, frozenset[str]] = {
    Refusal.TOO_MANY_PAGES: frozenset({"pages", "limit"}),
    Refusal.TOO_MANY_PIXELS: frozenset({"width", "height", "limit"}),
    Refusal.MALWARE: frozenset({"signature"}),
}


class Finding(models.TextChoices):
    """What is worth knowing about a file that is clean. None of them refuses anything."""

    PDF_SCRIPT = "pdf_script", _("The PDF holds JavaScript")
    PDF_LAUNCH = "pdf_launch", _("The PDF would start a program")
    PDF_ATTACHMENT = "pdf_attachment", _("Other files are embedded in the PDF")
    PDF_FORM = "pdf_form", _("The PDF is a form")
    PDF_SUBMITS = "pdf_submits", _("The PDF would send data away")
    PDF_REPAIRED = "pdf_repaired", _("The PDF was damaged and has been repaired")
    PDF_RESTRICTED = "pdf_restricted", _("The PDF is encrypted but opens without a password")
    ANIMATED = "animated", _("The picture moves; only its first frame is kept")
    MRZ_NOT_READ = "mrz_not_read", _("The machine-readable zone could not be read")
    NOT_A_PASSPORT = "not_a_passport", _("The machine-readable zone is not a passport's")
    PICTURE_SMALL = "picture_small", _("The picture is small")
    PICTURE_BLURRED = "picture_blurred", _("The picture is blurred")
    PICTURE_DARK = "picture_dark", _("The picture is dark")
    PICTURE_BRIGHT = "picture_bright", _("The picture is too bright")
    PHOTO_SHAPE = "photo_shape", _("The photo has the wrong shape")  # Of photos checked by pipeline 1
    PHOTO_RATIO = "photo_ratio", _("The photo has another shape than the one asked for")
    PHOTO_ON_ITS_SIDE = "photo_on_its_side", _("The photo is not upright")
    NO_FACE = "no_face", _("No face was found")
    SEVERAL_FACES = "several_faces", _("There is more than one face")
    HEAD_CUT = "head_cut", _("The head is cut off")
    HEAD_SMALL = "head_small", _("The head is too small")
    HEAD_LARGE = "head_large", _("The head is too large")
    EYES_LOW = "eyes_low", _("The eyes are too low")
    EYES_HIGH = "eyes_high", _("The eyes are too high")
    HEAD_TILTED = "head_tilted", _("The head is tilted")
    HEAD_TURNED = "head_turned", _("The head is turned to a side")
    BACKGROUND_DARK = "background_dark", _("The background is dark")
    BACKGROUND_UNEVEN = "background_uneven", _("The background is uneven")
    FACE_DARK = "face_dark", _("The face is dark")
    FACE_BURNT = "face_burnt", _("Parts of the face are white with light")
    PHOTO_GREY = "photo_grey", _("The photo has no colours")
    EYES_CLOSED = "eyes_closed", _("The eyes are closed")
    MOUTH_OPEN = "mouth_open", _("The mouth is open")
    GLASSES_GLARE = "glasses_glare", _("Light is reflected near the eyes")
    PHOTO_OLD = "photo_old", _("The photo is old")
    PHOTO_HEAVY = "photo_heavy", _("The file is large")
    PAGE_BLANK = "page_blank", _("A page is blank")
    PAGE_CUT = "page_cut", _("A page is cut off")
    BAR_CODE = "bar_code", _("There is a bar code")
    WRITTEN_IN = "written_in", _("The language of the text")


class Advice(models.TextChoices):
    """Why a machine-readable zone could not be read: the codes of `consular.documents.reading.advice`."""

    NO_ZONE = "no_zone", _("No machine-readable zone can be seen")
    TOO_SMALL = "too_small", _("Too small")
    TOO_DARK = "too_dark", _("Too dark")
    BLURRED = "blurred", _("Blurred")
    GLARE = "glare", _("Glare")
    CUT_OFF = "cut_off", _("Cut off")
    NOT_READ = "not_read", _("Not certain")


class NotAccepted(models.TextChoices):
    """Why a file is not even stored; said at once, on the form."""

    EMPTY = "empty", _("Empty")
    TOO_LARGE = "too_large", _("Too large")
    NOT_ACCEPTED = "not_accepted", _("Not a type of file that we take")
    NOT_A_PICTURE = "not_a_picture", _("Not a picture")
    QUOTA = "quota", _("Too many files")
    STORAGE = "storage", _("Could not be stored")
