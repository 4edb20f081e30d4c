import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.translation import override

MOMENT = dt.datetime(2026, 3, 27, 14, 5, tzinfo=dt.UTC)


def rendered(source, language="en", **context):
    with override(language):
        return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "27 March 2026"),
        ("fa", "۷ فروردین ۱۴۰۵ (۲۷ مارس ۲۰۲۶)"),
        ("ar", "٢٧ مارس ٢٠٢٦"),
        ("fr", "27 mars 2026"),
        ("es", "27 de marzo de 2026"),
    ],
)
def test_a_day_is_in_words(language, expected):
    assert rendered("{{ d|day }}", language, d=MOMENT.date()) == expected
    assert rendered("{{ d|day }}", language, d=MOMENT) == expected


def test_a_moment_names_its_time_zone():
    assert rendered("{{ t|moment }}", t=MOMENT) == "27 March 2026 at 14:05 (UTC)"


def test_nothing_is_written_as_nothing():
    assert rendered("[{{ d|day }}{{ d|moment }}{{ d|digits }}]", d=None) == "[]"


def test_numbers_have_the_digits_of_the_language():
    assert rendered("{{ n|digits }}", "fa", n=1405) == "۱۴۰۵"
    assert rendered("{{ n|digits }}", "en", n="A-12") == "A-12"


def test_codes_are_isolated_and_escaped():
    assert rendered("{{ c|ltr }}", c="VE-1<") == '<bdi dir="ltr">VE-1&lt;</bdi>'


def test_states_have_names():
    assert rendered('{% country_name "QVM" %} {% country_name code %}', "fa", code="DE") == "ولماریس آلمان"
    assert rendered("{% country_name code %}", code=None) == ""


def test_languages_have_names():
    assert rendered('{% language_name "fa" %}') == "Persian"
    assert rendered('{% language_name "en" %} {% language_name "tlh-x" %}', "fr") == "anglais tlh-x"


def test_pagination_links_only_near_pages():
    page = Paginator(range(200), 10).page(10)
    drawn = rendered('{% include "components/pagination.html" with page=page query="q=a" only %}', page=page)
    assert '<a class="govuk-link govuk-pagination__link" href="?q=a&amp;page=11" rel="next">' in drawn
    assert 'aria-label="Page 10" aria-current="page">10</a>' in drawn
    assert "page=5" not in drawn


def test_one_page_needs_no_pagination():
    page = Paginator(range(5), 10).page(1)
    assert rendered('{% include "components/pagination.html" with page=page only %}', page=page).strip() == ""


def test_addresses_in_a_letter_are_links_in_their_own_order():
    written = rendered("{{ body|letter }}", "fa", body="<b>پاسخ:</b>\nhttps://example.org/fa/my/")
    assert written.startswith("<p>&lt;b&gt;پاسخ:&lt;/b&gt;<br>")
    assert (
        '<a dir="ltr" href="https://example.org/fa/my/" rel="nofollow">https://example.org/fa/my/</a>'
        in written
    )


@pytest.mark.parametrize(
    "hostile", ["<script>x</script>", 'http://a.org/"onclick="x', "http://a.org/'><b>", "javascript:x"]
)
def test_a_letter_is_escaped_before_its_addresses_become_links(hostile):
    shown = rendered("{{ body|letter }}", body=hostile)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert 'onclick="' not in shown
    assert 'href="javascript' not in shown
