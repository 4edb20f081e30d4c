"""A portal that has just been started: nothing in it, and every page of it opens."""

import re

import pytest

from consular.notifications.rendering import offered

pytestmark = pytest.mark.django_db  # A database server is needed, by the process that is started


def main_of(text):
    return re.search(r"<main.*?</main>", text, re.DOTALL)[0]


def test_it_is_filled_once_and_filling_it_again_changes_nothing(walk):
    assert walk.filled == [True, False]


def test_no_public_page_fails_in_any_language(walk):
    failed = {address: status for address, (status, _text) in walk.pages.items() if status not in {200, 404}}
    assert failed == {}


def test_every_page_that_is_linked_to_is_there(walk):
    linked = {
        href.partition("#")[0].replace("&amp;", "&")
        for status, text in walk.pages.values()
        if status == 200
        for href in re.findall(r'<a [^>]*href="(/(?:en|fa)/[^"]*)"', text)
    }
    missing = {href for href in linked if walk.pages.get(href, [200])[0] != 200}
    assert missing == set()


def test_nothing_of_the_demonstration_is_in_it(walk):
    words = ("Velmaris", "ولماریس", "Naruvia", "ناروویا", "Utopia", "This state is fictional", "velmaris")
    told = [(address, word) for address, (_, text) in walk.pages.items() for word in words if word in text]
    assert told == []


def test_before_there_is_law_nothing_is_promised(walk):
    for page in ("visas/", "visas/check/", "visas/fees/", "visas/processing-times/", "visas/tv/"):
        text = main_of(walk.pages[f"/en/{page}"][1])
        assert "not published here yet" in text
        assert "None" not in text
        assert "working days" not in text


def test_only_its_languages_are_offered(walk):
    for address in ("/fr/", "/fr/visas/", "/ar/", "/es/alerts/subscribe/", "/sitemap-fr.xml"):
        assert walk.pages[address][0] == 404
    home, form, site = (walk.pages[each][1] for each in ("/en/", "/en/alerts/subscribe/", "/sitemap.xml"))
    assert set(re.findall(r'hreflang="([a-z]{2})"', home)) == {"en", "fa"}
    assert not re.search(r'value="(fr|ar|es)"', form)
    assert set(re.findall(r"sitemap-([a-z]{2})\.xml", site)) == {"en", "fa"}


def test_a_name_with_quotes_and_html_is_text_everywhere(walk):
    for status, text in walk.pages.values():
        if status == 200 and "<html" in text:
            assert "<b>&" not in text
    assert "Ostrania &quot;&lt;b&gt;&amp;" in walk.pages["/en/"][1]


def test_its_colour_and_emblem_are_on_its_pages(walk):
    assert '<meta name="theme-color" content="#1c3557">' in walk.pages["/en/"][1]
    assert "/static/identity/emblem.svg" in walk.pages["/en/"][1]


def test_the_checklist_knows_what_is_to_be_done(walk):
    done = {title for title, is_done, _url in walk.checks if is_done}
    assert done <= {
        "The questionnaire is published",
        "A key encrypts what is secret in the database",
        "Documents are kept in S3, or on a disk outside the program",
    }
    assert len(walk.checks) == 25


def test_who_chose_a_language_that_is_no_longer_offered_is_written_to_in_the_first(settings):
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("fa", "فارسی"), ("en", "English")], "fa"
    assert [offered(each) for each in ("en", "fr", "ar", "fa")] == ["en", "fa", "fa", "fa"]
