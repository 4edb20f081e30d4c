"""Writing, approving, taking down: who may, and what stands in the way."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from consular.audit.models import Entry
from embassy.content import actions, rules
from embassy.content.actions import RefusedError, Words
from embassy.content.models import Revision
from embassy.content.status import Obstacle, State
from tests.factories.content import ApprovedFactory, DraftFactory, NodeFactory, approver, with_rights

pytestmark = pytest.mark.django_db
WORDS = Words("Lost passport", "What to do first.", "Call us.\n\n- by day\n- by night", "New telephone hours")


def refusal(call, *args, **kwargs):
    with pytest.raises(RefusedError) as refused:
        call(*args, **kwargs)
    return refused.value.obstacle


def waiting(writer, **fields):
    text = DraftFactory(author=writer, **fields)
    return actions.hand_in(text, by=writer, version=text.version)


def test_a_text_goes_from_its_writer_through_a_second_person_to_readers(writer, second):
    draft = actions.begin(NodeFactory(), "en", WORDS, by=writer)
    assert not Revision.objects.live().exists()
    text = actions.hand_in(draft, by=writer, version=1)
    actions.approve(text, by=second, version=1)
    shown = Revision.objects.live().get()
    assert (shown.title, shown.approver) == ("Lost passport", second)
    assert "<li>by day</li>" in shown.html
    assert shown.search_text.splitlines() == [
        "lost passport",
        "what to do first",
        "call us",
        "by day",
        "by night",
    ]


def test_every_verb_is_in_the_trail(writer, second):
    node = NodeFactory()
    draft = actions.begin(node, "en", WORDS, by=writer)
    draft = actions.save(draft, WORDS, by=writer, version=1)
    draft = actions.hand_in(draft, by=writer, version=2)
    draft = actions.send_back(draft, by=second, version=2, remark="Which hours?")
    again = actions.restore(draft, by=writer)
    again = actions.hand_in(again, by=writer, version=1)
    actions.approve(again, by=second, version=1)
    actions.reviewed(node, by=second, review_by=timezone.localdate() + timedelta(days=90))
    actions.take_down(node, "en", by=second, reason="Merged")
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "text.begun", "text.saved", "text.handed_in", "text.sent_back", "text.begun", "text.restored",
        "text.handed_in", "text.approved", "page.reviewed", "page.taken_down",
    ]  # fmt: skip


def test_nobody_approves_what_they_wrote_though_they_may_approve(second):
    both = with_rights("view_revision", "write_revision", "approve_revision")
    assert refusal(actions.approve, waiting(both), by=both, version=1) == Obstacle.OWN


def test_nobody_approves_a_text_that_they_changed_a_word_of(writer):
    both = with_rights("view_revision", "write_revision", "approve_revision")
    text = actions.save(DraftFactory(author=writer), WORDS, by=both, version=1)
    text = actions.save(text, WORDS, by=writer, version=2)
    text = actions.hand_in(text, by=writer, version=3)
    assert refusal(actions.approve, text, by=both, version=3) == Obstacle.OWN


@pytest.mark.parametrize("field", ["author", "writers"])
def test_the_database_refuses_it_too(writer, second, field):
    change = {"author": second} if field == "author" else {"writers": [writer.pk, second.pk]}
    with pytest.raises(IntegrityError, match="nobody_approves_their_own_text"), transaction.atomic():
        ApprovedFactory(**{"author": writer, "approver": second, **change})


def test_the_database_refuses_an_approved_text_without_approver():
    with pytest.raises(IntegrityError, match="published_text_was_approved_by_somebody"), transaction.atomic():
        DraftFactory(state=State.APPROVED, live_from=timezone.now())


def test_an_editor_without_the_right_does_not_approve(writer, other_writer):
    text = waiting(writer)
    assert refusal(actions.approve, text, by=other_writer, version=1) == Obstacle.NOT_ALLOWED


def test_who_only_approves_does_not_write(second):
    assert refusal(actions.begin, NodeFactory(), "en", WORDS, by=second) == Obstacle.NOT_ALLOWED


@pytest.mark.parametrize(("language", "may"), [("fa", True), ("ar", False), ("en", False)])
def test_a_translator_writes_in_their_own_language_only(persian, language, may):
    assert rules.may_write(persian, language) == may
    if not may:
        assert refusal(actions.begin, NodeFactory(), language, WORDS, by=persian) == Obstacle.NOT_ALLOWED


def test_two_editors_of_one_text_do_not_write_over_each_other(writer, other_writer):
    text = DraftFactory(author=writer)
    actions.save(text, WORDS, by=other_writer, version=1)
    assert refusal(actions.save, text, WORDS, by=writer, version=1) == Obstacle.CHANGED


def test_two_editors_who_begin_at_once_have_one_draft(writer, other_writer):
    node = NodeFactory()
    actions.begin(node, "en", WORDS, by=writer)
    assert refusal(actions.begin, node, "en", WORDS, by=other_writer) == Obstacle.OPEN
    with pytest.raises(IntegrityError, match="one_open_text"), transaction.atomic():
        DraftFactory(node=node)


def test_a_text_changed_since_the_approver_looked_is_not_approved(writer, second):
    text = waiting(writer)
    actions.save(text, WORDS, by=writer, version=1)
    assert refusal(actions.approve, text, by=second, version=1) == Obstacle.CHANGED
    assert refusal(actions.approve, text, by=second, version=2) == Obstacle.NOT_IN_REVIEW


def test_a_translation_of_an_english_text_that_moved_on_is_not_approved(persian, second):
    node = NodeFactory()
    source = ApprovedFactory(node=node)
    text = actions.begin(node, "fa", WORDS, by=persian, translates=source)
    text = actions.hand_in(text, by=persian, version=1)
    newer = ApprovedFactory(node=node, live_from=timezone.now())
    assert refusal(actions.approve, text, by=second, version=1) == Obstacle.SOURCE_MOVED
    text = actions.save(text, WORDS, by=persian, version=1, translates=newer)
    text = actions.hand_in(text, by=persian, version=2)
    assert actions.approve(text, by=second, version=2).state == State.APPROVED


def test_a_translation_that_comes_when_the_next_english_text_does_is_of_that_text(persian, second):
    node, later = NodeFactory(), timezone.now() + timedelta(days=3)
    now, coming = ApprovedFactory(node=node), ApprovedFactory(node=node, live_from=later)
    text = actions.begin(node, "fa", WORDS, by=persian, translates=now)
    text = actions.hand_in(text, by=persian, version=1)
    assert refusal(actions.approve, text, by=second, version=1, live_from=later) == Obstacle.SOURCE_MOVED
    text = actions.save(text, WORDS, by=persian, version=1, translates=coming)
    text = actions.hand_in(text, by=persian, version=2)
    actions.approve(text, by=second, version=2, live_from=later)


def test_a_text_is_approved_for_later_and_until_a_moment(writer, second):
    begins = timezone.now() + timedelta(days=2)
    ends = begins + timedelta(days=1)
    actions.approve(waiting(writer), by=second, version=1, live_from=begins, live_to=ends)
    shown = [Revision.objects.live(begins + timedelta(hours=hours)).exists() for hours in (-1, 0, 23, 24)]
    assert shown == [False, True, True, False]


def test_a_time_that_is_over_before_it_begins_is_refused(writer, second):
    past = timezone.now() - timedelta(days=1)
    assert refusal(actions.approve, waiting(writer), by=second, version=1, live_to=past) == Obstacle.OVER


def test_what_was_approved_is_not_written_over(writer):
    assert refusal(actions.save, ApprovedFactory(), WORDS, by=writer, version=1) == Obstacle.NOT_OPEN


def test_without_its_english_text_a_page_is_gone_in_every_language(second):
    english = ApprovedFactory()
    ApprovedFactory(node=english.node, language="fa", translates=english)
    assert actions.take_down(english.node, "en", by=second, reason="Wrong") == 2
    assert not Revision.objects.live().exists()
    assert {text.remark for text in Revision.objects.all()} == {"Wrong"}


def test_a_translation_is_taken_down_alone(second):
    english = ApprovedFactory()
    ApprovedFactory(node=english.node, language="fa", translates=english)
    actions.take_down(english.node, "fa", by=second, reason="Wrong")
    assert [text.language for text in Revision.objects.live()] == ["en"]
    assert refusal(actions.take_down, english.node, "ar", by=second, reason="x") == Obstacle.NOT_LIVE


def test_an_earlier_text_comes_back_as_a_draft_that_is_approved_like_any_other(writer, second):
    earlier = ApprovedFactory(body="As it was.", live_from=timezone.now() - timedelta(days=9))
    ApprovedFactory(node=earlier.node, body="As it is.")
    draft = actions.restore(earlier, by=writer)
    assert (draft.state, draft.body, draft.author) == (State.DRAFT, "As it was.", writer)
    assert Revision.objects.live().get().body == "As it is."


def test_who_wrote_a_text_does_not_approve_it_when_somebody_else_brings_it_back(second):
    first = with_rights("view_revision", "write_revision", "approve_revision")
    other = with_rights("view_revision", "write_revision")
    earlier = ApprovedFactory(author=first, approver=approver())
    text = actions.hand_in(actions.restore(earlier, by=other), by=other, version=1)
    assert refusal(actions.approve, text, by=first, version=1) == Obstacle.OWN


@pytest.mark.django_db(transaction=True)
def test_an_approval_and_a_saving_at_the_same_moment_do_not_both_happen(writer, second):
    text = waiting(writer)
    outcomes = at_once(
        lambda: actions.approve(text, by=second, version=1),
        lambda: actions.save(text, WORDS, by=writer, version=1),
    )
    assert set(outcomes) in ({Obstacle.CHANGED, "done"}, {Obstacle.NOT_OPEN, "done"})
    shown = Revision.objects.live().first()
    assert shown is None or shown.body == text.body


def at_once(*acts):
    """Run acts in threads that start together; returns "done" or the obstacle of each."""
    together, outcomes = Barrier(len(acts)), []

    def run(act):
        together.wait()
        try:
            act()
        except RefusedError as refused:
            outcomes.append(refused.obstacle)
        else:
            outcomes.append("done")
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize(
    "change", [{"body": "Other"}, {"title": "Other"}, {"language": "fr"}, {"state": "draft"}]
)
def test_the_database_keeps_what_was_approved(change):
    text = ApprovedFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=text.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        text.delete()


def test_the_page_drawn_from_an_approved_text_may_be_drawn_anew():
    text = ApprovedFactory()
    Revision.objects.filter(pk=text.pk).update(html="<p>Call us.</p>", search_text="call us")
