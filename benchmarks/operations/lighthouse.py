"""Lighthouse's four scores of public pages, as on a telephone: each is to be 100."""

from collections.abc import Iterator

from benchmarks import lighthouse
from benchmarks.bench import Bench
from benchmarks.lighthouse import Page, Verdict
from benchmarks.table import Row

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ANSWER = "visas/check/IRN/ordinary/tourism/30/2027-01-10/"
FOUND = "search/?q=passport"  # Kept from search engines on purpose: see decision 21


def run(bench: Bench) -> Iterator[Row]:
    publish()
    lighthouse.install()
    judged = [f"en/{path}" for path in paths()[:1]] if bench.quick else in_both_languages(paths())
    site = f"http://127.0.0.1:{bench.portal.port}/"
    asked = [Page(site + path, ("is-crawlable",) if path.endswith(FOUND) else ()) for path in judged]
    for path, verdict in zip(judged, lighthouse.judge(asked, CATEGORIES), strict=True):
        yield from rows(f"/{path}", verdict)


def publish() -> None:
    """Have everything on the site that the public reads."""
    from django.db import transaction

    from embassy.demo import alerts, pages, search

    for part in (pages, alerts, search):
        with transaction.atomic():
            part.load()


def paths() -> list[str]:
    from embassy.alerts.models import Alert

    alert = Alert.objects.published().first()
    assert alert
    return ["", "visas/tv/", ANSWER, "alerts/", f"alerts/{alert.reference}/", "search/", FOUND]


def in_both_languages(paths: list[str]) -> list[str]:
    return [f"{language}/{path}" for language in ("en", "fa") for path in paths]


def rows(path: str, verdict: Verdict) -> Iterator[Row]:
    """Yield the score of each category, out of 100."""
    for category, score in verdict.scores.items():
        name = f"lighthouse: {path}, {category}"
        yield Row(name, f"{score}", "100", score / 100, 1, more_is_better=True)
