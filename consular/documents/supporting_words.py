"""The words about papers: blank and cut pages, bar codes, language; and where something stands on a page."""

from collections.abc import Mapping
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from consular.documents.status import Finding
from consular.documents.supporting.barcodes import LINEAR

FOR_THE_APPLICANT: dict[str, Promise] = {
    Finding.PAGE_BLANK: _("Page %(page)s seems to be blank. Leave it out, or take the photograph again."),
    Finding.PAGE_CUT: _(
        "Page %(page)s seems to be cut off %(side)s. Take the photograph again with a little space around the paper."
    ),
}
FOR_THE_OFFICER: dict[str, Promise] = {
    Finding.PAGE_BLANK: _("Page %(page)s seems to be blank."),
    Finding.PAGE_CUT: _("Page %(page)s seems to be cut off %(side)s: writing runs over the edge."),
    Finding.BAR_CODE: _(
        "Page %(page)s has a bar code (%(sort)s) %(place)s. It says: “%(says)s”. Nobody has checked where it leads."
    ),
    Finding.WRITTEN_IN: _("The text is in this language: %(language)s."),
}
SIDES: dict[str, Promise] = {
    "left": _("on the left"),
    "top": _("at the top"),
    "right": _("on the right"),
    "bottom": _("at the foot"),
}
PLACES: tuple[tuple[Promise, ...], ...] = (
    (_("at the top left"), _("at the top"), _("at the top right")),
    (_("on the left"), _("in the middle"), _("on the right")),
    (_("at the foot on the left"), _("at the foot"), _("at the foot on the right")),
)


def place(box: tuple[float, ...] | list[float]) -> str:
    """Return where the middle of a box stands on its page, in words."""
    left, top, right, bottom = box
    down, across = ((low + high) / 2 for low, high in ((top, bottom), (left, right)))
    return str(PLACES[min(2, int(3 * down))][min(2, int(3 * across))])


def figures(finding: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a finding as its sentence wants them."""
    told = dict(finding)
    if "box" in told:
        told["place"] = place(told["box"])
    if finding["code"] == Finding.PAGE_CUT:
        told["side"] = str(SIDES[told["side"]])
    if finding["code"] == Finding.BAR_CODE and told["sort"] == LINEAR:
        told["sort"] = gettext("lines")
    if finding["code"] == Finding.WRITTEN_IN:
        told["language"] = gettext(LANG_INFO[told["language"]]["name"])
    return told
