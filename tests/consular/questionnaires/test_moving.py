"""A newer revision: unsubmitted answers move to it, nothing is lost, only what changed is asked again."""

import copy
from datetime import date

import pytest
from django.http import QueryDict

from consular.audit.models import Entry as AuditEntry
from consular.questionnaires import leftovers, moving
from consular.questionnaires.actions import SheetMovedError, freeze, move, save
from consular.questionnaires.filling import Entry
from consular.questionnaires.forms import PageForm
from consular.questionnaires.models import AnswerSheet
from consular.questionnaires.schema import parse
from tests.factories.questionnaires import (
    AnswerSheetFactory,
    QuestionnaireFactory,
    RevisionFactory,
    choices,
    page,
    question,
    small,
    text,
)

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": Entry("Shirin"),
    "nickname": Entry(),
    "arrives": Entry(date(2027, 1, 1)),
    "leaves": Entry(typed={"day": "۴۰", "month": "1", "year": "2027", "calendar": "gregorian"}),
    "lodging": Entry("host"),
    "host.name": Entry("Maryam"),
}


@pytest.fixture
def sheet():
    sheet = AnswerSheetFactory(revision=RevisionFactory(questionnaire=QuestionnaireFactory()))
    save(sheet, GIVEN)
    return sheet


def asked(content, section, place=0):
    return content["sections"][section]["pages"][0]["questions"][place]


def publish(sheet, *changes):
    """Publish a revision: the small questionnaire with these changes, each (section, question, {part: now}) or a function."""
    content = copy.deepcopy(small())
    for change in changes:
        if callable(change):
            change(content)
        else:
            section, place, now = change
            asked(content, section, place).update(now)
    last = sheet.revision.questionnaire.revisions.latest("number").number
    return RevisionFactory(questionnaire=sheet.revision.questionnaire, number=last + 1, content=content)


def moved(sheet, *changes, by=None):
    move(sheet, publish(sheet, *changes), by=by)
    return AnswerSheet.objects.select_related("revision").get(pk=sheet.pk)


def test_answers_move_as_they_are_where_nothing_changed(sheet):
    after = moved(sheet)
    assert after.revision.number == 2
    assert after.entries() == GIVEN
    assert after.changed == {}


def test_the_trail_says_who_looked(sheet, superuser):
    after = moved(sheet, by=superuser)
    entry = AuditEntry.objects.about(after).get(verb="answers.moved")
    assert (entry.actor, entry.detail) == (superuser, {"revision": 2})


def test_a_better_hint_or_translation_asks_nothing_again(sheet):
    after = moved(sheet, (0, 0, {"hint": text("as in the passport"), "label": {"en": "name", "fa": "نام"}}))
    assert after.changed == {}


def test_other_words_ask_again_and_keep_the_answer(sheet):
    after = moved(sheet, (0, 0, {"label": text("whole name")}))
    filling = after.filling()
    assert filling.entries["name"] == Entry("Shirin")
    assert set(filling.again) == {"name"}
    assert filling.open_on(filling.document.pages["person"]) == [filling.document.questions["name"]]
    form = PageForm(filling.document.pages["person"], filling)
    assert "other words" in form.errors["name"][0]
    assert 'value="Shirin"' in form["name"].as_widget()


def answered(filling, page_id, **data):
    form = QueryDict(mutable=True)
    form.update(data)
    return PageForm(filling.document.pages[page_id], filling, form).entries()


def test_who_has_seen_it_is_not_asked_a_third_time(sheet):
    after = moved(sheet, (0, 0, {"label": text("whole name")}))
    save(after, answered(after.filling(), "person", shown="name nickname", seen="name", name="Shirin"))
    after.refresh_from_db()
    assert after.changed == {}
    assert after.entries()["name"] == Entry("Shirin")


def test_a_page_opened_before_is_taken_in_and_still_asks_again(sheet):
    after = moved(sheet, (0, 0, {"label": text("whole name")}))
    save(after, answered(after.filling(), "person", shown="name nickname", name="Shirin A."))
    after.refresh_from_db()
    assert after.entries()["name"] == Entry("Shirin A.")
    assert set(after.changed) == {"name"}


def test_a_choice_that_is_gone_is_kept_as_typed_and_told(sheet):
    after = moved(sheet, (2, 0, {"choices": choices("hotel", "tent")}))
    filling = after.filling()
    assert filling.entries["lodging"] == Entry(typed="host")
    assert str(filling.again["lodging"]) == "This question offers other answers. You answered: host."
    assert filling.entries["host.name"] == Entry("Maryam")


def test_a_choice_that_comes_back_brings_its_answer_back(sheet):
    without = moved(sheet, (2, 0, {"choices": choices("hotel", "tent")}))
    back = moved(without)
    assert back.entries() == GIVEN
    assert set(back.changed) == {"lodging"}


def test_an_answer_given_meanwhile_stays_when_the_choice_comes_back(sheet):
    without = moved(sheet, (2, 0, {"choices": choices("hotel", "tent")}))
    save(without, {"lodging": Entry("hotel")})
    back = moved(without)
    assert back.entries()["lodging"] == Entry("hotel")
    assert back.answers.get(question="lodging", row=1).value == "host"


