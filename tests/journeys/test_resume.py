"""Going on later: on another device, after the form changed, without a mailbox, after leaving a page as it was."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consular.accounts.models import User
from consular.questionnaires.models import Revision
from tests.factories.applications import tourist
from tests.journeys import steps
from visas.applications.context import FORM
from visas.applications.models import VisaApplication

pytestmark = pytest.mark.browser

CODE = re.compile(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}")


def start(visitor, category="TV"):
    visitor.go("applications:start")
    visitor.choose(category=category)
    visitor.select(residence="QNR")
    visitor.press("Start the application")
    visitor.picture("passport-first")
    visitor.follow("I will type it")
    visitor.tasks = visitor.page.url


def sign_in(visitor, mailbox, address):
    visitor.go("account_login")
    visitor.picture("login")
    visitor.fill(login=address)
    visitor.press("Send me a code")
    visitor.fill(code=steps.code_in(mailbox(address)[-1]))
    visitor.page.locator("main button[type=submit]").first.click()
    visitor.page.wait_for_url("**/my/")


def publish_another_wording():
    """Ask for the place of birth in other words, as an editor would."""
    newest = Revision.objects.current(FORM)
    content = Revision.objects.values_list("content", flat=True).get(pk=newest.pk)
    for section in content["sections"]:
        for page in section["pages"]:
            for question in page["questions"]:
                if question.get("id") == "birth.place":
                    question["label"] = {"en": "Town or village of birth", "fa": "شهر یا روستای تولد"}
    number = newest.number + 1
    made = Revision.objects.create(questionnaire=newest.questionnaire, number=number, content=content)
    Revision.objects.filter(pk=made.pk).update(published_at=timezone.now())


def given(question):
    answers = VisaApplication.objects.get().sheet.entries()
    return answers[question].value if question in answers else None


def test_a_draft_goes_on_on_another_device_after_the_form_changed(visitor, mailbox):
    telephone, address = visitor("fa"), "leila@example.org"
    steps.open_an_account(telephone, mailbox, address)
    start(telephone)
    for name in ("names", "birth"):
        telephone.visit(f"{telephone.tasks}questions/{name}/")
        steps.answer_page(telephone, tourist())
        telephone.press("Save and continue")
    publish_another_wording()

    laptop = visitor("en", width=1280, height=800)
    sign_in(laptop, mailbox, address)
    laptop.follow("Go on")
    laptop.picture("changed")
    assert laptop.sees("Since you began, these questions changed")
    laptop.follow("Town or village of birth")
    assert laptop.page.input_value('[name="birth-place"]') == "Sabel"
    laptop.press("Save and continue")
    laptop.page.goto(telephone.tasks)
    assert given("name.surname") == "AZAD"
    assert not VisaApplication.objects.get().sheet.changed


def test_who_loses_the_mailbox_comes_back_with_the_code(visitor, mailbox):
    first, old, new = visitor("fa"), "lost@example.org", "found@example.org"
    steps.open_an_account(first, mailbox, old)
    start(first)
    first.visit(f"{first.tasks}questions/birth/")
    steps.answer_page(first, tourist())
    first.press("Save and continue")
    first.visit(f"{first.tasks}code/")
    first.picture("code-before")
    first.press("Make a code")
    first.picture("code")
    code = CODE.search(first.page.locator("main").inner_text())[0]

    second = visitor("fa", javascript=False, width=1280, height=800)
    second.go("account_login")
    second.follow("I cannot open my mailbox")
    second.picture("resume")
    second.fill(code=code.lower().translate(str.maketrans("0123456789-", "۰۱۲۳۴۵۶۷۸۹ ")))
    steps.type_date(second, "birth_on", tourist()["birth.on"])
    second.press("Open my application")
    second.picture("resumed")
    second.go("portal:home")
    assert "/resumed/" in second.page.url
    second.page.get_by_role("button", name=second.says("Give another address")).click()
    second.fill(email=new)
    second.press("Send a code to the new address")
    second.fill(code=steps.code_in(mailbox(new)[-1]))
    second.page.locator("main button[type=submit]").first.click()
    second.go("portal:home")
    assert User.objects.get(email=new).emailaddress_set.get(primary=True).email == new
    assert not User.objects.filter(email=old).exists()
    assert len(mailbox(old)) >= 3  # The code of the account, that somebody came in, and the new address
    second.follow("Go on")
    assert second.page.url == second.address("applications:tasks", VisaApplication.objects.get().pk)


def test_what_was_typed_is_saved_when_the_page_is_left(visitor, mailbox):
    person = visitor("en")
    steps.open_an_account(person, mailbox, "dying-battery@example.org")
    start(person)
    person.visit(f"{person.tasks}questions/names/")
    sent = []
    person.page.on("request", lambda request: sent.append(request) if "draft" in request.url else None)
    person.fill(**{"name-given": "SHIRIN"})
    person.picture("page")
    with person.page.expect_response(lambda response: "draft" in response.url) as answered:
        person.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert answered.value.status == 204
    assert "shown=name-given&" in sent[0].post_data + "&"
    assert given("name.given") == "SHIRIN"

    person.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert len(sent) == 1, "the same was sent twice"
    person.fill(**{"name-surname": "AZAD"})
    person.page.evaluate("location.assign(document.querySelector('.govuk-back-link').href)")
    person.page.wait_for_url(lambda url: "/names/" not in url)
    expect(person.page.locator("h1")).to_be_visible()
    person.visit(f"{person.tasks}questions/names/")
    assert person.page.input_value('[name="name-surname"]') == "AZAD"

    sent.clear()
    person.fill(**{"name-surname": "KARIMI"})
    person.press("Save and continue")
    assert sent == [], "the button sends it, once"
    assert given("name.surname") == "KARIMI"


def test_a_session_that_ends_is_told_and_prolonged(visitor, mailbox):
    person = visitor("fa")
    steps.open_an_account(person, mailbox, "slow@example.org")
    start(person)
    person.page.clock.install()
    person.visit(f"{person.tasks}questions/names/")
    warning = person.page.locator("[data-session-warning]")
    expect(warning).to_be_hidden()
    person.page.clock.fast_forward("11:56:00")
    expect(warning).to_be_visible()
    person.look()
    person.picture("session-ends")
    person.fill(**{"name-given": "SHIRIN"})
    with person.page.expect_response(lambda response: response.url.endswith("/stay/")) as answered:
        warning.get_by_role("button").click()
    assert answered.value.status == 204
    expect(warning).to_be_hidden()
    assert person.page.input_value('[name="name-given"]') == "SHIRIN"
