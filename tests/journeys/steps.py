"""The steps of the journeys: what a traveller and an officer do, page by page."""

import re
import time
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from allauth.mfa.app_settings import TOTP_PERIOD
from django.core.cache import cache
from django.core.management import call_command

from consular.accounts.models import User
from consular.lib import calendars
from embassy.demo import specimen_papers, specimens
from embassy.demo.people import PASSWORD
from tests.factories.applications import DECLARATION, day
from tests.journeys.traveller import Visitor

SECONDS_TO_TYPE_A_CODE = 8  # on a busy machine


def draw_papers(folder: Path, answers: dict[str, Any]) -> dict[str, Path]:
    """Draw what the traveller's telephone would photograph; returns name → file."""
    names = {"surname": answers["name.surname"], "given_names": answers["name.given"]}
    passport = specimens.passport_page(
        **names,
        number=answers["passport.number"],
        birth=answers["birth.on"],
        expiry=answers["passport.expires_on"],
        issued=answers["passport.issued_on"],
        sex=answers["person.sex"],
        state="QNR",
    )
    papers = {name: folder / name for name in ("passport.jpg", "photo.jpg", "statement.pdf")}
    passport.convert("RGB").save(papers["passport.jpg"], quality=90)
    specimens.photo(names["surname"]).convert("RGB").save(papers["photo.jpg"], quality=90)
    papers["statement.pdf"].write_bytes(specimen_papers.bank_statement_pdf("SHIRIN AZAD", until=day(-3)))
    return {path.stem: path for path in papers.values()}


# The traveller ---------------------------------------------------------------------------------


def open_an_account(visitor: Visitor, mailbox: Callable[[str], list[Any]], address: str) -> None:
    visitor.go("website:home")
    visitor.go("account_signup")
    visitor.fill(email=address)
    visitor.press("Go on")
    visitor.fill(code=code_in(mailbox(address)[-1]))
    visitor.press("Go on")


def code_in(letter: Any) -> str:
    found = re.search(r"\b(\d{4}-\d{4}|\d{6,8})\b", letter.get_body(("plain",)).get_content())
    assert found
    return found[1]


def answer_page(visitor: Visitor, answers: dict[str, Any]) -> None:
    """Fill in every question on the page that is open."""
    for question, value in answers.items():
        name = question.replace(".", "-")
        if visitor.page.locator(f'[name="{name}_day"]').count():
            type_date(visitor, name, value)
        elif (control := visitor.page.locator(f'main [name="{name}"]')).count():
            type_answer(visitor, control, name, value)


def type_answer(visitor: Visitor, control: Any, name: str, value: Any) -> None:
    kind = control.first.get_attribute("type") or control.first.evaluate(
        "field => field.tagName.toLowerCase()"
    )
    if kind == "select":
        visitor.select(**{name: value})
    elif kind in {"radio", "checkbox"}:
        for chosen in value if isinstance(value, list) else [value]:
            tick(visitor, control, name, chosen)
    else:
        visitor.fill(**{name: value})


def tick(visitor: Visitor, control: Any, name: str, value: Any) -> None:
    if value is True and control.count() == 1:
        control.check()
    else:
        visitor.choose(**{name: {True: "yes", False: "no"}.get(value, value)})


def type_date(visitor: Visitor, name: str, value: date) -> None:
    """Type a date as the visitor would: in Persian by the Solar Hijri calendar, with Persian digits."""
    parts, calendar = (value.year, value.month, value.day), "gregorian"
    if visitor.language == "fa":
        parts, calendar = calendars.solar_hijri(value), calendars.Calendar.SOLAR_HIJRI.value
    for part, number in zip(("year", "month", "day"), parts, strict=True):
        visitor.fill(**{f"{name}_{part}": calendars.digits(number, visitor.language)})
    visitor.choose(**{f"{name}_calendar": calendar})


def fill_in(visitor: Visitor, answers: dict[str, Any]) -> None:
    """Start an application for a tourist visa and answer page after page until the task list is back."""
    visitor.go("applications:start")
    visitor.choose(category="TV")
    visitor.select(residence="QNR")
    visitor.press("Start the application")
    visitor.follow("I will type it")
    visitor.tasks = visitor.page.url
    visitor.page.locator('main .govuk-task-list a[href*="/questions/"]').first.click()
    for _ in range(40):
        if "/questions/" not in visitor.page.url:
            break
        visitor.look()
        answer_page(visitor, answers)
        visitor.press("Save and continue")


