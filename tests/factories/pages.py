"""What a browser posts back when a page is sent as it was shown: `filled_in(client, url)`."""

from html.parser import HTMLParser
from typing import Any

TICKED = {"radio", "checkbox"}


def filled_in(client: Any, url: str) -> dict[str, Any]:
    """Return the names and values of the controls of the page, those of its largest form."""
    reader = _Reader()
    reader.feed(client.get(url).content.decode())
    return max(reader.forms, key=len, default={})


class _Reader(HTMLParser):
    """Collects, form by form, what would be posted; buttons are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea":
            self.area = found.get("name", "")
            self._keep(self.area, "")
        elif tag == "select":
            self.select = found.get("name", "")
        elif tag == "option" and ("selected" in found or self.select not in self._form):
            self._keep(self.select, found.get("value", ""))
        elif tag == "input" and (found.get("type") not in TICKED or "checked" in found):
            self._keep(found.get("name", ""), found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self._keep(self.area, self._form.get(self.area, "") + data)

    @property
    def _form(self) -> dict[str, str]:
        return self.forms[-1] if self.forms else {}

    def _keep(self, name: str, value: str) -> None:
        if name and self.forms:
            self.forms[-1][name] = value
