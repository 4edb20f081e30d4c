"""Clumsy and hostile input, through a real browser and over real HTTP: a clear message in the reader's language, and nothing lost.

The tests of a language share one traveller and one draft, on a site that all of them share.
"""

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Locator, expect

from consular.accounts.models import User
from consular.audit.models import Entry as AuditEntry
from consular.cases.actions import claim, recommend
from consular.cases.models import Case, Decision
from consular.cases.status import Outcome, Status
from consular.documents.models import Document
from consular.notifications.models import Message
from embassy.demo.people import PASSWORD
from tests.consular.documents import files
from tests.factories.applications import (
    DECLARATION,
    VisaApplicationFactory,
    answer,
    complete,
    day,
    submitted_application,
)
from tests.journeys.conftest import settle
from tests.journeys.premises import furnished_site  # noqa: F401 - the fixture `site`
from tests.journeys.steps import type_date
from tests.journeys.traveller import Visitor
from tests.journeys.wire import BOUNDARY, TOKEN, Caller, multipart, session_of
from visas.applications.models import VisaApplication
from visas.applications.rules import mission_for

pytestmark = pytest.mark.browser
APPLICANTS = {"en": "daniel@example.org", "fa": "shirin@example.org"}
RIVALS = 20
LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
LOST = "%(label)s contains � where a character was lost. Type it again."


class Traveller(Visitor):
    """A visitor who is signed in and has a draft."""

    user: User
    draft: VisaApplication

    def look(self) -> None:
        """Check the language only: the walk has every page checked by axe."""
        assert self.page.locator("html").get_attribute("lang") == self.language, self.page.url

    def open(self, name: str, *args: str) -> None:
        self.go(f"applications:{name}", self.draft.pk, *args)

    def path(self, name: str, *args: str) -> str:
        with override(self.language):
            return reverse(f"applications:{name}", args=[self.draft.pk, *args])

    def saved(self, question: str) -> Any:
        return self.draft.sheet.entries()[question]

    def reads(self, english: str, **figures: str) -> bool:
        """Tell whether the page shows a sentence in the language of its reader, which is not English for a Persian."""
        sentence = self.says(english)
        assert (sentence == english) == (self.language == "en"), english
        return self.sees(sentence % figures)

    def sign_in(self) -> None:
        cookie = {"name": "sid", "value": session_of(self.user), "url": self.site}
        self.context.add_cookies([cookie])


@pytest.fixture(scope="module", params=APPLICANTS)
def traveller(request: Any, browser: Browser, site: str) -> Iterator[Traveller]:
    """Yield a person at a telephone, in each of the two languages, signed in and with an empty draft."""
    person = Traveller(browser, site, request.param, javascript=True, size=(360, 740))
    person.user = User.objects.get(email=APPLICANTS[request.param])
    person.draft = answer(new_draft(person.user), {"trip.lodging": "booked", "paying.by": "self"})
    person.sign_in()
    yield person
    person.leave()


def new_draft(user: User) -> VisaApplication:
    draft: VisaApplication = VisaApplicationFactory(applicant=user, mission=mission_for("QNR"))
    return draft


@pytest.fixture
def caller(traveller: Traveller) -> Caller:
    """Return the traveller without a browser."""
    return Caller(traveller.site, traveller.user)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, and return what came of each."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(act) for act in acts]]


# What is typed ---------------------------------------------------------------------------------


def test_an_empty_form_says_what_is_missing(traveller):
    traveller.open("page", "birth")
    traveller.press("Save and continue")
    with override(traveller.language):
        assert traveller.page.title().startswith(gettext("Error:"))
    Visitor.look(traveller)
    summary = traveller.page.locator(".govuk-error-summary a")
    assert summary.count() == 3
    assert len({summary.nth(place).inner_text() for place in range(3)}) == 3


def test_persian_digits_are_taken_everywhere(traveller):
    traveller.open("page", "passport")
    traveller.fill(**{"passport-number": "N۱۲۳۴۵۶۷"})
    for part, typed in {"year": "۱۴۰۳", "month": "۲", "day": "۱"}.items():
        traveller.fill(**{f"passport-issued_on_{part}": typed})
    traveller.press("Save and continue")
    traveller.open("page", "contact")
    traveller.fill(**{"contact-address": "۱۲ Harbour Street", "contact-phone": "+۴۴ ۲۰ ۷۹۴۶ ۰۰۰۰"})
    traveller.press("Save and continue")
    assert traveller.saved("passport.number").value == "N1234567"
    assert traveller.saved("passport.issued_on").value == date(2024, 4, 20)
    assert traveller.saved("contact.phone").value == "+442079460000"


