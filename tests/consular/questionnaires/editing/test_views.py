"""The pages of the editor: what staff write on them, what strangers find, what hostile input does."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import translation

from consular.questionnaires.editing import actions, pieces
from consular.questionnaires.models import AnswerSheet, Revision
from tests.factories.accounts import StaffFactory
from tests.factories.questionnaires import text

pytestmark = pytest.mark.django_db
NAME = "sections/person/pages/person/questions/name"
HOST = "sections/stay/pages/host"


def at(name, *args):
    return reverse(f"admin:questionnaires:{name}", args=args)


@pytest.fixture
def desk(signed_in, writer):
    return signed_in(writer)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent_by(response):
    """Return what a browser would send of the form as it is drawn."""
    form = response.context["form"]
    found = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in found.items() if value is not None and value is not False}


def write(client, draft, where, **typed):
    address = at("piece", draft.pk, where)
    sent = {**sent_by(client.get(address)), **typed}
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def said(draft, where):
    return pieces.find(Revision.objects.get(pk=draft.pk).content, where).piece


def test_staff_without_the_right_find_nothing(signed_in, draft):
    client = signed_in(StaffFactory())
    for name, args in [
        ("overview", [draft.questionnaire_id]),
        ("outline", [draft.pk]),
        ("publish", [draft.pk]),
        ("piece", [draft.pk, NAME]),
        ("add", [draft.pk, "sections", "whole"]),
        ("remove", [draft.pk, NAME]),
        ("preview", [draft.pk, "person", "en"]),
    ]:
        assert client.get(at(name, *args)).status_code == 404, name
    for name, args in [
        ("move", [draft.pk, NAME]),
        ("discard", [draft.pk]),
        ("begin", [draft.questionnaire_id]),
    ]:
        assert client.post(at(name, *args)).status_code == 404, name


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_opens(desk, draft, language):
    addresses = [
        reverse("admin:questionnaires_questionnaire_changelist"),
        at("overview", draft.questionnaire_id),
        at("outline", draft.pk),
        at("publish", draft.pk),
        at("remove", draft.pk, "sections/stay/pages/stay/questions/lodging"),
        *(at("piece", draft.pk, place.where) for place in pieces.walk(draft.content)),
        at("add", draft.pk, "sections", "whole"),
        at("add", draft.pk, "checks", "whole"),
        at("add", draft.pk, "pages", "sections/stay"),
        at("add", draft.pk, "questions", HOST),
        at("add", draft.pk, "groups", HOST),
        *(at("preview", draft.pk, "stay", code) for code in ("en", "fa", "ar", "fr", "es")),
    ]
    with translation.override(language):
        for address in addresses:
            assert desk.get(address, headers={"accept-language": language}).status_code == 200, address


def test_saving_a_form_that_nobody_touched_changes_nothing(desk, draft):
    before = draft.content
    for place in pieces.walk(before):
        response = write(desk, draft, place.where)
        assert response.status_code == 302, (place.where, response.context["form"].errors)
    assert Revision.objects.get(pk=draft.pk).content == before


def test_an_editor_rewords_a_question_and_makes_it_depend_on_an_answer(desk, draft):
    where = f"{HOST}/questions/host.name"
    write(desk, draft, where, label_en="Who is your host?", name0="lodging", test0="equals", value0="host")
    assert said(draft, where)["label"]["en"] == "Who is your host?"
    assert said(draft, where)["when"] == {"equals": ["lodging", "host"]}
    told = words(desk.get(at("outline", draft.pk)))
    assert "has changed, but not its translation into: Persian" in told
    write(desk, draft, where, still_right="on")
    assert "has changed, but not its translation" not in words(desk.get(at("outline", draft.pk)))


def test_a_condition_may_be_written_as_json(desk, draft):
    raw = {"any": [{"all": [{"answered": "name"}]}, {"below": ["age", 18]}]}
    write(desk, draft, HOST, raw=json.dumps(raw))
    assert said(draft, HOST)["when"] == raw


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"raw": '{"answered": "host.name"}'}, "No earlier page asks"),
        ({"raw": '{"answered": "guardian"}'}, "No earlier page asks"),
        ({"raw": "{"}, "This is no condition"),
        ({"raw": "[" * 3000}, "This is no condition"),
        ({"raw": '{"nonsense": 1}'}, "This is no condition"),
        ({"raw": "x" * 10_000}, "characters or fewer"),
        ({"name0": "guardian", "test0": "answered"}, ""),
        ({"name0": "age", "test0": "below", "value0": "old"}, "Enter a whole number"),
        ({"name0": "age", "test0": ""}, "Choose both a question and a test"),
        ({"title_en": "x" * 10_000}, "characters or fewer"),
        ({"title_en": ""}, "Enter"),
        ({"title_en": "a\0b"}, "cannot be stored"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_saved(desk, draft, typed, told):
    response = write(desk, draft, HOST, **typed)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert told in words(response) or told == "Enter"
    assert Revision.objects.get(pk=draft.pk).version == 1


def add(client, draft, name, where, **typed):
    return client.post(at("add", draft.pk, name, where), typed)


def test_sections_pages_questions_and_answers_are_added(desk, draft):
    add(desk, draft, "sections", "whole", id="money", title_en="Money")
    add(desk, draft, "pages", "sections/money", id="money", title_en="Money")
    page = "sections/money/pages/money"
    add(desk, draft, "questions", page, id="money.kind", type="choice", label_en="How?", required="on")
    asked = f"{page}/questions/money.kind"
    add(desk, draft, "choices", asked, id="cash", label_en="In cash")
    assert said(draft, f"{asked}/choices/cash") == {"value": "cash", "label": {"en": "In cash"}}
    told = words(desk.get(at("outline", draft.pk)))
    assert "The label of money.kind has no text in: fa." in told
    assert "In cash" in words(desk.get(at("preview", draft.pk, "money", "en")))


@pytest.mark.parametrize("name", ["with space", "UPPER", "a/b", "1a", "<b>", "", "x" * 90, "a..b", "نام"])
def test_bad_ids_are_refused(desk, draft, name):
    response = add(desk, draft, "questions", HOST, id=name, type="text", label_en="x")
    assert "id" in response.context["form"].errors


def test_a_double_id_is_refused_and_what_was_typed_stays(desk, draft):
    response = add(desk, draft, "questions", HOST, id="name", type="text", label_en="My words")
    assert response.status_code == 409
    assert "My words" in response.content.decode()


def test_html_in_labels_is_text_everywhere(desk, draft, second, signed_in):
    evil = "<script>alert(1)</script>"
    write(desk, draft, NAME, label_en=evil, label_fa=evil, hint_en=evil, hint_fa=evil)
    for address in (
        at("outline", draft.pk),
        at("piece", draft.pk, NAME),
        at("preview", draft.pk, "person", "en"),
        at("publish", draft.pk),
        at("remove", draft.pk, NAME),
    ):
        assert evil not in desk.get(address).content.decode()
    assert "&lt;script&gt;" in desk.get(at("preview", draft.pk, "person", "en")).content.decode()


def test_the_second_of_two_editors_is_told_and_keeps_what_they_typed(desk, signed_in, second, draft):
    seen = sent_by(desk.get(at("piece", draft.pk, NAME)))
    write(signed_in(second), draft, NAME, label_en="Theirs")
    response = desk.post(at("piece", draft.pk, NAME), {**seen, "label_en": "Mine"})
    assert response.status_code == 409
    assert "Mine" in response.content.decode()
    assert "Theirs" in response.content.decode()
    assert said(draft, NAME)["label"]["en"] == "Theirs"
    desk.post(at("piece", draft.pk, NAME), sent_by(response))
    assert said(draft, NAME)["label"]["en"] == "Mine"


def test_removing_says_what_depends_on_it(desk, draft):
    where = "sections/stay/pages/stay/questions/lodging"
    told = words(desk.get(at("remove", draft.pk, where)))
    assert "These depend on it" in told
    desk.post(at("remove", draft.pk, where), {"version": "1"})
    told = words(desk.get(at("outline", draft.pk)))
    assert "speaks of lodging, which no earlier page asks" in told


def test_a_preview_speaks_the_language_asked_for_and_saves_nothing(desk, draft):
    told = desk.get(at("preview", draft.pk, "host", "fa")).content.decode()
    assert 'lang="fa" dir="rtl"' in told
    assert "host.name به فارسی" in told
    assert not AnswerSheet.objects.exists()


def test_a_second_person_reads_the_changes_and_publishes_once(desk, signed_in, second, draft):
    write(desk, draft, NAME, label_en="Your name", label_fa="نام شما")
    assert "another person must publish it" in words(desk.get(at("publish", draft.pk)))
    reader = signed_in(second)
    told = words(reader.get(at("publish", draft.pk)))
    assert "has other words" in told
    assert "0 applications that are not submitted yet" in told
    sent = {"version": "2", "reason": "Clearer"}
    assert "Say in a few words" in words(reader.post(at("publish", draft.pk), {**sent, "reason": ""}))
    reader.post(at("publish", draft.pk), sent)
    again = reader.post(at("publish", draft.pk), sent, follow=True)
    assert "This revision is published" in words(again)
    history = words(reader.get(at("overview", draft.questionnaire_id)))
    assert "published by Second" in history
    assert "Clearer" in history


def test_a_published_revision_is_read_and_not_written(desk, published):
    assert "Save in the draft" not in words(desk.get(at("piece", published.pk, NAME)))
    assert write(desk, published, NAME, label_en="X").status_code == 409
    assert desk.get(at("add", published.pk, "sections", "whole")).status_code == 404


def test_the_editor_asks_the_database_little_however_long_the_questionnaire(
    desk, draft, django_assert_max_num_queries
):
    desk.get(at("outline", draft.pk))
    with django_assert_max_num_queries(12):
        desk.get(at("outline", draft.pk))


def test_going_back_is_a_draft_from_an_older_revision(desk, signed_in, second, draft, writer, published):
    write(desk, draft, NAME, label_en="Your name", label_fa="نام شما")
    actions.publish(draft, by=second, version=2, reason="Clearer")
    desk.post(at("begin", draft.questionnaire_id), {"number": "1"})
    assert Revision.objects.get(published_at=None).content == published.content


def test_texts_that_nobody_touched_keep_their_blanks(desk, draft, writer):
    place = pieces.find(draft.content, "sections/person")
    seen = pieces.token(place.piece)
    odd = {**place.piece, "title": {"en": "Two  blanks ", "fa": text("x")["fa"]}}
    actions.write(draft, "sections/person", odd, by=writer, seen=seen)
    write(desk, draft, "sections/person")
    assert said(draft, "sections/person")["title"]["en"] == "Two  blanks "
