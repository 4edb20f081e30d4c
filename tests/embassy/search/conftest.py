"""A small index: what readers of the tests look for."""

import pytest

from embassy.search.actions.index import put_texts, put_words
from embassy.search.sources import Source
from embassy.search.status import Kind

TEXTS = (
    Source(
        Kind.VISA, "/visas/st/", "en", "Student visa", "For courses of more than 90 days.", "ST university"
    ),
    Source(Kind.VISA, "/visas/st/", "fa", "روادید دانشجویی", "برای دوره‌های بیش از ۹۰ روز.", "دانشگاه"),
    Source(Kind.VISA, "/visas/st/", "ar", "تأشيرة الطالب", "للدورات التي تزيد على ٩٠ يوما.", "الجامعة"),
    Source(Kind.VISA, "/visas/tv/", "en", "Tourist visa", "For tourism and family visits."),
    Source(
        Kind.PAGE,
        "/visas/photograph/",
        "en",
        "Your photograph",
        "What the photograph for a visa must be like.",
    ),
    Source(Kind.NEWS, "/news/hours/", "en", "New opening hours", "Passports in the morning."),
    Source(Kind.PAGE, "/citizens/passports/", "fr", "Passeports", "Renouveler votre passeport à l’étranger."),
)


@pytest.fixture
def indexed(db):
    put_texts(list(TEXTS))
    put_words(TEXTS)
