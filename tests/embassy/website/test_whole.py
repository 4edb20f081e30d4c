"""A section as one page, and as plain text."""

from unittest.mock import Mock

import pytest
from django.core.cache import caches

from embassy.alerts import secrecy
from embassy.website import whole
from embassy.website.whole import plain
from tests.factories.alerts import SubscriberFactory


def test_a_section_on_one_page_has_what_its_pages_say(whole_site):
    page = whole_site.get("/en/citizens/whole/")
    assert page.status_code == 200
    assert page.text.count('<section class="part">') > 5
    assert page.text.count("<h1") == 1
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert "noindex" in page.text


def test_the_law_is_in_it_too(whole_site):
    text = whole_site.get("/en/visas.txt").content.decode()
    assert "Tourist visa" in text
    assert "60 euros" in text
    assert "<" not in text


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_plain_text_is_plain_and_in_the_readers_language(whole_site, language):
    response = whole_site.get(f"/{language}/citizens.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Language"] == language
    assert len(response.content) > 2000


@pytest.mark.parametrize("path", ["nothing", "my", "search", "account"])
def test_there_is_no_such_section(whole_site, path):
    assert whole_site.get(f"/en/{path}.txt").status_code == 404
    assert whole_site.get(f"/en/{path}/whole/").status_code == 404


def test_nothing_of_the_reader_is_in_a_section(whole_site, signed_in, applicant):
    assert applicant.email not in signed_in(applicant).get("/en/visas.txt").text


def test_links_keep_their_addresses_and_lists_their_dashes(settings):
    html = '<h2>A</h2><ul><li>b &amp; c</li><li><a href="/en/x/">d</a></li></ul><p>e<br>f</p>'
    assert plain(html) == f"A\n\n- b & c\n- d ({settings.SITE_URL}/en/x/)\n\ne\nf"


def test_a_section_is_drawn_once_however_its_address_is_written(whole_site, settings, monkeypatch):
    settings.PUBLIC_COPIES_KEPT_FOR = 10
    caches["local"].clear()
    drawn = Mock(wraps=whole.drawn)
    monkeypatch.setattr(whole, "drawn", drawn)
    for number in range(3):
        whole_site.get(f"/en/faq/whole/?n={number}")
    assert drawn.call_count == 1
    caches["local"].clear()


def test_a_message_for_the_reader_is_in_no_section(whole_site):
    subscriber = SubscriberFactory(confirmed_at=None)
    whole_site.post(f"/en/alerts/confirm/{secrecy.token_of(subscriber.public_id)}/")
    assert "alerts that you chose" not in whole_site.get("/en/citizens.txt").text
