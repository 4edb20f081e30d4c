"""What was measured on a photo, in words with figures: advice, officers' notes, names and units of the measures."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consular.documents.status import Finding

FOR_THE_APPLICANT: dict[str, Promise] = {
    Finding.NO_FACE: _(
        "We could not find a face in this picture. Take a photograph of the face from the front, in good light."
    ),
    Finding.SEVERAL_FACES: _(
        "We see %(faces)s faces in this picture. Only the traveller may be in it: nobody else, no poster, no mirror."
    ),
    Finding.PHOTO_ON_ITS_SIDE: _(
        "This picture is not upright. Turn it by %(degrees)s degrees clockwise, then upload it again."
    ),
    Finding.PHOTO_RATIO: _(
        "This picture is %(width)s × %(height)s pixels. It should have the shape of %(wide)s × %(high)s millimetres: "
        "cut it so that head and shoulders fill it."
    ),
    Finding.HEAD_CUT: _(
        "The head is cut off at the top. Go further back, so that there is room above the hair."
    ),
    Finding.HEAD_SMALL: _(
        "The head, from chin to hair, fills %(head)s percent of the picture's height. "
        "It should fill %(low)s to %(high)s percent: go nearer, or cut the picture closer."
    ),
    Finding.HEAD_LARGE: _(
        "The head, from chin to hair, fills %(head)s percent of the picture's height. "
        "It should fill %(low)s to %(high)s percent: go further back, or cut the picture wider."
    ),
    Finding.EYES_LOW: _(
        "The eyes are at %(eye_line)s percent of the picture's height, counted from below. "
        "They should be at %(low)s to %(high)s percent: leave less room above the head, or more below the chin."
    ),
    Finding.EYES_HIGH: _(
        "The eyes are at %(eye_line)s percent of the picture's height, counted from below. "
        "They should be at %(low)s to %(high)s percent: leave more room above the head, or less below the chin."
    ),
    Finding.HEAD_TILTED: _(
        "The head is tilted by %(degrees)s degrees; at most %(limit)s are usual. Hold head and camera level."
    ),
    Finding.HEAD_TURNED: _(
        "The face looks to a side by about %(degrees)s degrees; at most %(limit)s are usual. Look straight into the camera."
    ),
    Finding.EYES_CLOSED: _(
        "The eyes seem to be closed: open by %(lids)s percent of their width, and %(limit)s is the least that is usual. "
        "Take the photograph again with both eyes open."
    ),
    Finding.MOUTH_OPEN: _(
        "The mouth seems to be open: by %(lips)s percent of its width, and at most %(limit)s is usual. "
        "Take the photograph again with the mouth closed."
    ),
    Finding.GLASSES_GLARE: _(
        "Something shines near the eyes: a spot as large as %(glare)s percent of the eye's square; at most %(limit)s is usual. "
        "Take off the glasses, or turn away from the lamp."
    ),
    Finding.FACE_DARK: _(
        "The face is dark: the lightness of its brightest parts is %(light)s of 100, and at least %(limit)s is usual. "
        "Take the photograph again in daylight, facing the window."
    ),
    Finding.FACE_BURNT: _(
        "%(burnt)s percent of the face are white with light; at most %(limit)s is usual. "
        "Take the photograph again without flash or direct sun."
    ),
    Finding.PHOTO_GREY: _("This picture has no colours. Please use a colour photograph."),
    Finding.BACKGROUND_DARK: _(
        "The background is dark: its lightness is %(background)s of 100, and at least %(limit)s is asked for. "
        "Stand before a plain, light wall."
    ),
    Finding.BACKGROUND_UNEVEN: _(
        "The background is uneven: its lightness differs by %(shades)s of 100, and at most %(limit)s is usual. "
        "Stand half a metre before a plain, light wall, so that no shadow falls on it."
    ),
    Finding.PHOTO_OLD: _(
        "By its own date this picture is %(age)s days old; at most %(limit)s are allowed. "
        "Take a new photograph. If the camera's date is wrong, keep this one."
    ),
    Finding.PHOTO_HEAVY: _(
        "This file has %(bytes)s bytes; at most %(limit)s are asked for. Save it at a lower quality."
    ),
}
GO_ON_ALL_THE_SAME: Promise = _(
    "These are measurements of a machine, which can be wrong. If the photo is as good as it can be, keep it: "
    "an officer will look at it."
)

FOR_THE_OFFICER: dict[str, Promise] = {
    Finding.NO_FACE: _("No face was found in the picture."),
    Finding.SEVERAL_FACES: _("%(faces)s faces were found in the picture."),
    Finding.PHOTO_ON_ITS_SIDE: _(
        "The picture is not upright: turned by %(degrees)s degrees, a face is found."
    ),
    Finding.PHOTO_RATIO: _(
        "The picture is %(width)s × %(height)s pixels; the shape of %(wide)s × %(high)s millimetres is asked for."
    ),
    Finding.HEAD_CUT: _("The upper edge cuts the head."),
    Finding.HEAD_SMALL: _(
        "The head fills %(head)s percent of the height; %(low)s to %(high)s percent are asked for."
    ),
    Finding.HEAD_LARGE: _(
        "The head fills %(head)s percent of the height; %(low)s to %(high)s percent are asked for."
    ),
    Finding.EYES_LOW: _(
        "The eyes are at %(eye_line)s percent from below; %(low)s to %(high)s percent are asked for."
    ),
    Finding.EYES_HIGH: _(
        "The eyes are at %(eye_line)s percent from below; %(low)s to %(high)s percent are asked for."
    ),
    Finding.HEAD_TILTED: _("The head is tilted by %(degrees)s degrees; at most %(limit)s are usual."),
    Finding.HEAD_TURNED: _("The face is turned by about %(degrees)s degrees; at most %(limit)s are usual."),
    Finding.EYES_CLOSED: _(
        "The eyes seem to be closed: open by %(lids)s percent of their width, at least %(limit)s is usual."
    ),
    Finding.MOUTH_OPEN: _(
        "The mouth seems to be open: by %(lips)s percent of its width, at most %(limit)s is usual."
    ),
    Finding.GLASSES_GLARE: _(
        "Light is reflected near the eyes: a spot of %(glare)s percent of the eye's square, at most %(limit)s is usual."
    ),
    Finding.FACE_DARK: _(
        "The face is dark: lightness %(light)s of 100 at its brightest, at least %(limit)s is usual."
    ),
    Finding.FACE_BURNT: _("%(burnt)s percent of the face are white with light; at most %(limit)s is usual."),
    Finding.PHOTO_GREY: _("The picture has no colours: chroma %(colour)s, at least %(limit)s is usual."),
    Finding.BACKGROUND_DARK: _(
        "The background is dark: lightness %(background)s of 100, at least %(limit)s is asked for."
    ),
    Finding.BACKGROUND_UNEVEN: _(
        "The background is uneven: its lightness differs by %(shades)s of 100, at most %(limit)s is usual."
    ),
    Finding.PHOTO_OLD: _("By its own date the picture is %(age)s days old; at most %(limit)s are allowed."),
    Finding.PHOTO_HEAVY: _("The file has %(bytes)s bytes; at most %(limit)s are asked for."),
}

LABELS: dict[str, Promise] = {
    "faces": _("Faces"),
    "shortest": _("Pixels of the shorter side"),
    "shape": _("Width divided by height"),
    "head": _("Head from chin to hair, of the picture's height"),
    "eye_line": _("Eyes from below, of the picture's height"),
    "roll": _("Head tilted"),
    "yaw": _("Face turned"),
    "lids": _("Eyes open, of their width"),
    "lips": _("Mouth open, of its width"),
    "glare": _("Light reflected near the eyes"),
    "light": _("Light on the face"),
    "burnt": _("White with light"),
    "sharpness": _("Sharpness of the face"),
    "colour": _("Colour"),
    "background": _("Lightness of the background"),
    "shades": _("Shades of the background"),
    "age": _("Age, by the picture's own date"),
    "bytes": _("Size of the file"),
}
UNITS: dict[str, Promise] = {
    **dict.fromkeys(("roll", "yaw"), _("%(figure)s°")),
    **dict.fromkeys(("head", "eye_line", "lids", "lips", "burnt", "sharpness", "glare"), _("%(figure)s%%")),
    **dict.fromkeys(("light", "background", "shades"), _("%(figure)s of 100")),
    "age": _("%(figure)s days"),
    "bytes": _("%(figure)s kB"),
}
