"""The code on paper: made, kept, typed back, guessed at, used up."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from consular.cases.actions.withdraw import withdraw
from consular.lib.calendars import solar_hijri
from consular.lib.references import spaced
from consular.notifications.models import Message
from tests.factories.accounts import StaffFactory, UserFactory, sign_in
from tests.factories.applications import VisaApplicationFactory, answer, complete, submitted_application
from tests.factories.party import companion, type_in
from visas.applications import actions, resume
from visas.applications.models import ResumeCode

pytestmark = pytest.mark.django_db

BORN = date(1990, 5, 17)
CODE = re.compile(r"\b(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}\b")


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def paper(draft, applicant):
    """Return the code of the draft, in groups, whose traveller was born on `BORN`."""
    EmailAddress.objects.create(user=applicant, email=applicant.email, verified=True, primary=True)
    answer(draft, {"birth.on": BORN})
    return spaced(actions.make_code(draft, by=applicant))


@pytest.fixture
def device():
    """Return a browser that nobody is signed in with."""
    return Client()


def text(response):
    return " ".join(response.content.decode().split())


def typed(code, born=BORN, **more):
    parts = {f"birth_on_{name}": getattr(born, name) for name in ("day", "month", "year")}
    return {"code": code, **parts, "birth_on_calendar": "gregorian", **more}


def come_back(client, code, born=BORN, **more):
    return client.post(reverse("applications:resume"), typed(code, born, **more))


def trail(draft):
    return list(Entry.objects.about(draft).values_list("verb", flat=True))


# The code


def test_a_code_has_more_than_sixty_bits_and_no_character_that_is_mistaken_for_another():
    assert len(resume.ALPHABET) ** resume.LENGTH > 2**60
    assert not set("01OILU") & set(resume.ALPHABET)
    assert len({resume.new_code() for _ in range(100)}) == 100


def test_it_is_shown_once_and_kept_as_a_digest(client, at, draft):
    answer(draft, {"birth.on": BORN})
    response = client.post(at("code"), {"then": "make"})
    code = CODE.search(text(response))[0]
    assert "no-store" in response["Cache-Control"]
    kept = ResumeCode.objects.get()
    assert kept.digest == resume.digest(code.replace("-", ""))
    assert code.replace("-", "") not in kept.digest.upper()
    assert not CODE.search(text(client.get(at("code"))))
    assert "You made a code on" in text(client.get(at("code")))
    assert trail(draft)[-1] == "application.resume_code_made"


def test_another_key_still_finds_it_and_makes_the_next(draft, applicant, paper, settings):
    before = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["another-long-random-text-for-the-fields-of-the-tests-0123456789", *before]
    assert resume.find(paper.replace("-", ""), BORN)
    settings.FIELD_KEYS = before[:0] + settings.FIELD_KEYS[:1]
    assert not resume.find(paper.replace("-", ""), BORN)


def test_without_a_date_of_birth_there_is_none_to_make(client, at, draft):
    assert "as soon as you have answered when the traveller was born" in text(client.get(at("code")))
    client.post(at("code"), {"then": "make"})
    assert not ResumeCode.objects.exists()


def test_a_new_code_takes_the_place_of_the_old(draft, applicant, paper, device):
    actions.make_code(draft, by=applicant)
    assert "no application with this code" in text(come_back(device, paper))
    assert ResumeCode.objects.count() == 1


def test_the_applicant_deletes_it(client, at, draft, paper, device):
    assert client.post(at("code"), {"then": "delete"}).url == at("code")
    assert client.post(at("code"), {"then": "delete"}).url == at("code")
    assert "no application with this code" in text(come_back(device, paper))
    assert trail(draft).count("application.resume_code_deleted") == 1


def test_it_is_offered_on_the_task_list_and_with_the_receipt(client, at, applicant):
    assert at("code") in text(client.get(at("tasks")))
    sent = submitted_application(applicant=applicant)
    page = text(client.get(reverse("applications:submitted", args=[sent.pk])))
    assert reverse("applications:code", args=[sent.pk]) in page


def test_a_stranger_makes_none(signed_in, stranger, at):
    assert signed_in(stranger).post(at("code"), {"then": "make"}).status_code == 404


# Coming back


def test_the_sign_in_page_leads_there(device):
    page = text(device.get(reverse("account_login")))
    assert reverse("applications:resume") in page
    assert "I cannot open my mailbox" in page


def test_the_code_and_the_date_open_the_application(device, draft, at, paper):
    assert come_back(device, paper).url == at("resumed")
    assert "Give us an address that you can open" in text(device.get(at("resumed")))
    assert device.get(at("tasks")).status_code == 200
    assert ResumeCode.objects.get().used_at
    assert "application.resumed" in trail(draft)


def test_the_address_of_the_account_is_told(device, applicant, paper):
    come_back(device, paper)
    letter = Message.objects.get(template="applications/resumed")
    assert letter.deliveries.get().address == applicant.email
    assert "with the code that you kept on paper" in letter.body
    assert letter.subject == "Your application was opened with the code on paper"


@pytest.mark.parametrize(
    "written", [str.lower, lambda code: code.replace("-", "  "), lambda code: f" {code} "]
)
def test_small_letters_spaces_and_other_digits_do_not_matter(device, at, paper, written):
    assert come_back(device, written(paper)).url == at("resumed")
    persian = paper.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert come_back(Client(), persian).url == at("resumed")


def test_the_date_may_be_of_the_solar_hijri_calendar(device, at, paper):
    year, month, day = solar_hijri(BORN)
    parts = {"birth_on_year": year, "birth_on_month": month, "birth_on_day": day}
    assert come_back(device, paper, **parts, birth_on_calendar="solar_hijri").url == at("resumed")


def test_what_is_wrong_is_never_told(device, paper, at):
    pages = [
        text(come_back(Client(), code, born))
        for code, born in (("2345-6789-ABCD-EFGH", BORN), (paper, date(1990, 5, 18)), ("2345-6789-ABCD-EFGJ", date(1991, 1, 1)))
    ]  # fmt: skip
    assert all("We have no application with this code and this date of birth" in page for page in pages)


def test_whatever_is_wrong_the_same_work_is_done(device, paper, django_assert_num_queries):
    for code, born in (("23456789ABCDEFGH", BORN), (paper.replace("-", ""), date(1990, 5, 18))):
        with django_assert_num_queries(1):
            assert resume.find(code, born) is None


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2345",
        "O123-4567-89AB-CDEF",
        "\x00" * 16,
        "2345-6789-ABCD-EFG\x00",
        "A" * 10_000,
        "😀" * 16,
        "<b>",
    ],
)
def test_what_cannot_be_a_code_is_told(device, code):
    response = come_back(device, code)
    assert response.status_code == 200
    assert "Error:" in text(response)


@pytest.mark.parametrize("born", [timezone.localdate() + timedelta(days=400), date(1800, 1, 1)])
def test_a_date_on_which_no_traveller_was_born_opens_nothing(device, paper, born):
    assert "Error:" in text(come_back(device, paper, born))
    assert "_auth_user_id" not in device.session


def test_a_hundred_guesses_from_one_address_end_after_ten(device, paper):
    with time_machine.travel(timezone.now(), tick=False):  # However slow the machine, within one window
        codes = [come_back(device, resume.new_code()).status_code for _ in range(100)]
    assert codes == [200] * 10 + [429] * 90


def test_who_finds_the_paper_may_not_try_every_date(paper, monkeypatch):
    monkeypatch.setattr("visas.applications.resume_views.allow", lambda *whose, **limits: True)
    for day in range(1, 6):
        assert "Look at both again" in text(come_back(Client(), paper, date(1991, 1, day)))
    page = text(come_back(Client(), paper))
    assert "Too many wrong tries with this code" in page


def test_right_tries_are_not_counted(paper, at, monkeypatch):
    monkeypatch.setattr("visas.applications.resume_views.allow", lambda *whose, **limits: True)
    assert {come_back(Client(), paper).url for _ in range(8)} == {at("resumed")}


def test_staff_never_come_in_like_this(device):
    draft = answer(VisaApplicationFactory(applicant=StaffFactory()), {"birth.on": BORN})
    code = actions.make_code(draft, by=draft.applicant)
    assert "no application with this code" in text(come_back(device, code))


def test_an_account_that_was_closed_stays_closed(device, applicant, paper):
    applicant.is_active = False
    applicant.save()
    assert "no application with this code" in text(come_back(device, paper))


def test_who_has_a_second_factor_is_asked_for_it(device, applicant, at, paper):
    sign_in(Client(), applicant)  # with an authenticator
    response = come_back(device, paper)
    assert response.url == reverse("mfa_authenticate")
    assert device.get(at("tasks")).status_code == 302


def test_the_code_of_another_application_opens_that_one(device, applicant, at, paper):
    other = answer(VisaApplicationFactory(), {"birth.on": date(1985, 1, 1)})
    code = actions.make_code(other, by=other.applicant)
    assert "no application" in text(come_back(device, code))
    assert come_back(device, code, date(1985, 1, 1)).url == reverse("applications:resumed", args=[other.pk])
    assert device.get(at("tasks")).status_code == 302


def test_a_discarded_draft_is_unknown(device, draft, applicant, paper):
    actions.discard(draft, by=applicant)
    assert "no application with this code" in text(come_back(device, paper))


def test_after_submission_and_withdrawal_it_leads_to_the_case(device, draft, applicant, paper):
    complete(draft)
    answer(draft, {f"declare.{each}": True for each in ("truth", "fee", "data", "leave")})
    case = actions.submit(draft, by=applicant, language="en")
    come_back(device, paper)
    detail = reverse("portal:case_detail", args=[case.reference])
    assert detail in text(device.get(reverse("applications:resumed", args=[draft.pk])))
    assert device.get(detail).status_code == 200
    withdraw(case, by=applicant)
    other = Client()
    come_back(other, paper)
    assert other.get(detail).status_code == 200


# Until another address is confirmed


@pytest.fixture
def inside(device, paper):
    come_back(device, paper)
    return device


def test_only_this_application_is_open(inside, applicant, at):
    other = VisaApplicationFactory(applicant=applicant)
    shut = [
        at("declaration"), at("discard"), at("code"), reverse("portal:home"), reverse("portal:inbox"),
        reverse("accounts:home"), reverse("applications:start"), reverse("usersessions_list"),
        reverse("applications:tasks", args=[other.pk]), reverse("applications:resumed", args=[other.pk]),
        reverse("account_set_password"), reverse("mfa_index"),
    ]  # fmt: skip
    assert [inside.get(page).url for page in shut] == [at("resumed")] * len(shut)
    assert inside.post(at("discard")).url == at("resumed")
    for page in (at("tasks"), at("page", "names"), at("documents"), at("check"), reverse("website:home")):
        assert inside.get(page).status_code == 200


def test_who_was_signed_in_as_somebody_else_gets_no_further(signed_in, stranger, at, paper):
    device = signed_in(stranger)
    assert come_back(device, paper).url == at("resumed")
    assert device.get(reverse("portal:home")).url == at("resumed")


def test_a_second_factor_alone_opens_no_more(device, applicant, at, paper):
    come_back(device, paper)
    session = device.session
    session["account_authentication_methods"] += [{"method": "mfa", "at": timezone.now().timestamp()}]
    session.save()
    assert device.get(reverse("portal:home")).url == at("resumed")


def test_answers_are_taken(inside, at, draft):
    inside.post(at("page", "names"), {"shown": "name-given", "name-given": "SHIRIN"})
    assert draft.sheet.entries()["name.given"].value == "SHIRIN"


def test_the_answers_of_who_travels_along_stay_closed(inside, at, draft):
    other = companion(draft)
    type_in(other, {"trip.place": "Sabel", "name.given": "OMID"})
    assert "OMID" not in text(inside.get(at("page", "stay")))
    answered = inside.post(at("page", "stay"), {"shown": "", "then": "same", "other": str(other.pk)})
    assert answered.status_code == 404
    assert "trip.place" not in draft.sheet.entries()


@pytest.mark.parametrize("end", [actions.delete_code, actions.make_code])
def test_who_deletes_the_code_or_makes_another_shuts_out_who_came_in_with_it(
    inside, applicant, draft, at, end
):
    assert inside.get(at("tasks")).status_code == 200
    end(draft, by=applicant)
    assert inside.get(at("tasks")).url == reverse("applications:resume")
    assert "_auth_user_id" not in inside.session


def give_address(client, address):
    client.post(reverse("account_email"), {"email": address, "action_add": "yes"})
    letter = Message.objects.filter(deliveries__address=address).latest("pk")
    code = re.search(r"\b\d{4}-\d{4}\b", letter.body)[0]
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def test_a_confirmed_address_opens_the_account_and_uses_the_code_up(inside, applicant, draft, at, paper):
    old = applicant.email
    elsewhere = sign_in(Client(), UserFactory())
    give_address(inside, "new@example.org")
    applicant.refresh_from_db()
    assert applicant.email == "new@example.org"
    assert inside.get(reverse("portal:home")).status_code == 200
    assert inside.get(at("code")).status_code == 200
    assert not ResumeCode.objects.exists()
    assert "no application with this code" in text(come_back(Client(), paper))
    assert Message.objects.filter(template="account/email_changed", deliveries__address=old).exists()
    assert trail(draft)[-1] == "application.resumed_address_confirmed"
    assert elsewhere.get(reverse("portal:home")).status_code == 200


def test_of_two_devices_at_once_the_one_that_confirms_stays(inside, at, paper):
    other = Client()
    assert come_back(other, paper).url == at("resumed")
    inside.get(at("tasks"))
    other.get(at("tasks"))
    give_address(inside, "new@example.org")
    assert inside.get(at("tasks")).status_code == 200
    assert other.get(at("tasks")).url.startswith(reverse("account_login"))


def test_who_signs_in_as_always_meanwhile_is_not_held_back(applicant, at, paper, device):
    come_back(device, paper)
    session = device.session
    session["account_authentication_methods"] += [{"method": "code", "at": timezone.now().timestamp()}]
    session.save()
    assert device.get(reverse("portal:home")).status_code == 200
    assert device.get(at("resumed")).url == reverse("portal:home")


def test_a_quarter_of_an_hour_later_the_address_can_still_be_given(inside, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=20))
    give_address(inside, "late@example.org")
    assert inside.get(reverse("portal:home")).status_code == 200
