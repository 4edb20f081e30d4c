"""The way through the pages of a draft: what comes before a page, and what after it."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.urls import reverse

from consular.questionnaires.group import ACT, ADD, REMOVE
from consular.questionnaires.schema import Page
from consular.questionnaires.status import Progress
from visas.applications.draft import Draft

CHECK = "check"  # ?from=check: the reader came from "check your answers" and wants to go back there
TASKS = "tasks"  # then=tasks: "save and come back later"


@dataclass(frozen=True)
class Way:
    """Where a reader stands: on a page of a draft, perhaps come from the check, perhaps about to leave."""

    draft: Draft
    page: Page
    from_check: bool
    leaves: bool
    rows: tuple[str, str] = ("", "")  # then=add jobs, then=remove jobs 3f9a01bc: what was done to which rows

    @classmethod
    def of(cls, request: HttpRequest, draft: Draft, page: Page) -> "Way":
        then = request.POST.get(ACT, "")
        act, name, *_row = [*then.split(), "", ""]
        rows = (act, name) if act in {ADD, REMOVE} else ("", "")
        return cls(draft, page, request.GET.get("from") == CHECK, then == TASKS, rows)

    def back(self) -> str:
        """Return the address of the page before this one, or of where the reader came from."""
        if self.from_check:
            return self._address(CHECK)
        pages = self.draft.filling.pages()
        place = pages.index(self.page)
        return self._address("page", pages[place - 1].id) if place else self._address(TASKS)

    def on(self) -> str:
        """Return the address after this page was saved: the page again while something is wrong, else the next."""
        if self.leaves:
            return self._address(TASKS)
        if self.rows[0] and self.draft.filling.is_asked(self.page):
            return self._to_rows(*self.rows)
        following = self.page if self._is_open() else self._next()
        if following:
            return self._address("page", following.id) + (f"?from={CHECK}" if self.from_check else "")
        return self._address(CHECK if self.from_check else TASKS)

    def _to_rows(self, act: str, name: str) -> str:
        """Return the address of this page at its rows, with an empty one more if one is to be added."""
        asked = {"from": CHECK} if self.from_check else {}
        more = {"more": name} if act == ADD else {}
        query = f"?{urlencode(asked | more)}" if asked or more else ""
        return f"{self._address('page', self.page.id)}{query}#id_{quote(name)}{'_last' if more else ''}"

    def _is_open(self) -> bool:
        filling = self.draft.filling
        return bool(filling.is_asked(self.page)) and filling.progress(self.page) != Progress.COMPLETED

    def _next(self) -> Page | None:
        """Return the next page that is not done: anywhere for who came from the check, else after this one."""
        order = list(self.draft.filling.document.pages)
        later = order if self.from_check else order[order.index(self.page.id) :]
        return next((page for page in self.draft.open_pages if page.id in later), None)

    def _address(self, name: str, *arguments: str) -> str:
        return reverse(f"applications:{name}", args=[self.draft.application.pk, *arguments])
