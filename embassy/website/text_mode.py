"""The portal without pictures, scripts and heavy style, for slow and dear lines: `?view=text`, and back `?view=full`.

The choice is a cookie, so that it holds on every page, an applicant's too. No template knows of it: the page
that would have been sent is rewritten on its way out, and what is not text is left out. So there is no second
set of pages that could say something else, and a page that is written tomorrow has its text version today.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext

COOKIE, TEXT, FULL = "view", "text", "full"
A_YEAR = 365 * 24 * 3600  # seconds

LEFT_OUT = {"script", "svg", "video", "audio", "canvas", "iframe", "object", "template", "link", "meta"}
ALONE = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
KEPT_META = {"charset", "viewport", "robots"}
# Classes that carry meaning, and what they are called in assets/scss/text.scss
CLASSES = {
    "govuk-visually-hidden": "hidden",
    "govuk-skip-link": "hidden",
    "govuk-error-message": "wrong",
    "govuk-error-summary": "wrong",
    "govuk-warning-text": "note",
    "govuk-inset-text": "note",
    "govuk-notification-banner": "note",
    "alarm": "wrong",
    "alerts__item": "note",
    "alerts__item--grave": "wrong",
}
# Where one of these comes first in a <div>, the <div> only placed it
BLOCKS = {
    "div",
    "dl",
    "dt",
    "fieldset",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
}
BLOCKS |= {"section", "table", "ul"}
# Without an icon of its own a page makes browsers ask for /favicon.ico
HEAD = '<link rel="icon" href="data:,">\n<link rel="stylesheet" href="%s">\n'
UNREAD = {"class", "style", "width", "height", "spellcheck", "draggable", "focusable", "rel", "hreflang"}
BETWEEN = re.compile(
    r"\s*(</?(?:d[dlt]|div|footer|h[1-6]|header|li|main|nav|ol|p|section|t[dhr]|ul)\b[^>]*>)\s*"
)
WITHOUT_END = {"dd", "dt", "li"}  # HTML needs no end of these, and a page of the law has many
LONGEST_LIST = 60  # options; a longer list of countries weighs more than a page may


class TextModeMiddleware:
    """Takes the choice in `view`, and rewrites pages for who has made it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.GET.get(COOKIE)
        if chosen in {TEXT, FULL} and request.method in {"GET", "HEAD"}:
            return remember(request, chosen)
        response = self.get_response(request)
        if is_on(request) and isinstance(response, HttpResponse) and is_page(response):
            response.content = as_text(response.text)
        return response


def is_on(request: HttpRequest) -> bool:
    """Tell whether this reader asked for text only."""
    return request.COOKIES.get(COOKIE) == TEXT


def remember(request: HttpRequest, chosen: str) -> HttpResponse:
    """Lead to the same address without the choice, which the browser keeps from now on."""
    response = HttpResponseRedirect(address(request))
    if chosen == TEXT:
        response.set_cookie(
            COOKIE, TEXT, A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    add_never_cache_headers(response)
    return response


def address(request: HttpRequest, chosen: str = "") -> str:
    """Return the address of the page with another choice, or without one; never another host's."""
    query = request.GET.copy()
    query.pop(COOKIE, None)
    if chosen:
        query[COOKIE] = chosen
    path = escape_leading_slashes(request.get_full_path().partition("?")[0])
    return f"{path}?{query.urlencode()}" if query else path


def is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html") and not response.has_header(
        "Content-Encoding"
    )


def as_text(page: str) -> str:
    """Return a page of ours with its text, links and forms, and nothing else."""
    rewriter = Rewriter()
    rewriter.feed(page)
    rewriter.close()
    return re.sub(r"\s*\n\s*", "\n", BETWEEN.sub(r"\1", "".join(rewriter.out)))


