"""Fees and times: dated, from the data, and worked out for as many as come."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from visas.policy import pricing
from visas.policy.book import read
from visas.policy.models import Fee, Surcharge
from visas.policy.pricing import Order


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_of_fees_says_what_everything_costs_since_when_and_by_what_law(site):
    page = text(site.get("/en/visas/fees/"))
    for words in [
        "Tourist visa 60 euros",
        "Work visa 120 euros",
        "Electronic travel authorisation 12 euros",
        "In force since 1 January 2026 Consular Fees Regulation (No. 26 of 2025), § 3",
        "Until 31 December 2025: Tourist visa: 50 euros",
        "Children under 6",
        "Express handling 50 % of the fee",
        "Return by courier 15 euros",
        "Transfer of a valid visa to a new passport 25 euros",
        "before an officer begins to review it, the whole fee is paid back",
        "New passport 70 euros",
        "Birth certificate 12 euros",
        "Life certificate Free of charge",
    ]:
        assert words in page, words


def test_a_fee_of_next_year_is_announced(site):
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    Fee.objects.filter(pk=fee.pk).update(valid_to=dt.date(2026, 12, 31))
    Fee.objects.create(category=fee.category, amount=66, valid_from=dt.date(2027, 1, 1), source=fee.source)
    page = text(site.get("/en/visas/fees/"))
    assert "From 1 January 2027: Tourist visa: 66 euros" in page
    assert "Tourist visa 60 euros" in page


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ("category=TV&document=ordinary&people=1", "60 euros"),
        ("category=TV&document=ordinary&people=4&children=1", "180 euros"),
        ("category=TV&document=ordinary&people=2&extras=express&extras=courier", "210 euros"),
        ("category=TV&document=refugee&people=3", "0 euros"),
        ("category=BV&document=ordinary&people=2&family=on&extras=courier", "30 euros"),
        ("category=EA&document=ordinary&people=%DB%B2&extras=express", "36 euros"),
        ("category=HU&document=ordinary&people=2&extras=express", "0 euros"),
    ],
)
def test_a_price_is_worked_out_for_everybody(site, asked, total):
    assert re.search(rf"Together {total} ", text(site.get(f"/en/visas/fees/calculator/?{asked}")))


def test_the_price_is_in_the_readers_words(site):
    page = text(site.get("/fa/visas/fees/calculator/?category=TV&document=ordinary&people=2"))
    assert "۱۲۰ یورو" in page


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("category=&document=ordinary&people=1", "Select what you apply for"),
        ("category=XX&document=ordinary&people=1", "Select one of the answers that are offered"),
        ("category=TV&document=ordinary&people=0", "Number of people must be 1 or more"),
        ("category=TV&document=ordinary&people=-3", "Number of people must be 1 or more"),
        ("category=TV&document=ordinary&people=9999999", "Number of people must be 50 or fewer"),
        ("category=TV&document=ordinary&people=many", "Number of people must be a whole number"),
        ("category=TV&document=ordinary&people=1&children=2", "There cannot be more children than people"),
        ("category=TV&document=card&people=1", "Select one of the answers that are offered"),
        (
            "category=ST&document=ordinary&people=1&extras=express",
            "Not everything that you selected is offered for",
        ),
        ("category=TV&document=ordinary&people=1&extras=caviar", "Select only answers that are offered"),
        (
            "category=TV&document=ordinary&people=1&extras=visa-transfer",
            "Select only answers that are offered",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_asked_again(site, asked, message):
    response = site.get(f"/en/visas/fees/calculator/?{asked}")
    assert response.status_code == 200
    assert message in text(response)
    assert "Together" not in text(response)


@pytest.mark.parametrize(
    "nasty", ["%3Cscript%3E", "%E2%80%AE", "a" * 5000, "'", "%25", "%F0%9F%92%A9", "1e9", "__class__"]
)
@pytest.mark.parametrize("field", ["category", "document", "people", "children", "family", "extras"])
def test_nothing_in_a_query_breaks_the_calculator(site, nasty, field):
    asked = {"category": "TV", "document": "ordinary", "people": "1"} | {field: nasty}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    response = site.get(f"/en/visas/fees/calculator/?{query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_where_the_law_has_no_extras_and_no_age_nobody_is_asked(site):
    from visas.policy.models import FeeExemption

    Surcharge.objects.all().delete()
    FeeExemption.objects.filter(under_age__isnull=False).delete()
    page = text(site.get("/en/visas/fees/calculator/?category=TV&document=ordinary&people=2"))
    assert "How many of them are under" not in page
    assert "What else do you want?" not in page
    assert "Together 120 euros" in page


def test_part_of_a_fee_is_rounded_to_cents(site):
    book = read()
    order = Order(book.category("EA"), dt.date(2026, 11, 24), people=3, extras=frozenset({"express"}))
    price = pricing.price(order, book=book)
    assert [line.sum for line in price.extras] == [Decimal("18.00")]
    assert price.total == Decimal(54)


def test_a_day_before_the_first_fee_has_no_price(site):
    book = read()
    assert pricing.price(Order(book.category("TV"), dt.date(2023, 1, 1)), book=book) is None
    assert pricing.fingerprints_from(dt.date(2023, 1, 1), book=book) is None
    assert pricing.free_below(dt.date(2023, 1, 1), book=book) is None
