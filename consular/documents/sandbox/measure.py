"""What can be measured on a picture without knowing what it shows."""

from PIL import Image, ImageStat

from consular.documents.photo.focus import fine_detail

WORKING_SIDE = 800  # pixels; measured at one size, pictures of all cameras compare


def measure(picture: Image.Image, width: int, height: int) -> dict[str, float]:
    """Return pixels and figures of a picture.

    width, height   of the picture as it was handed in, upright, in pixels
    brightness      the mean of its greys, 0 to 255
    contrast        their standard deviation
    sharpness       how much the finest details weigh against those eight times as large, in percent: 50 to 120
                    for pictures in focus, under 20 for blurred ones; noise counts as detail
    """
    grey = picture.convert("L")
    grey.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    greys = ImageStat.Stat(grey)
    return {
        "width": width,
        "height": height,
        "brightness": round(greys.mean[0], 1),
        "contrast": round(greys.stddev[0], 1),
        "sharpness": round(100 * fine_detail(grey), 1),
    }
