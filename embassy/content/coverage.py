"""What there is of each page in each language: live, stale, in work, missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from embassy.content.models import Node, Revision
from embassy.content.status import OPEN, SOURCE, State


class Standing(models.TextChoices):
    """What readers of a language get."""

    LIVE = "good", _("live")
    STALE = "warn", _("older than the English text")
    SCHEDULED = "info", _("scheduled")
    OVER = "bad", _("its time is over")
    MISSING = "none", _("missing")


@dataclass
class Cell:
    """A page in one language."""

    language: str
    standing: Standing = Standing.MISSING
    live: Revision | None = None
    scheduled: Revision | None = None
    open: Revision | None = None


@dataclass
class Row:
    """A page in every language; `title` is what staff call it."""

    node: Node
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def title(self) -> str:
        found = (
            text for cell in self.cells.values() for text in (cell.live, cell.scheduled, cell.open) if text
        )
        return next((text.title for text in found), self.node.path)

    @property
    def in_order(self) -> list[Cell]:
        return list(self.cells.values())


def of(nodes: Iterable[Node], at: datetime | None = None) -> list[Row]:
    """Return a row for each page, in their order (one query besides the pages' own)."""
    listed, moment = list(nodes), at or timezone.now()
    texts = Revision.objects.filter(node__in=listed, state__in=[State.APPROVED, *OPEN])
    by_page: dict[int, list[Revision]] = defaultdict(list)
    for text in texts.defer("body", "html", "search_text").order_by("-live_from", "-pk"):
        by_page[text.node_id].append(text)
    return [_row(node, by_page[node.pk], moment) for node in listed]


def _row(node: Node, texts: list[Revision], at: datetime) -> Row:
    cells = {
        code: _cell(code, [text for text in texts if text.language == code], at)
        for code, _ in settings.LANGUAGES
    }
    source = cells[SOURCE].live
    for cell in cells.values():
        if cell.live and source and cell.language != SOURCE and cell.live.translates_id != source.pk:
            cell.standing = Standing.STALE
    return Row(node, cells)


def _cell(language: str, texts: list[Revision], at: datetime) -> Cell:
    approved = [(text, text.live_from) for text in texts if text.live_from and text.state == State.APPROVED]
    begun = (text for text, begins in approved if begins <= at)
    live = next((text for text in begun if text.live_to is None or text.live_to > at), None)
    scheduled = next((text for text, begins in approved if begins > at), None)
    standing = Standing.OVER if approved else Standing.MISSING
    standing = Standing.LIVE if live else Standing.SCHEDULED if scheduled else standing
    return Cell(language, standing, live, scheduled, next((text for text in texts if text.is_open), None))