@pytest.mark.parametrize(
    "kind", ["date", "integer", "yes_no", "money", "country", "text", "choices", "phone"]
)
def test_another_type_never_breaks_a_page(sheet, kind):
    more = {"choices": choices("a", "b")} if kind == "choices" else {}
    after = moved(sheet, *((section, 0, {"type": kind, **more}) for section in (0, 1)))
    filling = after.filling()
    for name in ("person", "trip"):
        form = PageForm(filling.document.pages[name], filling)
        assert form.groups()
        assert all(part.as_field_group() for _group, parts in form.groups() for part in parts)
        assert not (set(form.errors) - {"name", "arrives", "leaves"})
    assert {"name", "arrives"} - {"date" if kind == "date" else ""} >= set(after.changed) - {"leaves"}


def test_a_limit_that_an_answer_is_beyond(sheet):
    after = moved(sheet, (0, 0, {"length": 3}))
    assert after.entries()["name"] == Entry(typed="Shirin")
    assert "You answered: Shirin." in str(after.filling().again["name"])


def test_a_question_that_is_gone_keeps_its_answer_aside_and_comes_back_with_it(sheet):
    gone = moved(sheet, lambda content: content["sections"][0]["pages"][0]["questions"].pop(0))
    assert "name" not in gone.entries()
    assert moved(gone).entries() == GIVEN


def test_a_new_question_is_told_where_the_section_was_begun_and_not_elsewhere(sheet):
    def change(content):
        content["sections"][0]["pages"].append(page("more", question("motto")))
        content["sections"].append(
            {"id": "end", "title": text("End"), "pages": [page("end", question("why"))]}
        )

    after = moved(sheet, change)
    assert set(after.changed) == {"motto"}
    assert not PageForm(after.revision.document.pages["more"], after.filling()).errors


def test_nobody_who_had_not_begun_is_told_anything(sheet):
    empty = AnswerSheetFactory(revision=sheet.revision)
    assert moved(empty, (0, 0, {"label": text("whole name")})).changed == {}


def test_moving_twice_or_back_does_nothing(sheet):
    first = sheet.revision
    after = moved(sheet)
    assert move(after, first, by=None).revision.number == 2
    assert move(after, after.revision, by=None).revision.number == 2


def test_a_submitted_sheet_renders_from_its_revision_for_ever(sheet):
    save(sheet, {"leaves": Entry(date(2027, 1, 9))})
    freeze(sheet, asked=sheet.filling().asked_ids())
    before = sheet.filling().submitted()
    for change in ((0, 0, {"type": "date"}), (2, 0, {"choices": choices("x")}), (1, 0, {"label": text("?")})):
        move(sheet, publish(sheet, change), by=None)
    again = AnswerSheet.objects.get(pk=sheet.pk)
    assert again.revision.number == 1
    assert again.filling().submitted() == before
    assert again.filling().document.questions["name"].label["en"] == "name"


def test_whoever_saves_while_it_moves_reads_again(sheet):
    seen = AnswerSheet.objects.get(pk=sheet.pk)
    moved(sheet)
    with pytest.raises(SheetMovedError):
        save(seen, {"name": Entry("late")})


def test_what_stands_aside_is_never_submitted(sheet):
    after = moved(sheet, (2, 0, {"choices": choices("hotel", "tent")}))
    save(after, {"lodging": Entry("hotel"), "leaves": Entry(date(2027, 1, 9))})
    freeze(after, asked=after.filling().asked_ids())
    assert not after.answers.exclude(row=0).exists()


def test_an_old_page_gives_back_what_is_not_asked_any_more(sheet):
    data = QueryDict("shown=name nickname strange&name=Shirin B.&strange=x")
    after = moved(sheet, lambda content: content["sections"][0]["pages"][0]["questions"].pop(0))
    new = after.revision.document
    assert leftovers.unknown(new, data) == {"name", "strange"}
    assert leftovers.left_behind(after.revision.earlier(), new, data) == {"name": Entry("Shirin B.")}


def test_rows_whose_columns_changed_keep_what_fits():
    rows = question("jobs", "rows", columns=[question("firm"), question("from", "date")], required=False)
    now = question("jobs", "rows", columns=[question("firm", length=4), question("town")])
    read = [
        {"#": "a", "firm": "Lantern", "from": "2020-01-01"},
        {"#": "b", "firm": "Quay", "from": "2021-01-01"},
    ]

    def asked(raw):
        return parse({**small(), "sections": [{"id": "s", "title": text("s"), "pages": [page("p", raw)]}]})

    assert moving.refit(asked(rows).questions["jobs"], read) == (read, None)
    value, typed = moving.refit(asked(now).questions["jobs"], read)
    assert value is None
    assert typed == [
        {"#": "a", "!": {"firm": "Lantern", "town": ""}},
        {"#": "b", "firm": "Quay", "!": {"town": ""}},
    ]
