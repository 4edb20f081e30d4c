"""The book is read once, and again when anything changes in any way."""

from datetime import date

import pytest
from django.db import connection, transaction

from visas.policy import book
from visas.policy.models import Category, Fee, Rule, Source

pytestmark = pytest.mark.usefixtures("law")


def test_a_book_that_is_known_costs_one_query(django_assert_num_queries):
    first = book.current()
    with django_assert_num_queries(1):
        assert book.current() is first


def test_the_first_book_of_a_process_costs_one_query(django_assert_num_queries):
    book._shelf.clear()
    with django_assert_num_queries(1):
        book.current()


def test_reading_the_book_costs_one_query_however_many_rows(django_assert_num_queries):
    with django_assert_num_queries(1):
        book.read()


def test_a_saved_row_makes_a_new_book():
    before = book.current()
    fee = Fee.objects.filter(category__code="TV").latest("valid_from")
    fee.amount = 61
    fee.save()
    assert book.current() is not before


@pytest.mark.parametrize(
    "write",
    [
        lambda: Category.objects.filter(code="TV").update(target_working_days=9),
        lambda: Source.objects.bulk_create(
            [Source(code="x", title={"en": "X"}, adopted_on=date(2026, 1, 1))]
        ),
        lambda: Rule.objects.filter(group__code="D").delete(),
        lambda: connection.cursor().execute("UPDATE policy_purpose SET position = 1"),
    ],
)
def test_no_way_of_writing_goes_unseen(write):
    before = book.current().version
    write()
    assert book.current().version != before


def test_a_book_of_a_change_that_was_rolled_back_is_never_used_again():
    before = book.current()
    with transaction.atomic():
        Category.objects.filter(code="TV").update(target_working_days=9)
        dropped = book.current()
        transaction.set_rollback(True)
    assert book.current().category("TV").target_working_days == 10
    Category.objects.filter(code="TV").update(target_working_days=8)
    assert book.current().version not in {before.version, dropped.version}


def test_the_law_begins_with_its_first_rule():
    assert book.current().starts_on() == date(2024, 1, 1)


def test_a_portal_without_rules_says_so():
    Rule.objects.all().delete()
    with pytest.raises(book.NotInForce):
        book.current().starts_on()
