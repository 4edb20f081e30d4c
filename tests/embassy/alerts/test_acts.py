"""Writing, four eyes, corrections: who may do what when, and what the database refuses whoever asks."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from consular.audit.models import Entry
from consular.notifications.models import Message
from embassy.alerts import actions
from embassy.alerts.actions import RefusedError
from embassy.alerts.models import Alert, Text
from embassy.alerts.status import Obstacle, Status
from tests.factories.accounts import StaffFactory
from tests.factories.alerts import PERSIAN, WORDS, AlertFactory, DraftFactory, facts

pytestmark = pytest.mark.django_db


def refused(act, *args, **kwargs):
    with pytest.raises(RefusedError) as raised:
        act(*args, **kwargs)
    return raised.value.obstacle


def check_deferred():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def public(by, approved_by):
    """Write an alert, hand it in and approve it, as two people do."""
    alert = actions.start(by=by, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=by, seen=alert.version)
    return actions.approve(alert, by=approved_by, seen=alert.version)


def test_one_writes_and_another_approves(duty, colleague):
    alert = public(duty, colleague)
    check_deferred()
    assert (alert.status, alert.written_by, alert.approved_by) == (Status.APPROVED, duty, colleague)
    assert alert.text_in("en").approved_by == colleague
    assert list(Alert.objects.live(timezone.now())) == [alert]
    verbs = Entry.objects.about(alert).values_list("verb", flat=True)
    assert list(verbs) == ["alert.started", "alert.handed_in", "alert.approved"]


def test_nobody_approves_what_they_wrote(duty, colleague):
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=duty, seen=alert.version)
    assert refused(actions.approve, alert, by=duty, seen=alert.version) == Obstacle.OWN_WORDS


def test_nobody_approves_english_words_of_theirs_that_another_handed_in(duty, colleague):
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=colleague, seen=alert.version)
    assert refused(actions.approve, alert, by=duty, seen=alert.version) == Obstacle.OWN_WORDS


@pytest.mark.parametrize("table", ["alerts_alert", "alerts_text"])
def test_the_database_refuses_an_approval_by_the_writer(draft, table):
    with pytest.raises(IntegrityError, match="never_approved_by_its_writer"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET approved_by_id = written_by_id, approved_at = now()")  # noqa: S608


def test_without_the_right_nothing_is_possible(translator, draft):
    for act in (
        actions.hand_in,
        actions.approve,
        actions.correct,
        actions.withdraw,
        actions.discard,
        actions.send,
    ):
        assert refused(act, draft, by=translator, seen=draft.version) == Obstacle.NOT_ALLOWED
    assert refused(actions.start, by=translator, facts=facts(), words=WORDS) == Obstacle.NOT_ALLOWED


def test_who_wrote_what_a_colleague_wrote_over_does_not_approve_it(duty, colleague):
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    alert = actions.write(alert, by=colleague, seen=alert.version, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=colleague, seen=alert.version)
    assert refused(actions.approve, alert, by=duty, seen=alert.version) == Obstacle.OWN_WORDS
    with pytest.raises(IntegrityError), transaction.atomic():
        alert.texts.update(approved_by=duty, approved_at=timezone.now())


def test_who_began_a_translation_that_a_colleague_wrote_over_does_not_approve_it(alert, duty, colleague):
    for person in (colleague, duty):
        alert.refresh_from_db()
        actions.write_text(alert, "fr", by=person, seen=alert.version, words=WORDS)
    alert.refresh_from_db()
    assert refused(actions.approve_text, alert, "fr", by=colleague, seen=alert.version) == Obstacle.OWN_WORDS


def test_two_officers_at_once_do_not_overwrite_each_other(draft, duty, colleague):
    seen = draft.version
    actions.write(draft, by=duty, seen=seen, facts=facts(severity="minor"), words=WORDS)
    late = {**WORDS, "title": "Something else"}
    assert (
        refused(actions.write, draft, by=colleague, seen=seen, facts=facts(), words=late) == Obstacle.CHANGED
    )
    draft.refresh_from_db()
    assert (draft.severity, draft.latest_texts()["en"].title) == ("minor", WORDS["title"])


def test_what_changed_since_one_looked_is_not_approved(duty, colleague):
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=duty, seen=alert.version)
    seen = alert.version
    actions.send_back(alert, by=duty, seen=seen)
    assert refused(actions.approve, alert, by=colleague, seen=seen) == Obstacle.CHANGED


def test_an_alert_that_would_be_over_is_not_handed_in(duty):
    past = facts(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(hours=1))
    alert = DraftFactory(written_by=duty, starts_at=past["starts_at"], ends_at=past["ends_at"])
    assert refused(actions.hand_in, alert, by=duty, seen=alert.version) == Obstacle.OVER


def test_the_facts_of_a_public_alert_never_change(alert):
    check_deferred()
    for change in (
        "severity = 'minor'",
        "ends_at = ends_at + interval '1 day'",
        "status = 'draft', approved_by_id = NULL, approved_at = NULL",
        "countries = '{}'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE alerts_alert SET {change}")  # noqa: S608
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).delete()


def test_an_approved_text_never_changes_and_english_gets_no_second_one(alert, duty):
    with pytest.raises(IntegrityError), transaction.atomic():
        Text.objects.filter(alert=alert, language="fa").update(title="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Text.objects.create(alert=alert, language="en", written_by=duty, **WORDS)


def test_an_alert_without_english_never_becomes_public(duty, colleague):
    AlertFactory(written_by=duty, approved_by=colleague, words={"fa": PERSIAN})
    with pytest.raises(IntegrityError, match="English"):
        check_deferred()


def test_a_translation_comes_later_with_four_eyes_of_its_own(duty, colleague, translator):
    alert = public(duty, colleague)
    text = actions.write_text(alert, "fa", by=translator, seen=alert.version, words=PERSIAN)
    alert.refresh_from_db()
    assert alert.text_in("fa").language == "en"  # until somebody approves it
    actions.approve_text(alert, "fa", by=colleague, seen=alert.version)
    assert Alert.objects.with_texts().get(pk=alert.pk).text_in("fa") == text


def test_a_translator_does_not_approve_and_an_approver_not_their_own_translation(duty, colleague, translator):
    alert = public(duty, colleague)
    actions.write_text(alert, "fa", by=duty, seen=alert.version, words=PERSIAN)
    alert.refresh_from_db()
    assert (
        refused(actions.approve_text, alert, "fa", by=translator, seen=alert.version) == Obstacle.NOT_ALLOWED
    )
    assert refused(actions.approve_text, alert, "fa", by=duty, seen=alert.version) == Obstacle.OWN_WORDS


def test_a_better_translation_takes_the_place_of_an_approved_one(alert, duty, colleague):
    better = {**PERSIAN, "title": "سیلاب در اوسمارک"}
    actions.write_text(alert, "fa", by=duty, seen=alert.version, words=better)
    alert.refresh_from_db()
    assert alert.text_in("fa").title == PERSIAN["title"]
    actions.approve_text(alert, "fa", by=colleague, seen=alert.version)
    assert Alert.objects.with_texts().get(pk=alert.pk).text_in("fa").title == better["title"]
    assert alert.texts.filter(language="fa").count() == 2


def test_approval_leaves_out_a_translation_of_the_approvers_own(duty, colleague):
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    actions.write_text(alert, "fa", by=colleague, seen=alert.version, words=PERSIAN)
    alert.refresh_from_db()
    alert = actions.hand_in(alert, by=duty, seen=alert.version)
    alert = actions.approve(alert, by=colleague, seen=alert.version)
    assert set(Alert.objects.with_texts().get(pk=alert.pk).approved_texts()) == {"en"}


def test_a_translation_of_what_was_handed_in_makes_it_a_draft_again(duty, translator):
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    alert = actions.hand_in(alert, by=duty, seen=alert.version)
    actions.write_text(alert, "fa", by=translator, seen=alert.version, words=PERSIAN)
    alert.refresh_from_db()
    assert alert.status == Status.DRAFT


def test_a_correction_takes_over_when_it_is_approved(alert, duty, colleague):
    correction = actions.correct(alert, by=duty, seen=alert.version)
    assert correction.latest_texts()["fa"].title == PERSIAN["title"]
    assert list(Alert.objects.live(timezone.now())) == [alert]
    correction = actions.hand_in(correction, by=duty, seen=correction.version)
    correction = actions.approve(correction, by=colleague, seen=correction.version)
    now = timezone.now()
    assert list(Alert.objects.live(now)) == [correction]
    assert list(Alert.objects.past(now)) == [alert]
    known = Alert.objects.with_texts().get(pk=alert.pk)
    assert (known.holds_at(now), known.is_corrected) == (False, True)


def test_an_alert_has_one_correction(alert, duty, colleague):
    actions.correct(alert, by=duty, seen=alert.version)
    assert refused(actions.correct, alert, by=colleague, seen=alert.version) == Obstacle.CORRECTED


def test_a_withdrawn_correction_does_not_bring_the_old_alert_back(alert, duty, colleague):
    correction = actions.correct(alert, by=duty, seen=alert.version)
    correction = actions.hand_in(correction, by=duty, seen=correction.version)
    correction = actions.approve(correction, by=colleague, seen=correction.version)
    actions.withdraw(correction, by=duty, seen=correction.version)
    assert not Alert.objects.live(timezone.now()).exists()


def test_what_was_never_public_can_be_discarded(draft, duty, alert):
    actions.discard(draft, by=duty, seen=draft.version)
    assert not Alert.objects.filter(pk=draft.pk).exists()
    assert refused(actions.discard, alert, by=duty, seen=alert.version) == Obstacle.NOT_NOW


def test_references_count_up_within_a_year(duty):
    first = actions.start(by=duty, facts=facts(), words=WORDS)
    second = actions.start(by=duty, facts=facts(), words=WORDS)
    year, number = first.reference.split("-")
    assert (int(year), second.reference) == (timezone.localdate().year, f"{year}-{int(number) + 1}")


def test_the_clock_decides_what_is_live(alert):
    before, after = alert.starts_at - timedelta(seconds=1), alert.ends_at
    assert not Alert.objects.live(before).exists()
    assert not Alert.objects.live(after).exists()
    known = Alert.objects.with_texts().get()
    assert [known.holds_at(at) for at in (before, alert.starts_at, after)] == [False, True, False]


def test_who_may_approve_is_told_that_an_alert_waits(duty, colleague, translator):
    group_member = StaffFactory(email="approver@example.org")
    group = Group.objects.create(name="Approvers")
    group.permissions.add(Permission.objects.get(codename="approve_alert"))
    group_member.groups.add(group)
    alert = actions.start(by=duty, facts=facts(), words=WORDS)
    actions.hand_in(alert, by=duty, seen=alert.version)
    told = Message.objects.filter(template="alerts/waiting")
    assert {message.to for message in told} == {colleague, group_member}
    assert f"/en/staff/alerts/alert/{alert.pk}/change/" in told[0].body
