"""The bench's first page tells who keeps the public site what waits for them, by their rights."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consular.accounts.models import User
from embassy.alerts.models import Sending
from embassy.content.status import State
from embassy.feedback.models import Remark
from embassy.website import waiting
from tests.factories.alerts import WORDS, AlertFactory, DraftFactory as AlertDraftFactory, staff_who_may
from tests.factories.content import (
    ApprovedFactory,
    DraftFactory,
    NodeFactory,
    approver,
    editor,
    translator,
    with_rights,
)
from visas.legislation.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(signed_in):
    """Return a function that reads the bench's first page as somebody."""
    return lambda user: signed_in(user).get(reverse("admin:index")).content.decode()


def told(user):
    return [line.text for line in waiting.lines(User.objects.get(pk=user.pk))]


def test_an_editor_is_told_of_their_drafts_of_late_reviews_and_of_remarks(shown):
    user = with_rights("view_node", "view_revision", "write_revision", "change_remark")
    DraftFactory(author=user)
    DraftFactory()
    NodeFactory(review_by=timezone.localdate() - timedelta(days=1))
    Remark.objects.create(page="/visas/", language="en", is_useful=False, text="Unclear")
    Remark.objects.create(page="/visas/", language="en", is_useful=True, state="done")
    assert told(user) == ["1 draft of yours", "1 page is overdue for review", "1 open remark of a reader"]
    assert "not posted" not in shown(user)
    assert "Nothing waits" not in shown(user)


def test_an_approver_is_told_of_what_others_wrote():
    user = approver()
    DraftFactory(state=State.REVIEW)
    DraftFactory(state=State.REVIEW, author=user)
    DraftFactory(state=State.REVIEW, writers=[user.pk])
    assert told(user) == ["1 text waits for approval"]


def test_a_translator_is_told_what_is_older_than_the_english_text_in_their_languages():
    user, node = translator("fa"), NodeFactory()
    old = ApprovedFactory(node=node, live_from=timezone.now() - timedelta(days=3))
    for language in ("fa", "ar"):
        ApprovedFactory(node=node, language=language, translates=old)
    assert told(user) == []
    ApprovedFactory(node=node)
    assert told(user) == ["1 translation is older than the English text"]


def test_the_duty_officer_is_told_of_alerts_of_others_and_of_sendings():
    user = staff_who_may("write", "approve", "send")
    AlertDraftFactory(status="review")
    AlertDraftFactory(status="review", written_by=user)
    edited = AlertDraftFactory(status="review", words={"en": WORDS})
    edited.texts.update(writers=[user.pk])
    Sending.objects.create(alert=AlertFactory(), started_by=user)
    assert told(user) == ["1 alert waits for approval", "1 alert is being sent to subscribers"]


def test_a_second_person_is_told_of_changes_of_the_law(consul):
    user = with_rights("enact_change")
    for author in (user, consul):
        Change.objects.create(title="Fees", why="Decided.", state="ready", author=author)
    assert told(user) == ["1 change of the law waits for a second person"]


def test_many_are_counted_in_one_line():
    for _ in range(2):
        DraftFactory(state=State.REVIEW)
    assert told(approver()) == ["2 texts wait for approval"]


def test_who_has_nothing_to_do_is_told_so(shown):
    page = shown(editor())
    assert "Nothing waits for you." in page
    assert "not posted" not in page


def test_an_officer_is_shown_the_queues_alone(shown, officer):
    page = shown(officer)
    assert 'id="public-work"' not in page
    assert "Nothing waits" not in page


def test_every_line_leads_to_a_page_that_its_reader_may_open(signed_in, superuser):
    client = signed_in(superuser)
    for task in waiting.TASKS:
        answer = client.get(task.url)
        assert answer.status_code == 200, task.url


def test_the_line_is_a_link(shown):
    user = approver()
    DraftFactory(state=State.REVIEW)
    assert re.search(r'href="[^"]*work=approve">1 text waits for approval', shown(user))


def test_each_kind_of_work_is_counted_by_one_query(superuser, django_assert_num_queries):
    with django_assert_num_queries(8):
        waiting.lines(superuser)
