"""A draft whose questionnaire is worded anew: while nobody looks, and while somebody is on its page."""

import copy

import pytest
from django.utils import timezone

from consular.audit.models import Entry as AuditEntry
from consular.questionnaires.filling import Entry
from consular.questionnaires.models import AnswerSheet, Revision
from tests.factories.applications import answer, submitted_application, tourist
from tests.visas.applications.test_pages import shown

pytestmark = pytest.mark.django_db


def pages(content):
    return {page["id"]: page for section in content["sections"] for page in section["pages"]}


def worded_anew(change):
    """Publish the visa questionnaire after `change(pages by id)`."""
    last = Revision.objects.published().filter(questionnaire__code="visa").latest("number")
    content = copy.deepcopy(last.content)
    change(pages(content), content)
    made = {"number": last.number + 1, "published_at": timezone.now()}
    return Revision.objects.create(questionnaire=last.questionnaire, content=content, **made)


def other_words(listed, content):
    listed["names"]["questions"][0]["label"] = {"en": "Family name", "fa": "نام خانوادگی شما"}


def without_names(listed, content):
    for section in content["sections"]:
        section["pages"] = [page for page in section["pages"] if page["id"] != "names"] or [
            {"id": "motto", "title": {"en": "Motto", "fa": "شعار"}, "questions": [
                {"id": "motto", "type": "text", "label": {"en": "Motto", "fa": "شعار"}, "required": False}
            ]}
        ]  # fmt: skip


def sheet_of(draft):
    return AnswerSheet.objects.select_related("revision").get(pk=draft.sheet_id)


def test_the_next_look_moves_the_draft_and_tells_what_changed(client, at, draft, applicant):
    answer(draft, tourist())
    revision = worded_anew(other_words)
    page = client.get(at("tasks")).content.decode()
    assert "Since you began, these questions changed" in page
    assert f'href="{at("page", "names")}#id_name-surname">Family name</a>' in page
    assert sheet_of(draft).revision == revision
    entry = AuditEntry.objects.about(draft).get(verb="answers.moved")
    assert entry.actor == applicant
    form = client.get(at("page", "names"))
    assert 'value="AZAD"' in form.content.decode()
    assert "This question has other words" in form.content.decode()


def test_who_answers_what_changed_is_done_with_it(client, at, draft):
    answer(draft, tourist())
    worded_anew(other_words)
    client.get(at("tasks"))
    url = at("page", "names")
    response = client.post(url, shown(client, url) | {"seen": "name-surname", "name-surname": "AZAD"})
    assert response.url != url
    assert "Since you began" not in client.get(at("tasks")).content.decode()


def test_a_page_that_was_open_while_it_changed_is_taken_in_and_asks_again(client, at, draft):
    answer(draft, tourist())
    url = at("page", "names")
    form = shown(client, url) | {"name-surname": "AZADI", "name-given": "SHIRIN"}
    worded_anew(other_words)
    assert client.post(url, form).url == url
    assert sheet_of(draft).entries()["name.surname"] == Entry("AZADI")
    assert "This question has other words" in client.get(url).content.decode()


def test_a_page_that_is_gone_gives_what_was_typed_on_it(client, at, draft):
    url = at("page", "names")
    form = shown(client, url) | {"name-surname": "AZADI", "name-given": "\x00"}
    worded_anew(without_names)
    assert client.post(url, form).url == at("tasks")
    assert client.post(url, form).url == at("tasks")
    assert client.get(url).url == at("tasks")
    kept = draft.sheet.answers.get(question="name.surname")
    assert kept.value == "AZADI"
    assert "name.surname" not in sheet_of(draft).entries()


def test_a_page_that_never_was_is_not_found(client, at, draft):
    assert (
        client.post(at("page", "nowhere"), {"shown": "name-surname", "name-surname": "x"}).status_code == 404
    )
    assert client.get(at("page", "nowhere")).status_code == 404


def test_a_revision_published_between_looking_and_saving_is_met_by_reading_again(
    client, at, draft, monkeypatch
):
    from visas.applications import views

    fill_in, once = views.actions.fill_in, []

    def fill_in_late(*arguments, **named):
        if not once:
            once.append(worded_anew(other_words))
            views.actions.keep_up(type(draft).objects.with_sheet().get(pk=draft.pk), by=draft.applicant)
        fill_in(*arguments, **named)

    answer(draft, tourist())
    url = at("page", "names")
    form = shown(client, url) | {"name-surname": "AZADI"}
    monkeypatch.setattr(views.actions, "fill_in", fill_in_late)
    assert client.post(url, form).status_code == 302
    assert sheet_of(draft).entries()["name.surname"] == Entry("AZADI")
    assert sheet_of(draft).revision == once[0]


def test_a_declaration_cannot_be_made_on_another_page(client, at, draft):
    client.post(at("page", "names"), {"shown": "name-surname declare-truth", "declare-truth": "on"})
    assert "declare.truth" not in sheet_of(draft).entries()


def test_a_submitted_application_keeps_its_wording_through_three_revisions(client, applicant):
    from visas.applications.summary import panels

    application = submitted_application(applicant=applicant)
    before = panels(application)
    for change in (other_words, without_names, lambda listed, content: content["sections"].pop(0)):
        worded_anew(change)
    again = type(application).objects.with_sheet().get(pk=application.pk)
    client.get(f"/en/apply/{application.pk}/")
    assert panels(again) == before
    assert again.sheet.revision == application.sheet.revision
