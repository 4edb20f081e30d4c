"""Keeping files encrypted, beside keeping them plain in the same run: ten megabytes stored and read, one page served."""

import io
import os
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from benchmarks.bench import Bench
from benchmarks.measuring import interleaved
from benchmarks.table import Row

TEN_MEGABYTES = 10_000_000
PART = 64 * 1024
A4_AT_200_DPI = (1654, 2339)
PAGES = 30
STORE_GOAL, PAGE_GOAL = 2.0, 1.3


def run(bench: Bench) -> Iterator[Row]:
    yield from storing(bench)
    yield from serving(bench)
    yield from copying(bench)


def storing(bench: Bench) -> Iterator[Row]:
    """Yield the cost of ten megabytes that go to the disk, and come back."""
    content, key, names = os.urandom(TEN_MEGABYTES), os.urandom(32), list[str]()
    encrypted, plain = interleaved(
        bench.times(20),
        lambda: names.append(store(content, key)),
        lambda: names.append(store(content, None)),
    )
    yield Row("vault: 10 MB stored", f"{encrypted.wall:.1f} ms, {encrypted.cpu:.1f} of CPU",
              f"plain: {plain.wall:.1f} ms", encrypted.wall / plain.wall, STORE_GOAL)  # fmt: skip
    sealed_name, plain_name = names[0], names[1]
    encrypted, plain = interleaved(
        bench.times(20), lambda: read(sealed_name, key), lambda: read(plain_name, None)
    )
    yield Row("vault: 10 MB read", f"{encrypted.wall:.1f} ms", f"plain: {plain.wall:.1f} ms",
              encrypted.wall / plain.wall)  # fmt: skip
    for name in names:
        default_storage.delete(name)


def store(content: bytes, key: bytes | None) -> str:
    from consular.vault.files import sealed

    source = io.BytesIO(content)
    with sealed(source, key, "bench") if key else File(source) as file:
        return default_storage.save(f"bench/{uuid.uuid4()}", file)


def read(name: str, key: bytes | None) -> None:
    from consular.vault.files import unsealed

    with unsealed(default_storage, name, key, "bench") if key else default_storage.open(name, "rb") as file:
        while file.read(PART):
            pass


def serving(bench: Bench) -> Iterator[Row]:
    """Yield the cost of one page to its owner: the same request for a document with a key and for one without."""
    from django.test import Client

    from tests.factories.accounts import sign_in

    client = sign_in(Client(), bench.applicant)
    sealed_page, plain_page = (address_of(bench, encrypted=each) for each in (True, False))
    encrypted, plain = interleaved(
        bench.times(60), lambda: ask(client, sealed_page), lambda: ask(client, plain_page)
    )
    yield Row("vault: a page served", f"{encrypted.wall:.1f} ms", f"plain: {plain.wall:.1f} ms",
              encrypted.wall / plain.wall, PAGE_GOAL)  # fmt: skip


def address_of(bench: Bench, *, encrypted: bool) -> str:
    from django.urls import reverse

    return reverse("documents:page_image", args=[document(bench, encrypted=encrypted).pk, 1])


def document(bench: Bench, *, encrypted: bool, pages: int = 1) -> Any:
    """Return a clean document whose pages are A4 at 200 dots an inch."""
    from consular.documents import renditions
    from consular.vault.actions import make_key
    from consular.vault.files import sealed
    from tests.factories.documents import CleanDocumentFactory

    made, content = CleanDocumentFactory(owner=bench.applicant, pages=pages), page()
    key = make_key(made.pk) if encrypted else None
    for each in made.pages.all():
        plain = ContentFile(content)
        context = renditions.context(each.image)
        each.image.storage.delete(each.image.name)
        each.image.save("", sealed(plain, key, context) if key else plain)
    return made


def page() -> bytes:
    import pypdfium2
    from django.utils import timezone

    from embassy.demo import specimen_papers

    statement = specimen_papers.bank_statement_pdf("Shirin Azad", until=timezone.localdate())
    out = io.BytesIO()
    drawn = pypdfium2.PdfDocument(statement)[0].render(scale=200 / 72).to_pil().convert("RGB")
    drawn.resize(A4_AT_200_DPI).save(out, "JPEG", quality=85)
    return out.getvalue()


def ask(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200 or not answer.getvalue().startswith(b"\xff\xd8"):
        raise RuntimeError(f"the page was not served: {answer.status_code}")


def copying(bench: Bench) -> Iterator[Row]:
    """Yield what a stamped copy of as many pages as a file may have costs."""
    from consular.documents.copies import stamped

    made = document(bench, encrypted=True, pages=PAGES)

    def copy() -> None:
        with stamped(made, ["Officer One", "officer@example.org · 2026-11-24 18:30 UTC"]) as file:
            file.read()

    (whole,) = interleaved(bench.times(3), copy)
    yield Row(f"vault: a stamped copy of {PAGES} pages", f"{whole.cpu:.0f} ms CPU", "", None)
