"""The verbs of the editor: one draft, two editors, four eyes, everything in the trail."""

import pytest
from django.db import IntegrityError, transaction

from consular.audit.models import Entry
from consular.lib.refusal import RefusedError
from consular.questionnaires.editing import actions, pieces, rules
from consular.questionnaires.editing.status import Obstacle
from consular.questionnaires.models import Revision
from tests.factories.accounts import StaffFactory
from tests.factories.questionnaires import AnswerSheetFactory, question, text

pytestmark = pytest.mark.django_db
NAME = "sections/person/pages/person/questions/name"


def refused(verb):
    with pytest.raises(RefusedError) as caught:
        verb()
    return caught.value.obstacle


def rewrite(draft, where, by, **said):
    place = pieces.find(Revision.objects.get(pk=draft.pk).content, where)
    actions.write(draft, where, {**place.piece, **said}, by=by, seen=pieces.token(place.piece))
    draft.refresh_from_db()
    return draft


def test_a_draft_begins_with_what_is_published_and_there_is_one(published, draft, second):
    assert (draft.number, draft.content) == (2, published.content)
    begin = lambda: actions.begin(published.questionnaire, by=second, copy_of=published)  # noqa: E731
    assert refused(begin) == Obstacle.HAS_DRAFT


def test_who_has_no_right_writes_nothing(published, draft):
    somebody = StaffFactory()
    assert refused(lambda: rewrite(draft, NAME, somebody, label=text("X"))) == Obstacle.NOT_ALLOWED
    begin = lambda: actions.begin(published.questionnaire, by=somebody, copy_of=published)  # noqa: E731
    assert refused(begin) == Obstacle.NOT_ALLOWED


def test_a_piece_is_written_and_what_stands_in_it_stays(draft, writer):
    rewrite(draft, "sections/person", writer, title=text("You"))
    place = pieces.find(draft.content, "sections/person")
    assert place.piece["title"] == text("You")
    assert place.piece["pages"][0]["id"] == "person"
    assert draft.version == 2


def test_two_editors_of_two_pieces_are_in_nobodys_way(draft, writer, second):
    seen = {where: pieces.token(pieces.find(draft.content, where).piece) for where in (NAME, "sections/trip")}
    actions.write(draft, NAME, {"id": "name", "type": "text", "label": text("A")}, by=writer, seen=seen[NAME])
    actions.write(
        draft, "sections/trip", {"id": "trip", "title": text("B")}, by=second, seen=seen["sections/trip"]
    )
    draft.refresh_from_db()
    assert pieces.find(draft.content, NAME).piece["label"] == text("A")
    assert pieces.find(draft.content, "sections/trip").piece["title"] == text("B")
    assert draft.writers == sorted([writer.pk, second.pk])


def test_the_second_of_two_editors_of_one_piece_is_told(draft, writer, second):
    seen = pieces.token(pieces.find(draft.content, NAME).piece)
    rewrite(draft, NAME, second, label=text("Theirs"))
    write = lambda: actions.write(draft, NAME, {"id": "name"}, by=writer, seen=seen)  # noqa: E731
    assert refused(write) == Obstacle.CHANGED


def test_no_id_stands_twice(draft, writer):
    parent = "sections/trip/pages/trip"
    add = lambda: actions.add(draft, parent, "questions", question("name"), by=writer)  # noqa: E731
    assert refused(add) == Obstacle.DOUBLE


def test_a_piece_moves_up_and_at_the_top_it_stays(draft, writer):
    leaves = "sections/trip/pages/trip/questions/leaves"
    actions.shift(draft, leaves, -1, by=writer, version=1)
    actions.shift(draft, leaves, -1, by=writer, version=2)
    draft.refresh_from_db()
    asked = pieces.find(draft.content, "sections/trip/pages/trip").piece["questions"]
    assert [each["id"] for each in asked] == ["leaves", "arrives"]


def test_a_piece_is_removed_by_who_saw_the_draft_as_it_is(draft, writer):
    rewrite(draft, NAME, writer, label=text("Changed"))
    assert refused(lambda: actions.remove(draft, NAME, by=writer, version=1)) == Obstacle.CHANGED
    actions.remove(draft, NAME, by=writer, version=2)
    draft.refresh_from_db()
    assert "name" not in pieces.ids(draft.content)


def test_the_last_page_and_the_whole_stay(draft, writer):
    for where in ("closing", "whole"):
        assert refused(lambda where=where: actions.remove(draft, where, by=writer, version=1))


def test_a_second_person_publishes_what_they_read(draft, writer, second):
    rewrite(draft, NAME, writer, label=text("Your name"))
    publish = lambda by, version: actions.publish(draft, by=by, version=version, reason="Clearer")  # noqa: E731
    assert refused(lambda: publish(writer, 2)) == Obstacle.OWN
    assert refused(lambda: publish(second, 1)) == Obstacle.CHANGED
    done = publish(second, 2)
    assert (done.published_by, done.reason) == (second, "Clearer")
    assert refused(lambda: publish(second, 2)) == Obstacle.NOT_A_DRAFT
    assert refused(lambda: rewrite(draft, NAME, writer, label=text("X"))) == Obstacle.NOT_A_DRAFT


def test_the_database_refuses_that_a_writer_publishes(draft, writer):
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Revision.objects.filter(pk=draft.pk).update(published_by=writer)


def test_a_draft_that_says_nothing_new_or_has_findings_is_not_published(draft, writer, second):
    publish = lambda version: actions.publish(draft, by=second, version=version, reason="x")  # noqa: E731
    assert refused(lambda: publish(1)) == Obstacle.UNCHANGED
    rewrite(draft, NAME, writer, label={"en": "Your name"})
    assert refused(lambda: publish(2)) == Obstacle.FINDINGS


def test_one_goes_back_by_a_draft_from_an_older_revision(published, draft, writer, second):
    rewrite(draft, NAME, writer, label=text("Your name"))
    actions.publish(draft, by=second, version=2, reason="Clearer")
    back = actions.begin(published.questionnaire, by=writer, copy_of=published)
    assert (back.number, back.content) == (3, published.content)
    actions.publish(back, by=second, version=1, reason="It was better before")


def test_a_draft_is_given_up(draft, writer, published):
    actions.discard(draft, by=writer, version=1)
    assert list(published.questionnaire.revisions.all()) == [published]


def test_only_what_is_not_submitted_will_move(published):
    AnswerSheetFactory(revision=published)
    assert rules.will_move(published.questionnaire) == 1


def test_every_act_is_in_the_trail_and_no_words_are(draft, writer, second):
    rewrite(draft, NAME, writer, label=text("Secret words"))
    actions.shift(draft, NAME, 1, by=writer, version=2)
    actions.publish(draft, by=second, version=3, reason="Secret reason")
    entries = Entry.objects.filter(subject_type="questionnaires.revision").order_by("pk")
    assert list(entries.values_list("verb", "actor")) == [
        ("questionnaire.begun", writer.pk),
        ("questionnaire.written", writer.pk),
        ("questionnaire.moved", writer.pk),
        ("questionnaire.published", second.pk),
    ]
    assert "Secret" not in str(list(entries.values_list("detail", flat=True)))
