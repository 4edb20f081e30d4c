import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.factories.visas import approved_application, conditions
from visas.issuance.actions.issue import issue
from visas.issuance.actions.suspend import lift, note_used, suspend
from visas.verification import views
from visas.verification.models import DailyCount

pytestmark = pytest.mark.django_db

CHECK = "/en/verify/"


@pytest.fixture(autouse=True)
def _no_tries_yet(db):
    cache.clear()


def typed(evisa, **fields):
    born = evisa.application.traveller.birth_on
    parts = {
        "birth_on_day": born.day,
        "birth_on_month": born.month,
        "birth_on_year": born.year,
        "birth_on_calendar": "gregorian",
    }
    return {"number": evisa.number, **parts, **fields}


def words(response):
    return response.content.decode()


def test_number_and_birth_date_tell_that_a_visa_is_in_force(client, evisa):
    page = words(client.post(CHECK, typed(evisa)))
    assert "Genuine and in force" in page
    assert evisa.number in page


def test_the_answer_says_nothing_about_the_holder(client, evisa):
    person = evisa.application.traveller
    for page in (words(client.post(CHECK, typed(evisa))), words(client.get(code_page(evisa)))):
        for private in (person.surname, person.given_names, person.passport_number, person.nationality):
            assert private not in page


def test_a_wrong_number_and_a_wrong_date_get_the_same_answer(client, evisa):
    wrong_date = words(client.post(CHECK, typed(evisa, birth_on_year="1980")))
    wrong_number = words(client.post(CHECK, typed(evisa, number="V22222222")))
    assert "Not confirmed" in wrong_date
    assert strip(wrong_date) == strip(wrong_number)


def strip(page):
    return page[page.index("<h1") : page.index("Checked on")]


def test_number_as_people_write_it_and_persian_digits_are_understood(client, evisa):
    spread = "-".join([evisa.number[:3], evisa.number[3:6], evisa.number[6:]]).lower()
    persian = str(evisa.application.traveller.birth_on.year).translate(
        str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    )
    page = words(client.post(CHECK, typed(evisa, number=f" {spread} ", birth_on_year=persian)))
    assert "Genuine and in force" in page


def test_a_revoked_visa_is_called_revoked(client, revoked):
    assert "Revoked" in words(client.get(code_page(revoked)))


def test_a_suspended_visa_is_called_suspended_and_a_used_one_used(client, evisa, head):
    note_used(evisa, by=head)
    assert "Genuine, but used" in words(client.get(code_page(evisa)))
    suspend(evisa, by=head)
    assert "Suspended" in words(client.get(code_page(evisa)))
    lift(evisa, by=head)
    assert "Genuine, but used" in words(client.get(code_page(evisa)))


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [(10, 80, "not yet in force"), (-80, -10, "it has ended"), (0, 0, "Genuine and in force")],
)
def test_dates_decide(client, applicant, first, last, says):
    terms = conditions(first, last) | {"stay_days": 1}
    evisa = issue(approved_application(terms, applicant=applicant))
    assert says in words(client.get(code_page(evisa)))


def code_page(evisa):
    return reverse("verification:code", args=[evisa.number, evisa.check_token])


def test_a_printed_code_leads_to_the_readers_language(client, evisa):
    printed = reverse("verification_scan", args=[evisa.number, evisa.check_token])
    response = client.get(printed, headers={"accept-language": "fa"})
    assert response["Location"].startswith("/fa/verify/")
    assert client.get("/verify/").status_code == 302


def test_a_code_with_another_secret_is_not_confirmed(client, evisa):
    page = reverse("verification:code", args=[evisa.number, "x" * 16])
    assert "Not confirmed" in words(client.get(page))


def test_a_passport_is_compared_with_the_visa(client, evisa):
    own = evisa.application.traveller.passport_number
    assert "belongs to the passport" in words(client.post(code_page(evisa), {"passport_number": own.lower()}))
    assert "of another passport" in words(client.post(code_page(evisa), {"passport_number": "X9999999"}))


def test_a_visa_whose_paper_is_not_made_yet_does_not_count(client, evisa):
    type(evisa).objects.update(paper="")
    assert "Not confirmed" in words(client.post(CHECK, typed(evisa)))


def test_guessing_is_limited(client, evisa):
    answers = [client.post(CHECK, typed(evisa, birth_on_year=str(1950 + n))).status_code for n in range(12)]
    assert answers[:10] == [200] * 10
    assert answers[10:] == [429] * 2


def test_guessing_from_everywhere_is_limited_and_the_printed_code_still_answers(client, evisa, monkeypatch):
    monkeypatch.setattr(views, "WRONG_DATES_A_NUMBER", 3)

    def guess(year, host):
        return client.post(CHECK, typed(evisa, birth_on_year=year), REMOTE_ADDR=f"203.0.113.{host}")

    right = str(evisa.application.traveller.birth_on.year)
    assert [guess(right, host).status_code for host in range(1, 6)] == [200] * 5
    assert [guess("1950", host).status_code for host in range(10, 15)] == [200, 200, 200, 429, 429]
    assert guess(right, 20).status_code == 429
    assert "Genuine and in force" in words(client.get(code_page(evisa)))


def test_an_empty_form_says_what_is_missing(client):
    page = words(client.post(CHECK, {}))
    assert "govuk-error-summary" in page


@pytest.mark.parametrize(
    "number", ["V\x00AAAAAAA", "V" * 5000, "<script>alert(1)</script>", "' OR 1=1 --", "\u202eV23", "🛂"]
)
def test_strange_numbers_get_a_clear_answer(client, evisa, number):
    response = client.post(CHECK, typed(evisa, number=number))
    assert response.status_code in {200, 400}
    assert "<script>alert" not in words(response)


def test_checks_are_counted_without_persons(client, evisa):
    client.get(code_page(evisa))
    client.get(code_page(evisa))
    assert list(DailyCount.objects.values_list("on", "result", "count")) == [
        (timezone.localdate(), "in_force", 2)
    ]


def test_the_answer_is_kept_by_nobody(client, evisa):
    assert "no-store" in client.get(code_page(evisa))["Cache-Control"]


def test_a_check_is_counted_by_one_statement_but_for_the_first_of_its_day(db, django_assert_num_queries):
    today = timezone.localdate()
    DailyCount.note(today, "unknown")
    with django_assert_num_queries(1):
        DailyCount.note(today, "unknown")
    assert DailyCount.objects.get().count == 2
