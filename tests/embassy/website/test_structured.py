"""What pages tell search engines in the words of schema.org."""

import json
import re

import pytest

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def described(client, path):
    """Return the linked data of a page; it is there once, and parses."""
    blocks = BLOCK.findall(client.get(path).text)
    assert len(blocks) == 1, path
    found = json.loads(blocks[0])
    assert found["@context"] == "https://schema.org"
    return found


def test_the_home_page_tells_how_to_search(whole_site):
    found = described(whole_site, "/fa/")
    assert (found["@type"], found["inLanguage"]) == ("WebSite", "fa")
    assert found["potentialAction"]["@type"] == "SearchAction"
    assert "/fa/search/?q={search_term_string}" in found["potentialAction"]["target"]["urlTemplate"]


def test_a_visa_is_a_service_with_its_fee(whole_site):
    found = described(whole_site, "/en/visas/tv/")
    assert (found["@type"], found["name"]) == ("GovernmentService", "Tourist visa")
    assert (found["offers"]["price"], found["offers"]["priceCurrency"]) == ("60.00", "EUR")


def test_posts_are_offices_with_their_hours(whole_site):
    found = described(whole_site, "/en/posts/port-sabel/")
    assert found["@type"] == "GovernmentOffice"
    monday = found["openingHoursSpecification"][0]
    assert monday["dayOfWeek"].startswith("https://schema.org/")
    assert re.fullmatch(r"\d\d:\d\d", monday["opens"])
    listed = described(whole_site, "/en/posts/")
    assert len(listed["itemListElement"]) == 4


def test_news_is_an_article_and_a_question_has_its_answer(whole_site):
    sitemap = whole_site.get("/sitemap-en.xml").text
    news = re.search(r"<loc>[^<]*?(/en/news/[^<]+/)</loc>", sitemap)[1]
    assert described(whole_site, news)["@type"] == "NewsArticle"


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- x", "a & b", "\u2028"])
def test_no_text_breaks_out_of_the_description(whole_site, text):
    from visas.policy.models import Category

    Category.objects.filter(code="TV").update(summary={"en": text})
    assert described(whole_site, "/en/visas/tv/")["description"] == text


def test_a_page_without_a_word_in_schema_org_says_nothing(whole_site):
    assert not BLOCK.search(whole_site.get("/en/privacy/").text)