@pytest.mark.parametrize("name", ["O’Brien", "d'Été"])
def test_a_name_of_one_part_with_an_apostrophe_is_a_name(traveller, name):
    traveller.open("page", "names")
    traveller.fill(**{"name-surname": name, "name-given": ""})
    traveller.press("Save and continue")
    assert "/questions/names/" not in traveller.page.url
    assert traveller.saved("name.surname").value == name.replace("’", "'")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Az\0ad", LOST),
        ("Az\ud800ad", LOST),
        ("Az\u202ead", "%(label)s contains an invisible direction mark (shown as �). Delete it."),
        ("\u200b\u3164", "%(label)s contains only characters that cannot be seen. Type it again."),
    ],
    ids=["NUL", "lone surrogate", "direction", "invisible"],
)
def test_characters_that_cannot_be_kept_or_seen_are_told(traveller, caller, typed, told):
    path = traveller.path("page", "names")
    fields = {TOKEN: caller.token(path), "shown": "name-surname name-given", "name-given": "Shirin"}
    assert caller.post(path, {**fields, "name-surname": typed}).status == 302
    page = caller.get(path)
    with override(traveller.language):
        assert page.says(gettext(told).partition("%(label)s")[2].strip("» "))
    assert page.says("Shirin")


def test_an_answer_of_5000_characters_is_kept_and_told_in_numbers(traveller):
    long = "ab " * 1666 + "ab"
    traveller.open("page", "contact")
    traveller.fill(**{"contact-address": long})
    traveller.press("Save and continue")
    assert traveller.page.input_value('[name="contact-address"]') == long
    told = traveller.page.locator(".govuk-error-summary").inner_text().replace("\xa0", "").replace("٬", "")
    assert {"300", "5000"} <= set(re.findall(r"[0-9]+", told.translate(LATIN_DIGITS)))


def test_code_in_an_answer_is_only_text(traveller, caller):
    code = "<script>alert(1)</script>{{7*7}}{% debug %}%s{0.__class__}=1+1"
    path = traveller.path("page", "contact")
    fields = {TOKEN: caller.token(path), "shown": "contact-address", "contact-address": code}
    caller.post(path, fields)
    assert traveller.saved("contact.address").value == code
    traveller.open("page", "contact")
    assert traveller.page.input_value('[name="contact-address"]') == code


def test_a_birth_in_the_future_is_told(traveller):
    traveller.open("page", "birth")
    type_date(traveller, "birth-on", day(30))
    traveller.press("Save and continue")
    told = {"en": "Date of birth must be in the past", "fa": "تاریخ تولد باید در گذشته باشد"}
    assert traveller.sees(told[traveller.language])
    assert traveller.saved("birth.on").typed or traveller.saved("birth.on").value == day(30)


def test_an_expired_passport_is_told(traveller):
    traveller.open("page", "passport")
    type_date(traveller, "passport-expires_on", day(-3))
    traveller.press("Save and continue")
    told = {"en": "This passport has expired.", "fa": "این گذرنامه منقضی شده است."}
    assert traveller.sees(told[traveller.language])


# Going back and forth --------------------------------------------------------------------------


def test_the_back_button_shows_what_was_typed_and_saves_again(traveller):
    traveller.open("page", "names")
    traveller.fill(**{"name-surname": "Azad", "name-given": "Shirin"})
    traveller.press("Save and continue")
    traveller.page.go_back()
    traveller.fill(**{"name-surname": "Azadi"})
    traveller.press("Save and continue")
    assert traveller.saved("name.surname").value == "Azadi"
    assert traveller.saved("name.given").value == "Shirin"


def test_two_tabs_lose_nothing_of_each_other(traveller):
    traveller.open("page", "names")
    first, traveller.page = traveller.page, traveller.context.new_page()
    traveller.open("page", "birth")
    traveller.fill(**{"birth-place": "Sabel"})
    first.fill('[name="name-surname"]', "Tabriz")
    traveller.press("Save and continue")
    traveller.page.close()
    traveller.page = first
    traveller.press("Save and continue")
    assert (traveller.saved("name.surname").value, traveller.saved("birth.place").value) == (
        "Tabriz",
        "Sabel",
    )


def test_a_session_that_ended_while_typing_keeps_what_was_typed(traveller):
    traveller.open("page", "names")
    traveller.fill(**{"name-surname": "Longtyped", "name-given": "Shirin"})
    Session.objects.all().delete()
    traveller.press("Save and continue")
    assert "/account/login/" in traveller.page.url
    traveller.page.goto(traveller.page.url.replace("/login/", "/login/password/"))
    traveller.fill(login=traveller.user.email, password=PASSWORD)
    traveller.press("Sign in")
    assert "/login/" not in traveller.page.url
    assert traveller.saved("name.surname").value == "Longtyped"


