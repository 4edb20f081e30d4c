"""The files that the travellers of the demonstration hand in, and what the pipeline makes of them.

They are examined by the pipeline's own code but in this process: what was drawn here needs no confinement.
"""

import io
import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from consular.documents.actions.process import request_for, settle
from consular.documents.cleaning import Answer, answer_in
from consular.documents.models import Document
from consular.documents.sandbox.__main__ import respond
from consular.documents.status import Kind
from consular.outbox.effects import note_success
from consular.outbox.models import Effect
from embassy.demo import specimen_papers, specimens
from embassy.demo.rows import read
from embassy.demo.stories import Story

DOTS_PER_INCH = 150  # A good telephone's photograph of a page
STATEMENT = "means"  # The purpose that a bank statement answers
PICTURES = (Kind.PASSPORT, Kind.PHOTO)  # Their purposes are called the same


@dataclass(frozen=True)
class File:
    """A file and what came of examining it."""

    name: str
    content: bytes
    answer: Answer


class Files:
    """The files of some stories; passports, photos and statements once for each traveller.

    Other threads draw the pictures ahead. (Papers are for one thread: PDFium is for one.)
    """

    def __init__(self, stories: Iterable[Story]) -> None:
        self.statements: dict[str, File] = {}
        self.pool = ThreadPoolExecutor(max_workers=os.cpu_count())
        self.pictures: dict[str, Future[dict[str, File]]] = {}
        for story in sorted(stories, key=lambda each: each.began_on):
            if story.traveller.email not in self.pictures:
                self.pictures[story.traveller.email] = self.pool.submit(pictures, story)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def file(self, story: Story, purpose: str) -> File:
        """Return what the story's traveller hands in for a purpose."""
        if purpose in PICTURES:
            return self.pictures[story.traveller.email].result()[purpose]
        if purpose in story.locked:
            return locked(purpose)
        if purpose == STATEMENT and story.traveller.has_statement:
            return self.statement(story)
        return letter(purpose)

    def statement(self, story: Story) -> File:
        """Return the traveller's statement: that of their first story, which is old by the second."""
        known = self.statements.get(story.traveller.email)
        return known or self.statements.setdefault(story.traveller.email, statement(story))


def pictures(story: Story) -> dict[str, File]:
    """Return the passport and the photo of the story's traveller by their purposes."""
    return {kind.value: picture(story, kind) for kind in PICTURES}


def picture(story: Story, kind: Kind) -> File:
    page = passport_of(story)
    if kind == Kind.PHOTO:  # by the seed with which the passport's page draws its face
        drawn = specimens.photo(f"{page['surname']}{page['given_names']}{page['number']}")
    else:
        drawn = specimens.passport_page(**page, dpi=DOTS_PER_INCH)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=85)
    return examined(f"{kind}.jpg", out.getvalue(), kind)


def passport_of(story: Story) -> dict[str, Any]:
    """Return what the traveller's passport says: as they answered, but for what the story has otherwise."""
    answers = story.answers
    said = {
        "surname": answers["name.surname"],
        "given_names": answers.get("name.given", ""),
        "number": answers["passport.number"],
        "birth": answers["birth.on"],
        "expiry": answers["passport.expires_on"],
        "issued": answers["passport.issued_on"],
        "sex": answers["person.sex"],
        "state": answers["passport.issuer"],
        "nationality": answers["nationality.current"],
        "birthplace": answers["birth.place"],
    }
    return said | dict(story.traveller.page)


def statement(story: Story) -> File:
    """Return a bank statement in the traveller's name, up to the day of the story."""
    page = passport_of(story)
    content = specimen_papers.bank_statement_pdf(
        f"{page['given_names']} {page['surname']}", until=story.began_on
    )
    return examined("bank-statement.pdf", content, Kind.SUPPORTING)


@cache
def letter(purpose: str) -> File:
    text = read("casework")["letter"][purpose]
    return examined(
        f"{purpose}.pdf", specimen_papers.letter_pdf(text["title"], text["lines"]), Kind.SUPPORTING
    )


def locked(purpose: str) -> File:
    """Return a document that nobody can open."""
    content = specimen_papers.locked(specimen_papers.letter_pdf("Locked", []))
    return examined(f"{purpose}.pdf", content, Kind.SUPPORTING)


def examined(name: str, content: bytes, kind: str) -> File:
    """Return a file with what the pipeline makes of it."""
    request, answer = request_for(Document(kind=kind)), io.BytesIO()
    respond(content, request, answer)
    return File(name, content, answer_in(answer, request))


def examine(document: Document, file: File) -> None:
    """Settle a stored document as the pipeline does, so that nothing more is owed for it."""
    settle(document, file.answer)
    note_success(Effect.objects.get(key=f"document:{document.pk}:process"))
