"""Restricted Markdown: what staff may write, and what nobody may."""

import re

import pytest
from hypothesis import given, strategies as st

from embassy.content import markdown


def drawn(source, language="en"):
    return str(markdown.render(source, language))


def test_headings_have_two_levels_whatever_was_written():
    html = drawn("# A\n\n## B\n\n### C\n\n##### D\n")
    assert re.findall(r"<(h\d)", html) == ["h2", "h2", "h3", "h3"]


def test_a_link_to_this_site_gets_the_language_of_the_page():
    assert 'href="/fa/visas/tv/"' in drawn("[x](/visas/tv/)", "fa")


def test_what_has_no_language_gets_none():
    assert 'href="/api/v1/"' in drawn("[x](/api/v1/)", "fa")


def test_a_text_shown_to_readers_of_another_language_leads_to_their_pages():
    html = markdown.in_language(drawn("[x](/visas/tv/) [y](https://a.example/en/)"), "en", "fa")
    assert 'href="/fa/visas/tv/"' in html
    assert "https://a.example/en/" in html


def test_each_block_is_drawn():
    html = drawn(
        ":::warning\nCareful\n:::\n\n:::inset\nNote\n:::\n\n:::details More\nInside\n:::\n\n:::steps\n1. One\n:::\n"
    )
    for part in ("govuk-warning-text", "govuk-inset-text", "<summary", "More", 'class="steps"'):
        assert part in html
    assert html.count("<div") == html.count("</div>")


def test_the_warning_is_named_in_the_language_of_the_text():
    assert "هشدار" in drawn(":::warning\nx\n:::", "fa")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](//evil.example/)",
        "![x](https://evil.example/x.png)",
        "[![x](https://evil.example/x.png)](/visas/)",
        '[x](/a/ "onclick=alert(1)")',
        ":::details <script>alert(1)</script>\nx\n:::",
        "```html\n<script>alert(1)</script>\n```",
        "| <script> |\n| --- |\n| <iframe src=x> |",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "<svg/onload=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
    ],
)
def test_what_could_harm_a_reader_is_shown_as_words_or_not_at_all(source):
    html = drawn(source)
    tags = re.findall(r"<[^>]*>", html)
    assert not any(
        re.search(r"script|onerror|onload|onclick|<img|<iframe|<svg|evil|data:|vbscript", tag, re.IGNORECASE)
        for tag in tags
    ), html


def test_a_backslash_leads_to_no_other_host():
    assert 'href="/en/%5Cevil.example/"' in drawn("[x](/\\evil.example/)")


@given(st.text(max_size=300))
def test_no_text_makes_a_tag_of_its_own(source):
    allowed = set(markdown.TAGS)
    found = set(re.findall(r"</?([a-z0-9]+)", drawn(source)))
    assert found <= allowed


@pytest.mark.parametrize(
    "source",
    [
        "> " * 5000 + "x",
        "- " * 3000 + "x",
        "[" * 50_000,
        ":::details a\n" * 3000,
        "*" * 99_999,
        "a" * 1_000_000,
    ],
    ids=["quotes", "lists", "brackets", "blocks", "stars", "a megabyte"],
)
def test_deep_nesting_and_great_length_are_drawn_soon(source):
    assert len(drawn(source)) < 3 * markdown.LONGEST


def test_the_words_for_search_have_no_marks_and_no_word_warning():
    words = markdown.plain(
        "## Head\n\n:::warning\nRead **this** [first](/x/)\n:::\n\n| a | b |\n|--|--|\n| 1 | 2 |"
    )
    assert words.splitlines() == ["Head", "Read this first", "a", "b", "1", "2"]
