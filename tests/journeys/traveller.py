"""A person at a browser: goes to pages by name, fills in fields by name, presses buttons, and notices defects."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page

PICTURES = os.environ.get("PORTAL_PICTURES")  # A folder, for who wants to look at the journeys' pages

WIDER_THAN_THE_WINDOW = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 || e.getBoundingClientRect().left < -1)
        .map(e => e.outerHTML.slice(0, 120))"""


class Visitor:
    """Opens a fresh browser profile in one language. Every page is watched for console errors and foreign requests."""

    def __init__(
        self, browser: Browser, site: str, language: str, *, javascript: bool, size: tuple[int, int]
    ) -> None:
        self.site, self.language, self.javascript = site, language, javascript
        self.context = browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": size[0], "height": size[1]},
            locale={"fa": "fa-IR"}.get(language, "en-GB"),
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.tasks = ""
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.complaints.append(f"request to another host: {request.url}")

    def leave(self) -> None:
        self.picture("last")
        self.context.close()
        assert self.complaints == [], self.complaints

    def says(self, english: str) -> str:
        """Return the portal's words in the visitor's language."""
        with override(self.language):
            return gettext(english)

    def address(self, name: str, *args: Any) -> str:
        with override(self.language):
            return self.site + reverse(name, args=args)

    def go(self, name: str, *args: Any) -> None:
        """Open a page by the name of its URL."""
        self.visit(self.address(name, *args))

    def visit(self, address: str) -> None:
        response = self.page.goto(address)
        assert response is not None
        assert response.status < 400, f"{address}: {response.status}"
        self.look()

    def look(self) -> None:
        """Check what holds on every page: its language, its direction, no sideways scrolling, axe."""
        root = self.page.locator("html")
        assert root.get_attribute("lang") == self.language, self.page.url
        assert (root.get_attribute("dir") or "ltr") == ("rtl" if self.language in {"fa", "ar"} else "ltr")
        if not self.javascript:
            return
        too_wide = self.page.evaluate(WIDER_THAN_THE_WINDOW)
        assert too_wide == [], f"{self.page.url}: {too_wide}"
        before = len(self.complaints)
        found = Axe().run(self.page).response["violations"]
        del self.complaints[before:]  # axe itself makes the console complain about styles
        defects = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]
        assert defects == [], f"{self.page.url}: {defects}"

    def fill(self, **values: str) -> None:
        """Type into fields by name; `__` in a name stands for a dot."""
        for name, value in values.items():
            self.page.fill(f'[name="{name.replace("__", ".")}"]', value)

    def choose(self, **values: str) -> None:
        """Choose a radio button or a checkbox by its value."""
        for name, value in values.items():
            self.page.check(f'[name="{name.replace("__", ".")}"][value="{value}"]')

    def select(self, **values: str) -> None:
        for name, value in values.items():
            self.page.select_option(f'[name="{name.replace("__", ".")}"]', value)

    def give(self, name: str, *paths: Path) -> None:
        """Put files into a file field."""
        self.page.set_input_files(f'[name="{name}"]', [str(path) for path in paths])

    def press(self, english: str) -> None:
        """Press the button, or the link that looks like one, with this text; looks at the next page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.says(english), exact=True).first.click()
        self.look()

    def follow(self, english: str) -> None:
        """Follow the link with this text."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=self.says(english)).first.click()
        self.look()

    def download(self, english: str) -> Path:
        """Download what the link, or the button, with this text leads to."""
        name = self.says(english)
        link = self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name))
        with self.page.expect_download() as arriving:
            link.first.click()
        return Path(arriving.value.path())

    def sees(self, text: str) -> bool:
        """Tell whether the page shows a text."""
        return text in self.page.locator("body").inner_text()

    def picture(self, name: str) -> None:
        """Take a picture of the page that is open, if somebody wants pictures."""
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{self.language}-{self.page.viewport_size['width']}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=path, full_page=True)