class Rewriter(HTMLParser):
    """Copies a page to `out`: without what is no text, without attributes that only style and scripts read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.skipped: list[str] = []  # open elements of a part that is left out
        self.spans: list[bool] = []  # for each open span, whether it is copied
        self.boxes: list[
            int | None
        ] = []  # for each open div, where it stands in `out`; None where it does not
        self.is_new = False  # whether the last tag was a bare div, and nothing but blanks came since
        self.list_at = -1  # where the open select begins in `out`
        self.list: dict[str, str | None] = {}
        self.options = 0
        self.chosen: str | None = None
        self.in_chosen = False

    # What stands between tags

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def handle_data(self, data: str) -> None:
        self.copy(data)

    def handle_entityref(self, name: str) -> None:
        self.copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.copy(f"&#{name};")

    def copy(self, text: str) -> None:
        if not self.skipped:
            self.out.append(text)
            self.is_new = self.is_new and not text.strip()
            if self.in_chosen:
                self.chosen = (self.chosen or "") + text

    # Tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.skipped or tag in LEFT_OUT or self.is_hidden(tag, given):
            self.skip(tag, given)
        elif tag == "img":
            self.copy(escape(given.get("alt") or ""))
        else:
            self.take(tag, given)

    def is_hidden(self, tag: str, given: dict[str, str | None]) -> bool:
        """Tell whether only a script would ever show it."""
        return "hidden" in given and tag != "input"

    def skip(self, tag: str, given: dict[str, str | None]) -> None:
        if tag not in ALONE:
            self.skipped.append(tag)
        elif not self.skipped and tag == "meta" and KEPT_META & {*given, given.get("name") or ""}:
            self.out.append(start(tag, given))

    def take(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "select":
            self.list_at, self.list, self.options, self.chosen = len(self.out), given, 0, None
        elif tag == "option":
            self.options += 1
            self.in_chosen = "selected" in given and given.get("value") != ""
        self.place(tag, start(tag, given))

    def place(self, tag: str, written: str) -> None:
        """Write the tag; leave out spans and outer divs that nothing is said about any more."""
        if self.is_new and tag in BLOCKS and (outer := self.boxes[-1]) is not None:
            self.out[outer] = ""
            self.boxes[-1] = None
        self.is_new = written == "<div>"
        if tag == "div":
            self.boxes.append(len(self.out))
        if tag == "span":
            self.spans.append(written != "<span>")
        self.out.append(written if written != "<span>" else " ")

    def handle_endtag(self, tag: str) -> None:
        self.is_new = False
        if self.skipped:
            if tag == self.skipped[-1]:
                self.skipped.pop()
        elif tag == "option":
            self.in_chosen = False  # HTML needs no end of an option
        elif tag == "select":
            self.end_of_list()
        elif self.was_written(tag) and tag not in WITHOUT_END:
            self.out.append(f"{HEAD % sheet() if tag == 'head' else ''}</{tag}>")

    def was_written(self, tag: str) -> bool:
        """Tell whether the start of the element that ends here was copied."""
        if tag == "span":
            return bool(self.spans and self.spans.pop())
        return tag != "div" or not self.boxes or self.boxes.pop() is not None

    def end_of_list(self) -> None:
        """Ask for a word instead of showing a list that is too long; such fields read names and codes."""
        self.out.append("</select>")
        if self.options > LONGEST_LIST:
            kept = {
                name: text for name, text in self.list.items() if name in {"name", "id", "aria-describedby"}
            }
            asked = start("input", {**kept, "value": self.chosen or ""}, escaped=True)
            hint = escape(gettext("Write the name, or its two or three letters."))
            self.out[self.list_at :] = [f"<p>{hint}</p>", asked]


def start(tag: str, given: dict[str, str | None], *, escaped: bool = False) -> str:
    """Return a tag with what is kept of its attributes."""
    kept = {
        name: value for name, value in given.items() if name not in UNREAD and not name.startswith("data-")
    }
    if classes := meaning(given.get("class") or ""):
        kept["class"] = classes
    parts = [
        name if value is None else f'{name}="{value if escaped else escape(value)}"'
        for name, value in kept.items()
    ]
    return f"<{' '.join([tag, *parts])}>"


def meaning(classes: str) -> str:
    return " ".join(dict.fromkeys(CLASSES[name] for name in classes.split() if name in CLASSES))


def sheet() -> str:
    return static("dist/text.css")
