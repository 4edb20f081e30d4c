"""A change becomes law when two people want it, it fits, and every scenario passes. Not before, and not by halves."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from consular.audit.models import Entry
from tests.visas.legislation.conftest import addition, alteration
from visas.legislation import actions
from visas.legislation.actions import OverwriteError, RefusedError, Wanted
from visas.legislation.models import Change, Scenario
from visas.legislation.rows import as_json
from visas.legislation.status import Act, Obstacle, State
from visas.policy.book import current
from visas.policy.models import Fee, GroupMember, RuleGroup, Source, StayOption


@pytest.fixture
def fee():
    return Fee.objects.get(category__code="OF", valid_to=None)


@pytest.fixture
def dear(edit, fee):
    """Write into the change that official visas cost from next year."""
    edit(alteration(fee, valid_to="2026-12-31"))
    edit(addition(Fee(category=fee.category, amount=5, valid_from=date(2027, 1, 1), source=fee.source)))


def put_in_force(change, author, second):
    actions.hand_over(change, by=author)
    change.refresh_from_db()
    return actions.enact(change, by=second, seen=actions.stamp(change))


def refused(obstacle):
    return pytest.raises(RefusedError, match=obstacle.label[:40])


def test_the_law_stays_as_it_is_until_a_second_person_puts_the_change_in_force(change, dear, author, second):
    assert Fee.objects.filter(category__code="OF").count() == 2
    put_in_force(change, author, second)
    rows = Fee.objects.filter(category__code="OF").values_list("amount", "valid_from", "valid_to")
    assert list(rows) == [
        (0, date(2024, 1, 1), date(2025, 12, 31)),
        (0, date(2026, 1, 1), date(2026, 12, 31)),
        (5, date(2027, 1, 1), None),
    ]
    assert {each.amount for each in current().fees if each.category.code == "OF"} == {0, 5}


def test_the_trail_says_who_did_what(change, dear, author, second):
    put_in_force(change, author, second)
    entries = list(Entry.objects.about(change).values_list("verb", "actor"))
    assert entries == [
        ("law.edited", author.pk),
        ("law.edited", author.pk),
        ("law.handed_over", author.pk),
        ("law.changed", second.pk),
    ]


def test_a_rehearsal_leaves_no_trace(change, dear):
    before = current().version
    rehearsal = actions.rehearse(change)
    assert rehearsal.obstacle is None
    assert {each.amount for each in rehearsal.book.fees if each.category.code == "OF"} == {0, 5}
    assert current().version == before


def test_who_began_a_change_does_not_put_it_in_force(change, dear, author):
    actions.hand_over(change, by=author)
    change.refresh_from_db()
    with refused(Obstacle.OWN_CHANGE):
        actions.enact(change, by=author, seen=actions.stamp(change))


def test_who_wrote_one_of_its_edits_does_not_either(change, edit, dear, author, second):
    edit(alteration(Fee.objects.get(category__code="HU", valid_to=None), clause="§ 4"), by=second)
    actions.hand_over(change, by=author)
    change.refresh_from_db()
    with refused(Obstacle.OWN_CHANGE):
        actions.enact(change, by=second, seen=actions.stamp(change))


def written_over(edit, by):
    """Write an edit as `by`, and let the author write over it."""
    wanted = alteration(Fee.objects.get(category__code="HU", valid_to=None), clause="§ 4")
    first = edit(wanted, by=by)
    edit(replace(wanted, values={"clause": "§ 5"}, edit=first.pk, revision=first.revision))


def test_who_wrote_an_edit_that_another_wrote_over_does_not_either(change, edit, author, second):
    written_over(edit, by=second)
    actions.hand_over(change, by=author)
    change.refresh_from_db()
    with refused(Obstacle.OWN_CHANGE):
        actions.enact(change, by=second, seen=actions.stamp(change))


def test_a_row_that_has_become_law_meanwhile_is_not_removed(change, edit, fee):
    begins = timezone.localdate() + timedelta(days=10)
    Fee.objects.filter(pk=fee.pk).update(valid_to=begins - timedelta(days=1))
    row = Fee.objects.create(category=fee.category, amount=0, valid_from=begins, source=fee.source)
    edit(Wanted(Act.REMOVE, "fee", row.pk, {}, as_json(Fee.objects.get(pk=row.pk))))
    assert not actions.rehearse(change).problems
    with time_machine.travel(timezone.now() + timedelta(days=11)):
        assert actions.rehearse(change).obstacle == Obstacle.DOES_NOT_FIT


@pytest.mark.parametrize("who", ["author", "editor", "first editor"])
def test_the_database_refuses_the_same(change, edit, dear, author, second, who):
    person = author if who == "author" else second
    if who == "editor":
        edit(alteration(Fee.objects.get(category__code="HU", valid_to=None), clause="§ 4"), by=second)
    if who == "first editor":
        written_over(edit, by=second)
    change.state, change.put_in_force_by, change.put_in_force_at = State.IN_FORCE, person, change.begun_at
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()


def test_edits_of_a_change_in_force_are_not_rewritten(change, dear, author, second):
    put_in_force(change, author, second)
    for write in (change.edits.all().delete, lambda: change.edits.update(values={})):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(
            state=State.DRAFT, put_in_force_by=None, put_in_force_at=None
        )


def test_an_officer_without_the_permission_does_neither(change, dear, officer, fee):
    with refused(Obstacle.NOT_ALLOWED):
        actions.write_edit(change, alteration(fee, amount="9"), by=officer)
    with refused(Obstacle.NOT_ALLOWED):
        actions.hand_over(change, by=officer)
    with refused(Obstacle.NOT_ALLOWED):
        actions.enact(change, by=officer, seen="")


def test_an_empty_change_is_not_handed_over(change, author):
    with refused(Obstacle.EMPTY):
        actions.hand_over(change, by=author)


def test_a_failing_scenario_stands_in_the_way_until_it_or_the_change_is_mended(
    change, edit, author, second, fee
):
    edit(alteration(fee, amount="5.00"))
    with refused(Obstacle.SCENARIO_FAILS):
        actions.hand_over(change, by=author)
    failing = actions.rehearse(change).failures
    assert {(each.scenario.category, each.fee) for each in failing} == {("OF", 5)}
    Scenario.objects.filter(category="OF").update(fee=5)
    put_in_force(change, author, second)


def test_a_scenario_that_fails_later_stops_the_second_person(change, dear, author, second):
    actions.hand_over(change, by=author)
    Scenario.objects.filter(note="Others: holiday").update(fee=61)
    change.refresh_from_db()
    with refused(Obstacle.SCENARIO_FAILS):
        actions.enact(change, by=second, seen=actions.stamp(change))
    change.refresh_from_db()
    assert change.state == State.READY


def test_what_moved_since_the_second_person_read_it_is_read_again(change, dear, author, second):
    actions.hand_over(change, by=author)
    change.refresh_from_db()
    seen = actions.stamp(change)
    Scenario.objects.first().save()
    with refused(Obstacle.MOVED_ON):
        actions.enact(change, by=second, seen=seen)


def test_a_row_that_another_change_wrote_meanwhile_is_not_overwritten(change, edit, author, second, fee):
    edit(alteration(fee, clause="§ 9"))
    Fee.objects.filter(pk=fee.pk).update(clause="§ 8")
    with refused(Obstacle.DOES_NOT_FIT):
        actions.hand_over(change, by=author)


def test_an_edit_that_does_not_fit_is_refused_with_the_reason(change, edit, fee):
    overlapping = Fee(category=fee.category, amount=5, valid_from=date(2027, 1, 1), source=fee.source)
    with pytest.raises(ValidationError, match="End it before this one begins"):
        edit(addition(overlapping))
    assert not change.edits.exists()


def test_an_edit_is_taken_out_again(change, edit, author, fee):
    actions.take_out(edit(alteration(fee, amount="5")), by=author)
    assert not change.edits.exists()


def test_nothing_is_written_after_the_handing_over_unless_it_is_sent_back(
    change, edit, dear, author, second, fee
):
    actions.hand_over(change, by=author)
    with refused(Obstacle.NOT_A_DRAFT):
        edit(alteration(GroupMember.objects.first(), clause="§ 1"))
    change.refresh_from_db()
    actions.send_back(change, by=second)
    edit(alteration(GroupMember.objects.first(), clause="§ 1"))


def test_a_dropped_change_stays_to_be_read(change, dear, author):
    actions.drop(change, by=author)
    change.refresh_from_db()
    assert (change.state, change.edits.count()) == (State.DROPPED, 2)


def test_two_editors_of_one_row_lose_nothing(change, edit, second, fee):
    first = edit(alteration(fee, clause="§ 9"))
    with pytest.raises(OverwriteError) as caught:
        edit(alteration(fee, clause="§ 10"), by=second)
    assert caught.value.edit == first
    again = alteration(fee, clause="§ 10")
    seen = type(again)(**{**vars(again), "edit": first.pk, "revision": first.revision})
    assert edit(seen, by=second).revision == 2
    with pytest.raises(OverwriteError):
        edit(seen)


def test_a_new_member_of_a_group_changes_its_answers(change, edit, author, second):
    group, source = RuleGroup.objects.get(code="A"), Source.objects.first()
    edit(addition(GroupMember(group=group, nationality="QWK", valid_from=date(2027, 1, 1), source=source)))
    put_in_force(change, author, second)
    assert current().group_of("QWK", date(2027, 1, 1)) == group


def test_a_length_of_stay_is_removed(change, author, second):
    option = StayOption.objects.get(category__code="TV", length=60, entries="1")
    wanted = actions.Wanted("remove", "stayoption", option.pk, {}, alteration(option).before)
    actions.write_edit(change, wanted, by=author)
    put_in_force(change, author, second)
    assert not StayOption.objects.filter(pk=option.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_put_one_change_in_force_at_once_do_it_once(
    change, dear, author, second, other_mission
):
    from tests.visas.legislation.conftest import lawgiver

    third = lawgiver(other_mission, "third@example.org", "A third person")
    actions.hand_over(change, by=author)
    change.refresh_from_db()
    seen, barrier, done = actions.stamp(change), Barrier(2), []

    def enact(by):
        barrier.wait()
        try:
            actions.enact(change, by=by, seen=seen)
            done.append(by)
        except RefusedError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=enact, args=[person]) for person in (second, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert Fee.objects.filter(category__code="OF").count() == 3
