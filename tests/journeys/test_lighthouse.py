"""Lighthouse finds nothing to mend on public pages, as on a telephone; how fast they are is the benchmark's (decision 21)."""

import pytest

from benchmarks import lighthouse
from benchmarks.lighthouse import Page
from embassy.alerts.models import Alert
from tests.journeys.premises import furnished_site, published_site  # noqa: F401 - the fixtures `site` and `public`

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "fa")
PATHS = {
    "home": "",
    "visa": "visas/tv/",
    "answer": "visas/check/IRN/ordinary/tourism/30/2027-01-10/",
    "alert": "alerts/{alert}/",
    "search": "search/",
    "found": "search/?q=passport",
}
ON_PURPOSE = {"found": ("is-crawlable",)}  # Search engines are not to list what somebody searched for
CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.fixture(scope="module")
def verdicts(public, django_db_blocker):
    """Return what is found on each page in each language. One browser looks at them all: its start takes longest."""
    lighthouse.install()
    with django_db_blocker.unblock():
        alert = Alert.objects.published().first().reference
    pages = {
        (name, language): Page(f"{public}/{language}/{path.format(alert=alert)}", ON_PURPOSE.get(name, ()))
        for name, path in PATHS.items()
        for language in LANGUAGES
    }
    return dict(zip(pages, lighthouse.judge(pages.values(), CATEGORIES), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PATHS)
def test_nothing_is_to_be_mended(verdicts, page, language):
    verdict = verdicts[page, language]
    assert verdict.scores == dict.fromkeys(CATEGORIES, 100), verdict.lost
