"""Which text is shown at a moment: the database's answer and the one in memory are the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from embassy.content import coverage, rules, tree
from embassy.content.models import Node, Revision
from embassy.content.status import State
from embassy.content.tree import Page, Text
from tests.factories.accounts import StaffFactory
from tests.factories.content import ApprovedFactory, DraftFactory, NodeFactory

START = datetime(2026, 1, 1, tzinfo=UTC)
days = st.integers(0, 30)
spans = st.lists(st.tuples(days, st.none() | st.integers(1, 20)), max_size=6)


def at(day):
    return START + timedelta(days=day)


def page_of(rows):
    texts = [
        Text(pk, "en", "T", "", at(begin), at(begin + length) if length else None, None, START)
        for pk, (begin, length) in enumerate(rows, start=1)
    ]
    newest_first = sorted(texts, key=lambda text: (text.live_from, text.pk), reverse=True)
    return Page("p", "page", 0, None, None, tuple(newest_first))


@given(spans, days)
def test_the_live_text_is_the_newest_that_has_begun_and_is_not_over(rows, day):
    page = page_of(rows)
    shown = page.live("en", at(day))
    begun = [
        text
        for text in page.texts
        if text.live_from <= at(day) and (text.live_to is None or at(day) < text.live_to)
    ]
    assert shown == max(begun, key=lambda text: (text.live_from, text.pk), default=None)


@given(spans, days, days)
def test_between_two_turns_of_the_clock_nothing_changes(rows, one, other):
    site = tree.Tree([page_of(rows)])
    if site.turn(at(one)) == site.turn(at(other)):
        assert site.shown("p", "en", at(one)) == site.shown("p", "en", at(other)) or (
            site.shown("p", "en", at(one)).text == site.shown("p", "en", at(other)).text
        )


class TestDatabase(TestCase):
    @given(spans, days)
    @settings(max_examples=40)
    def test_the_database_gives_the_same_answer(self, rows, day):
        node, author, approver = Node.objects.create(path="p"), StaffFactory(), StaffFactory()
        Revision.objects.bulk_create(
            Revision(
                node=node,
                language="en",
                title="T",
                state=State.APPROVED,
                author=author,
                approver=approver,
                live_from=at(begin),
                live_to=at(begin + length) if length else None,
            )
            for begin, length in rows
        )
        asked = Revision.objects.live(at(day)).first()
        page = tree.read().pages.get("p")
        kept = page.live("en", at(day)) if page else None
        assert (asked and asked.pk) == (kept and kept.pk)
        assert coverage.of([node], at(day))[0].cells["en"].live == asked


@pytest.mark.django_db
def test_drafts_and_what_waits_are_never_shown():
    for state in (State.DRAFT, State.REJECTED):
        DraftFactory(state=state)
    assert tree.read().pages == {}
    assert not Revision.objects.live().exists()


@pytest.mark.django_db
def test_a_translation_is_stale_as_soon_as_the_english_text_moves_on():
    node = NodeFactory()
    first = ApprovedFactory(node=node, live_from=at(0))
    persian = ApprovedFactory(node=node, language="fa", translates=first, live_from=at(1))
    assert not rules.is_stale(persian, at(2))
    ApprovedFactory(node=node, live_from=at(5))
    page = tree.read().pages[node.path]
    assert [page.shown("fa", at(day)).is_stale for day in (4, 5)] == [False, True]
    assert [rules.is_stale(persian, at(day)) for day in (4, 5)] == [False, True]
    assert coverage.of([node], at(6))[0].cells["fa"].standing == coverage.Standing.STALE


@pytest.mark.django_db
def test_a_reader_without_a_text_in_their_language_sees_the_english_one_else_any():
    node, other = NodeFactory(path="a"), NodeFactory(path="b")
    ApprovedFactory(node=node)
    ApprovedFactory(node=other, language="fa")
    site = tree.read()
    now = timezone.now()
    assert [site.shown("a", "fr", now).text.language, site.shown("b", "fr", now).text.language] == [
        "en",
        "fa",
    ]
