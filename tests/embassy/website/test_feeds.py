"""Atom feeds: valid, in one language, newest first."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from embassy.website.feeds import ATOM, FEEDS, Entry, Feed

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def parsed(client, path):
    """Return a feed that has what RFC 4287 asks for."""
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(response.content)  # noqa: S314 - our own
    assert root.tag == f"{{{ATOM}}}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{{{ATOM}}}{name}")) == 1
    assert root.find(f"{{{ATOM}}}author/{{{ATOM}}}name").text
    entries = root.findall(f"{{{ATOM}}}entry")
    for entry in entries:
        for name in ("id", "title", "updated", "summary"):
            assert entry.find(f"{{{ATOM}}}{name}").text
        assert datetime.fromisoformat(entry.find(f"{{{ATOM}}}updated").text).tzinfo
    ids = [entry.find(f"{{{ATOM}}}id").text for entry in entries]
    assert len(ids) == len(set(ids))
    times = [entry.find(f"{{{ATOM}}}updated").text for entry in entries]
    assert times == sorted(times, reverse=True)
    return root


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_feed_is_valid_and_in_its_language(whole_site, kind, language):
    root = parsed(whole_site, f"/{language}/feeds/{kind}.atom")
    for entry in root.findall(f"{{{ATOM}}}entry"):
        assert f"/{language}/" in entry.find(f"{{{ATOM}}}id").text
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language


def test_the_news_are_in_the_feed_of_news(whole_site):
    assert parsed(whole_site, "/en/feeds/news.atom").findall(f"{{{ATOM}}}entry")


def test_pages_name_their_feeds(whole_site):
    page = whole_site.get("/fa/").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/fa/feeds/all.atom"' in page
    assert 'href="/fa/alerts/feed/"' in page


def test_a_feed_without_news_is_valid(db, client):
    parsed(client, "/en/feeds/news.atom")


@pytest.mark.parametrize("kind", ["nothing", "NEWS", "x" * 3000])
def test_there_is_no_feed_of_an_unknown_kind(db, client, kind):
    assert client.get(f"/en/feeds/{kind}.atom").status_code == 404


def test_no_character_makes_a_feed_unreadable():
    entry = Entry("https://a.example/", "A \x0b<b>&", "\x00\ufffe", MOMENT, MOMENT)
    root = ET.fromstring(Feed("x", "/x", "/", "en").written([entry]))  # noqa: S314 - our own
    assert root.find(f"{{{ATOM}}}entry/{{{ATOM}}}title").text == "A <b>&"