# Files -----------------------------------------------------------------------------------------


def test_files_that_cannot_be_used_are_told_and_stored_nowhere(traveller, tmp_path):
    before = documents_of(traveller).count()
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "bill.pdf").write_bytes(files.exe())
    (tmp_path / "large.pdf").write_bytes(files.pdf() + bytes(40_000_000))
    traveller.open("documents")
    hand_in(traveller, "itinerary", tmp_path / "empty.jpg")
    assert traveller.reads("This file is empty. Choose another file, or take the photograph again.")
    hand_in(traveller, "itinerary", tmp_path / "bill.pdf")
    assert traveller.reads(
        "This is not a picture or a PDF. We take JPEG, PNG, HEIC, WebP, TIFF and PDF files."
    )
    choose(traveller, "itinerary", tmp_path / "large.pdf").click()  # Sent in slices: the page stays
    said = {"en": "This file is 40.1 MB.", "fa": "این فایل ۴۰.۱ مگابایت است."}[traveller.language]
    expect(traveller.page.locator("#itinerary")).to_contain_text(said)
    assert documents_of(traveller).count() == before


def test_files_that_turn_out_to_be_unusable_are_told(traveller, tmp_path):
    (tmp_path / "cut.jpg").write_bytes(files.truncated(files.jpeg((600, 800))))
    (tmp_path / "locked.pdf").write_bytes(files.locked_pdf(user="secret"))
    traveller.open("documents")
    hand_in(traveller, "itinerary", tmp_path / "cut.jpg")
    hand_in(traveller, "means", tmp_path / "locked.pdf")
    settle()
    traveller.open("documents")
    assert traveller.reads("This file is damaged. Take the photograph again, or export the PDF again.")
    assert traveller.reads(
        "This PDF is locked with a password. Save it without a password, then upload it again."
    )


def hand_in(traveller: Traveller, purpose: str, path: Path) -> None:
    button = choose(traveller, purpose, path)
    with traveller.page.expect_navigation():
        button.click()
    traveller.look()


def choose(traveller: Traveller, purpose: str, path: Path) -> Locator:
    """Choose a file for a document, and return the button that sends it."""
    section = traveller.page.locator(f"#{purpose}")
    section.locator('input[type="file"]').set_input_files(path)
    return section.locator("form").last.locator("button")


def documents_of(traveller: Traveller) -> Any:
    return Document.objects.of(traveller.user).kept()


