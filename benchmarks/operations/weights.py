"""What a page weighs on the wire, heads of the answers included, for a browser that takes brotli and gzip."""

import re
from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.serving import Ask
from benchmarks.table import Row

FIRST, REQUESTS, NEXT = 30_000, 4, 6_000
STYLES, SCRIPTS = 14_000, 10_000
TAGS = re.compile(r"<(link|script|img)\b[^>]*>", re.IGNORECASE)
ADDRESS = re.compile(r'\b(?:href|src)="([^"]+)"')
FETCHED = re.compile(r'\brel="(?:stylesheet|icon|preload|manifest|apple-touch-icon|mask-icon)"')
NOT_AT_ONCE = re.compile(r'rel="(?:icon|manifest|apple-touch-icon|mask-icon)"')
ACCEPTS = {"Accept-Encoding": "gzip, deflate, br"}


def run(bench: Bench) -> Iterator[Row]:
    from tests.factories import applications

    draft = applications.answer(bench.draft(), applications.tourist())
    pages = {
        "home": "",
        "visa": "visas/tv/",
        "checker": "visas/check/",
        "finder": "posts/find/",
        "question": f"apply/{draft.pk}/questions/names/",
        "task list": f"apply/{draft.pk}/",
        "status": "status/",
    }
    for name, path in pages.items():
        for language in ("en", "fa"):
            yield from weighed(bench, f"{name} ({language})", f"/{language}/{path}")
    yield from assets(bench)


def weighed(bench: Bench, name: str, path: str) -> Iterator[Row]:
    """Compare the page with its budget; `ratio` is the share of it that is spent."""
    page, html = fetch(bench, path)
    needed = [fetch(bench, address)[0] for address in resources(html)]
    first, count = page + sum(needed), 1 + len(needed)
    yield Row(
        f"weight: {name}, first view",
        f"{first / 1000:.1f} kB",
        f"budget {FIRST / 1000:.0f} kB",
        first / FIRST,
        1,
    )
    yield Row(f"weight: {name}, requests", f"{count}", f"budget {REQUESTS}", count / REQUESTS, 1)
    yield Row(
        f"weight: {name}, next page", f"{page / 1000:.1f} kB", f"budget {NEXT / 1000:.0f} kB", page / NEXT, 1
    )


def resources(html: str) -> list[str]:
    """Return what a browser fetches to show the page: styles, scripts and pictures of our own."""
    tags = [tag.group(0) for tag in TAGS.finditer(html)]
    wanted = (
        tag
        for tag in tags
        if not tag.startswith("<link") or (FETCHED.search(tag) and not NOT_AT_ONCE.search(tag))
    )
    found = (ADDRESS.search(tag) for tag in wanted)
    return sorted({match.group(1) for match in found if match and not match.group(1).startswith("data:")})


def fetch(bench: Bench, path: str) -> tuple[int, str]:
    """Return how many bytes the answer took, and its text."""
    ask = bench.as_applicant(path) if "apply" in path else Ask(path)
    response = bench.portal.ask(Ask(path, headers={**ask.headers, **ACCEPTS}))
    head = sum(len(name) + len(value) + 4 for name, value in response.getheaders()) + len(
        "HTTP/1.1 200 OK\r\n\r\n"
    )
    return head + len(response.content), unpacked(response)  # type: ignore[attr-defined]


def unpacked(response: object) -> str:
    import gzip

    import brotli

    coding, content = response.headers.get("Content-Encoding"), response.content  # type: ignore[attr-defined]
    plain = {"gzip": gzip.decompress, "br": brotli.decompress}.get(coding, bytes)(content)
    return plain.decode("utf-8", "replace")


def assets(bench: Bench) -> Iterator[Row]:
    """Weigh the heaviest style sheet and script of the home pages."""
    addresses = {each for language in ("en", "fa") for each in resources(fetch(bench, f"/{language}/")[1])}
    for ending, name, budget in ((".css", "style sheet", STYLES), (".js", "scripts", SCRIPTS)):
        sizes = [fetch(bench, each)[0] for each in addresses if each.endswith(ending)]
        heaviest = max(sizes) if ending == ".css" else sum(sizes)
        yield Row(
            f"weight: {name}",
            f"{heaviest / 1000:.1f} kB",
            f"budget {budget / 1000:.0f} kB",
            heaviest / budget,
            1,
        )
