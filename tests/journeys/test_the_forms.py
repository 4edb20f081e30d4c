"""Two members of staff change what applicants are asked, without a developer: one writes, the other publishes."""

import pytest

from consular.questionnaires.models import Questionnaire
from tests.journeys import steps

pytestmark = pytest.mark.browser

WRITER, SECOND = "forms@velmaris.example.org", "forms.second@velmaris.example.org"
SURNAME = "sections/names/pages/names/questions/name.surname"


def at_the_desk(visitor, email, **how):
    editor = visitor(how.pop("language", "en"), **{"width": 1280, "height": 800, **how})
    steps.staff_signs_in(editor, email)
    return editor


def press(editor, name):
    with editor.page.expect_navigation():
        editor.page.get_by_role("button", name=name, exact=True).click()
    editor.look()


def address(editor, name, *args):
    return editor.address(f"admin:questionnaires:{name}", *args)


@pytest.mark.parametrize("javascript", [True, False])
def test_one_rewords_a_question_and_another_publishes_it(visitor, javascript):
    form = Questionnaire.objects.get()
    writer = at_the_desk(visitor, WRITER, javascript=javascript)
    writer.visit(writer.address("admin:questionnaires_questionnaire_changelist"))
    writer.picture("forms-list")
    writer.visit(address(writer, "overview", form.pk))
    press(writer, "Begin a draft")
    draft = form.revisions.get(published_at=None)
    writer.picture("forms-outline")

    writer.visit(address(writer, "piece", draft.pk, SURNAME))
    writer.fill(label_en="Surname, exactly as in the passport")
    writer.picture("forms-question")
    press(writer, "Save in the draft")
    assert writer.sees("has changed, but not its translation into")
    writer.picture("forms-finding")
    writer.visit(address(writer, "piece", draft.pk, SURNAME))
    writer.page.get_by_label("The translations still say the same").check()
    press(writer, "Save in the draft")
    assert not writer.sees("To be mended before it can be published")
    for language in ("en", "fa"):
        writer.visit(address(writer, "preview", draft.pk, "names", language))
        writer.picture(f"forms-preview-{language}")
    writer.visit(address(writer, "remove", draft.pk, SURNAME))
    writer.picture("forms-remove")
    writer.visit(address(writer, "publish", draft.pk))
    assert writer.sees("another person must publish it")

    second = at_the_desk(visitor, SECOND)
    second.visit(address(second, "publish", draft.pk))
    assert second.sees("has other words")
    second.fill(reason="People wrote their names as they are used at home.")
    second.picture("forms-publish")
    press(second, "Publish")
    assert second.sees("published by Tomas Ilic")
    second.picture("forms-history")


def test_the_editor_works_on_a_telephone_in_persian(visitor):
    form = Questionnaire.objects.get()
    newest = form.revisions.latest("number")
    editor = at_the_desk(visitor, WRITER, language="fa", width=360, height=740)
    for name, args in [
        ("overview", [form.pk]),
        ("outline", [newest.pk]),
        ("piece", [newest.pk, SURNAME]),
        ("preview", [newest.pk, "names", "fa"]),
        ("publish", [newest.pk]),
    ]:
        editor.visit(address(editor, name, *args))
        editor.picture(f"forms-{name}-small")
