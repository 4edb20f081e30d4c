"""The pages of the public site, from content/<language>/<path>.md and data/pages.toml.

What is there already stays as it is: staff may have written on. A language that a page lacks is added.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from consular.accounts.models import User
from embassy.content.actions import compose
from embassy.content.models import Node, Revision
from embassy.content.status import SOURCE, State
from embassy.demo.rows import read

CONTENT = Path(__file__).resolve().parent / "content"
EDITOR, APPROVER = "editor@velmaris.example.org", "approver@velmaris.example.org"
TRANSLATORS = {"fa": "translator.fa@velmaris.example.org"}
FRONT = "+++\n"
MOVED_AGO = 6  # Days since the English text moved on, where the translations show that they are older


@dataclass(frozen=True)
class File:
    """One page in one language, as it is written in a file."""

    path: str
    language: str
    front: dict[str, Any]
    body: str


def load() -> None:
    """Make the pages and texts that are missing."""
    files = list(all_files())
    nodes = _nodes([file for file in files if file.language == SOURCE])
    known = set(Revision.objects.values_list("node__path", "language").distinct())
    wanted = [file for file in files if file.path in nodes and (file.path, file.language) not in known]
    moved = {file.path for file in files if file.front.get("source_moved")}
    _Writing(nodes, moved).write(wanted)


def all_files() -> Iterator[File]:
    """Yield every file, a page above before those below it."""
    for file in sorted(CONTENT.rglob("*.md"), key=lambda found: (len(found.parts), found)):
        language, _, path = str(file.relative_to(CONTENT).with_suffix("")).partition("/")
        _, front, body = file.read_text(encoding="utf-8").split(FRONT, 2)
        yield File(path, language, tomllib.loads(front), body.strip())


def _nodes(files: Iterable[File]) -> dict[str, Node]:
    """Return the page of every path, made where it is missing: one statement for each depth of the tree."""
    nodes = {node.path: node for node in Node.objects.all()}
    owners, today = {user.email: user for user in User.objects.filter(is_staff=True)}, timezone.localdate()
    by_depth: dict[int, list[File]] = {}
    for file in files:
        if file.path not in nodes:
            by_depth.setdefault(file.path.count("/"), []).append(file)
    for _depth, found in sorted(by_depth.items()):
        made = [
            Node(
                path=file.path,
                parent=nodes.get(file.path.rpartition("/")[0]),
                kind=file.front["kind"],
                position=file.front["order"],
                owner=owners.get(file.front["owner"]),
                review_by=today + timedelta(days=file.front["review_in"]),
            )
            for file in found
        ]
        nodes |= {node.path: node for node in Node.objects.bulk_create(made)}
    return nodes


class _Writing:
    """Texts as they would be had people written, approved and scheduled them over the past months."""

    def __init__(self, nodes: dict[str, Node], moved: set[str]) -> None:
        self.nodes, self.now = nodes, timezone.now()
        self.people = {user.email: user for user in User.objects.filter(is_staff=True)}
        self.fate = read("pages")
        self.moved = moved  # Paths whose English text moved on after it was translated

    def write(self, files: list[File]) -> None:
        """Write the English texts first, then what translates them, then what waits."""
        english = [file for file in files if file.language == SOURCE]
        self.insert([text for file in english for text in self.before(file)])
        self.insert([self.current(file) for file in english])
        self.insert([self.translation(file) for file in files if file.language != SOURCE])
        begun = {(file.path, file.language): file for file in files}
        self.insert(self.coming(begun))
        self.insert(self.waiting(begun))

    def insert(self, texts: Iterable[Revision]) -> None:
        made = list(texts)
        for text in made:
            compose(text)
        Revision.objects.bulk_create(made)

    def before(self, file: File) -> Iterator[Revision]:
        """Yield what an English page said before, where it was another text."""
        if fate := self._fate("earlier", file.path):
            yield self._approved(file, ago=fate["ago"], body=without_last_part(file.body))
        if file.front.get("source_moved"):
            yield self._approved(file, ago=file.front["live_ago"], body=without_last_part(file.body))

    def current(self, file: File) -> Revision:
        fate, over = self._fate("earlier", file.path), self._fate("passing", file.path)
        moved = file.front.get("source_moved")
        reason = fate["reason"] if fate else "Brought up to date" if moved else ""
        ago = MOVED_AGO if moved else file.front["live_ago"]
        ends = self.now + timedelta(days=over["days"]) if over else None
        return self._approved(file, ago=ago, reason=reason, live_to=ends)

    def translation(self, file: File) -> Revision:
        """Return a translation; where the English text moved on since, of the text before."""
        sources = self.sources[file.path]
        source = sources[1] if file.path in self.moved else sources[0]
        ago = (self.now - source.live_from).days - 1 if source.live_from else 0
        ends = sources[0].live_to
        return self._approved(file, ago=max(ago, 0), translates=source, live_to=ends)

    @cached_property
    def sources(self) -> dict[str, list[Revision]]:
        """The English texts of each page, the newest first; read when they are all written."""
        found: dict[str, list[Revision]] = {}
        for text in Revision.objects.filter(language=SOURCE).order_by("-live_from").select_related("node"):
            found.setdefault(text.node.path, []).append(text)
        return found

    def coming(self, begun: dict[tuple[str, str], File]) -> Iterator[Revision]:
        for row in self.fate["coming"]:
            if file := begun.get((row["path"], SOURCE)):
                yield self._approved(
                    file, ago=-row["days"], body=file.body + "\n\n" + row["add"].strip(), reason=row["reason"]
                )

    def waiting(self, begun: dict[tuple[str, str], File]) -> Iterator[Revision]:
        for row in self.fate["waiting"]:
            if file := begun.get((row["path"], row["language"])):
                source = None if file.language == SOURCE else self.sources[file.path][0]
                text = self._text(
                    file, author=row["by"], body=file.body + "\n\n" + row["add"].strip(), reason=row["reason"]
                )
                text.state, text.translates = State.REVIEW, source
                yield text

    def _approved(self, file: File, *, ago: int, **fields: Any) -> Revision:
        """Return a text that is shown since `ago` days, and was written the day before."""
        author = EDITOR if file.language == SOURCE else TRANSLATORS.get(file.language, EDITOR)
        text = self._text(file, author=author, **fields)
        text.state, text.approver = State.APPROVED, self.people[APPROVER]
        text.live_from = self._days_ago(ago)
        text.made_at = text.changed_at = min(self.now, text.live_from) - timedelta(days=1)
        return text

    def _text(self, file: File, *, author: str, **fields: Any) -> Revision:
        writer = self.people[author]
        values = {
            "title": file.front["title"],
            "summary": file.front.get("summary", ""),
            "body": file.body,
            **fields,
        }
        return Revision(
            node=self.nodes[file.path], language=file.language, author=writer, writers=[writer.pk], **values
        )

    def _days_ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _fate(self, name: str, path: str) -> dict[str, Any] | None:
        return next((row for row in self.fate[name] if row["path"] == path), None)


def without_last_part(body: str) -> str:
    """Return a text without what stands below its last heading."""
    whole, _, _ = body.rpartition("\n## ")
    return whole.strip() or body