def hand_in(visitor: Visitor, papers: dict[str, Path]) -> None:
    """Upload what is asked for, each to its place, and wait until all is checked."""
    visitor.visit(visitor.tasks + "documents/")
    purposes = [
        field.get_attribute("value") for field in visitor.page.locator('main input[name="purpose"]').all()
    ]
    assert {"passport", "photo"} <= set(purposes)
    for purpose in purposes:
        section = visitor.page.locator(f"#{purpose}")
        section.locator('input[type="file"]').set_input_files(papers.get(purpose, papers["statement"]))
        with visitor.page.expect_navigation():
            section.get_by_role("button").last.click()
        visitor.look()


def submit(visitor: Visitor) -> str:
    """Check the answers, declare, submit; returns the reference."""
    visitor.visit(visitor.tasks + "check/")
    visitor.press("Continue to the declaration")
    answer_page(visitor, DECLARATION)
    visitor.press("Submit the application")
    return visitor.page.locator(".govuk-panel__body strong").inner_text()


# Staff -----------------------------------------------------------------------------------------


def staff_signs_in(visitor: Visitor, address: str) -> None:
    """Sign in with password and authenticator; ends on the bench."""
    visitor.go("accounts:login_password")
    visitor.fill(login=address, password=PASSWORD)
    visitor.press("Sign in")
    visitor.fill(code=fresh_code(address))
    with visitor.page.expect_navigation():
        visitor.page.locator("main button[type=submit]").first.click()
    visitor.go("admin:index")
    assert visitor.page.url == visitor.address("admin:index"), "the code was not accepted"


def fresh_code(address: str) -> str:
    """Read the authenticator: a code that is good for some seconds yet, and as if it had never been used."""
    left = TOTP_PERIOD - time.time() % TOTP_PERIOD
    if left < SECONDS_TO_TYPE_A_CODE:
        time.sleep(left)
    out = StringIO()
    call_command("demo_code", address, "--i-know", stdout=out, stderr=StringIO())
    code = out.getvalue().strip()
    user = User.objects.get(email=address)
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    return code


def open_case(visitor: Visitor, reference: str) -> None:
    visitor.go("admin:desk:case_detail", reference.replace("-", ""))


def ask(visitor: Visitor, question: str) -> None:
    """Ask the applicant: compose, see what they will read, send."""
    visitor.follow("Ask the applicant")
    visitor.fill(text_1=question)
    visitor.press("See what the applicant will read")
    assert visitor.sees(question)
    visitor.press("Send it to the applicant")


def recommend_refusal(visitor: Visitor, ground: str, reason: str) -> None:
    visitor.follow("Recommend refusal")
    visitor.choose(grounds=ground)
    visitor.fill(reason=reason)
    visitor.press("Recommend refusal")


def refuse(visitor: Visitor, ground: str, reason: str) -> None:
    visitor.follow("Refuse")
    visitor.choose(grounds=ground)
    visitor.fill(reason=reason)
    visitor.press("Refuse")


def approve(visitor: Visitor) -> None:
    """Approve with the conditions that the traveller asked for."""
    visitor.follow("Approve")
    visitor.fill(reason="All is in order.")
    visitor.press("Approve")


# After the decision ----------------------------------------------------------------------------


def answer_request(visitor: Visitor, text: str) -> None:
    visitor.page.locator("main textarea").first.fill(text)
    visitor.press("Send my answer")


def check_visa(visitor: Visitor, number: str, birth_on: date) -> None:
    visitor.go("verification:check")
    visitor.fill(number=number)
    type_date(visitor, "birth_on", birth_on)
    visitor.press("Check")


def look_up_status(visitor: Visitor, reference: str, birth_on: date) -> None:
    visitor.go("portal:status")
    visitor.fill(reference=reference)
    type_date(visitor, "birth_on", birth_on)
    visitor.press("See the status")