def test_an_upload_that_is_cut_off_is_no_file_and_harms_nothing(traveller, caller):
    path, before = traveller.path("documents"), documents_of(traveller).count()
    body = multipart({TOKEN: caller.token(path), "purpose": "photo"}, "photo-file", files.jpeg((900, 900)))
    head = [f"POST {path} HTTP/1.1", f"Host: {caller.host}", f"Content-Length: {len(body)}",
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in caller.cookies.items())]  # fmt: skip
    host, port = caller.host.split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + body[: len(body) // 2])
    assert caller.get(path).status == 200
    assert documents_of(traveller).count() == before


def test_the_same_file_twice_is_told(traveller, caller):
    path = traveller.path("documents")
    for _ in range(2):
        fields = {TOKEN: caller.token(path), "purpose": "means"}
        assert caller.upload(path, fields, "means-file", files.jpeg((301, 301))).status == 302
    with override(traveller.language):
        assert caller.get(path).says(gettext("You have uploaded the same file before."))


def test_a_photo_sent_many_times_at_once_is_one_photo(traveller, caller):
    path = traveller.path("documents")
    fields = {TOKEN: caller.token(path), "purpose": "photo"}
    answers = together(*[lambda: caller.upload(path, fields, "photo-file", files.jpeg((302, 302)))] * 5)
    assert {each.status for each in answers} == {302}
    assert traveller.draft.evidence.filter(purpose="photo", document__removed_at=None).count() == 1


def test_a_file_that_is_removed_while_it_is_checked_is_gone(traveller, caller):
    path = traveller.path("documents")
    fields = {TOKEN: caller.token(path), "purpose": "photo"}
    caller.upload(path, fields, "photo-file", files.jpeg((1500, 2000)))
    document = traveller.draft.evidence.get(purpose="photo").document
    remove = traveller.path("document_remove", document.pk)
    assert {each.status for each in together(*[lambda: caller.post(remove, fields)] * 5)} == {302}
    settle()
    assert documents_of(traveller).filter(pk=document.pk).first() is None
    assert not document.pages.exists()


# Doing it twice, doing it at once --------------------------------------------------------------


def test_twenty_submits_at_once_make_one_case_and_going_back_shows_it(traveller):
    user, site, language = traveller.user, traveller.site, traveller.language
    draft = complete(new_draft(user))
    caller = Caller(site, user)
    with override(language):
        path = reverse("applications:declaration", args=[draft.pk])
        submitted = reverse("applications:submitted", args=[draft.pk])
    page = caller.get(path)
    form = {TOKEN: page.hidden(TOKEN), "shown": page.hidden("shown")}
    form |= {name.replace(".", "-"): "on" for name in DECLARATION}
    upload = reverse("applications:documents", args=[draft.pk])
    photo = {TOKEN: form[TOKEN], "purpose": "photo"}
    together(
        *[lambda: caller.post(path, form)] * RIVALS,
        *[lambda: caller.upload(upload, photo, "photo-file", files.jpeg((303, 303)))] * 3,
    )
    case = Case.objects.get(application=draft)
    assert Message.objects.filter(case_reference=case.reference, template__endswith="/received").count() == 1
    assert caller.post(path, form).location == submitted  # The back button, and the same form again
    assert caller.get(path).location == submitted
    assert case.attachments.filter(purpose="photo").count() == 1


@pytest.fixture
def case(site: str) -> Case:
    case: Case = submitted_application(
        applicant=User.objects.get(email="amina@example.org"), mission=mission_for("QNR")
    ).case
    return case


def staff(site: str, name: str) -> Caller:
    return Caller(site, User.objects.get(email=f"{name}@velmaris.example.org"))


def act(caller: Caller, case: Case, name: str, **fields: Any) -> Callable[[], Any]:
    """Return what sends an act of the bench, ready to be pressed."""
    page = reverse("admin:desk:case_detail", args=[case.reference])
    path = reverse(f"admin:desk:case_{name}", args=[case.reference])
    form = {TOKEN: caller.token(page), **fields}
    return lambda: caller.post(path, form)


def test_of_twenty_claims_at_once_one_holds(site, case):
    officers = [staff(site, name) for name in ("officer", "officer2", "consul")]
    claims = [act(officers[number % 3], case, "claim") for number in range(RIVALS)]
    assert {each.status for each in together(*claims)} == {302}
    case.refresh_from_db()
    assert case.officer is not None
    assert AuditEntry.objects.about(case).filter(verb="case.claimed").count() == 1


def test_of_approve_refuse_and_withdraw_at_once_one_wins(site, case):
    officer = User.objects.get(email="officer@velmaris.example.org")
    claim(case, by=officer)
    recommend(case, by=officer, outcome=Outcome.REFUSE, grounds=["means"], reason="The account is empty.")
    owner = Caller(site, case.applicant)
    withdraw = reverse("portal:case_withdraw", args=[case.reference])
    form = {TOKEN: owner.token(withdraw)}
    reason = {"reason": "I have looked at it.", "grounds": "means"}
    answers = together(
        act(staff(site, "consul"), case, "approve", **reason, entries="1", days="11"),
        act(staff(site, "officer2"), case, "refuse", **reason),
        lambda: owner.post(withdraw, form),
    )
    assert all(each.status < 500 for each in answers)
    case.refresh_from_db()
    assert case.status in {Status.APPROVED, Status.REFUSED, Status.WITHDRAWN}
    assert Decision.objects.filter(case=case).count() == (case.status != Status.WITHDRAWN)


# Addresses, forms and headers that no page of ours makes ---------------------------------------


def test_strangers_read_that_there_is_no_such_page(traveller, case):
    stranger = Caller(traveller.site, traveller.user)
    draft = new_draft(case.applicant)
    document = complete(draft).evidence.first().document
    with override(traveller.language):
        addresses = [
            reverse("portal:case_detail", args=[case.reference]),
            reverse("applications:tasks", args=[draft.pk]),
            reverse("applications:page", args=[draft.pk, "names"]),
            reverse("applications:receipt", args=[case.application.pk]),
            reverse("documents:page_image", args=[document.pk, 1]),
            reverse("documents:state", args=[document.pk]),
        ]
        not_found = gettext("Page not found")
    for address in addresses:
        answer = stranger.get(address)
        assert (answer.status, answer.says(not_found)) == (404, True), address


ODD_ADDRESSES = ["%00", "%ff/", "..;/staff/", "%ED%A0%80/", "my/VE26-AAAA/", "apply/%E2%80%AE/", "x" * 3000,
                 "my/x.css", "status/?reference=%00"]  # fmt: skip


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_odd_addresses_get_a_page_of_ours(traveller, caller, address):
    address = f"/{traveller.language}/{address}"
    answer = caller.get(address)
    if answer.status == 301:  # What may be the address of a page that staff keep is asked for with its slash
        assert answer.location == f"{address}/"
        answer = caller.get(answer.location)
    assert answer.status in {400, 404}
    assert f'<html lang="{traveller.language}"' in answer.text
    with override(traveller.language):
        assert answer.says(
            gettext("Page not found" if answer.status == 404 else "We could not read this request")
        )


@pytest.mark.parametrize("method", ["HEAD", "TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "NONSENSE"])
def test_odd_methods_change_nothing(traveller, caller, method):
    before = VisaApplication.objects.count()
    for path in (traveller.path("page", "names"), traveller.path("discard"), "/en/status/"):
        assert caller.call(method, path).status in {200, 400, 403, 404, 405, 501}
    assert VisaApplication.objects.count() == before


def test_odd_headers_are_turned_away_and_change_no_link(traveller, caller):
    home = f"/{traveller.language}/"
    assert caller.get(home, Host="evil.example").status == 400
    assert "evil.example" not in caller.get(home, X_Forwarded_Host="evil.example").text
    assert caller.get(home, Cookie="sid=" + "x" * 7000).status == 200
    assert caller.get(home, Cookie='sid="a\\000b"').status == 400
    assert caller.get(home, Accept_Language=",;;q=nan,*" * 200).status == 200


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_to_no_other_site(site, target):
    path = "/en/account/login/password/"
    caller = Caller(site)
    form = {TOKEN: caller.token(path), "login": APPLICANTS["en"], "password": PASSWORD, "next": target}
    answer = caller.post(path, form)
    assert answer.location == "/en/my/", answer


def test_forms_that_are_too_large_or_malformed_are_told(traveller, caller):
    path = traveller.path("page", "names")
    form = {TOKEN: caller.token(path), "shown": "name-surname", "name-surname": "Kept"}
    caller.post(path, form)
    with override(traveller.language):
        too_much = gettext("You sent more at once than we can take. Nothing was changed.")
    for much in ({f"f{number}": "" for number in range(1001)}, {"name-surname": "x" * 10_000_000}):
        answer = caller.post(path, form | much)
        assert (answer.status, answer.says(too_much)) == (400, True)
    for kind in ("multipart/form-data", "application/json", "text/plain", "nonsense"):
        assert caller.call("POST", path, b'{"a":' + b"[" * 20_000, Content_Type=kind).status in {400, 403}
    assert traveller.saved("name.surname").value == "Kept"


def test_a_form_without_its_token_can_be_sent_again(traveller, caller):
    path = traveller.path("page", "names")
    answer = caller.post(path, {"shown": "name-surname", "name-surname": "Typed"})
    with override(traveller.language):
        assert (answer.status, answer.says(gettext("Save what you typed"))) == (403, True)
    form = {name: answer.hidden(name) for name in (TOKEN, "shown", "name-surname")}
    assert caller.post(path, form).status == 302
    assert traveller.saved("name.surname").value == "Typed"


def test_of_repeated_and_foreign_fields_only_ours_count_once(traveller, caller):
    path = traveller.path("page", "names")
    form = [(TOKEN, caller.token(path)), ("shown", "name-surname"), ("name-surname", "First"), ("name-surname", "Last"),
            ("applicant", "1"), ("submitted_at", "2020-01-01"), ("case", "1")]  # fmt: skip
    assert caller.post(path, form).status == 302
    assert traveller.saved("name.surname").value == "Last"
    traveller.draft.refresh_from_db()
    assert (traveller.draft.applicant, traveller.draft.case) == (traveller.user, None)


def test_a_token_that_was_tampered_with_begins_no_application(traveller, caller):
    with override(traveller.language):
        path = reverse("applications:start")
        told = gettext("This page was open for another person. Load it again.")
    page, before = caller.get(path), VisaApplication.objects.count()
    form = {TOKEN: page.hidden(TOKEN), "category": "TV", "residence": "QNR"}
    for token in (page.hidden("token")[:-2] + "xx", "\0", "\ud800", "a:b:c"):
        assert caller.post(path, form | {"token": token}).status == 200
    assert caller.post(path, form | {"token": "a:b:c"}).says(told)
    assert VisaApplication.objects.count() == before
