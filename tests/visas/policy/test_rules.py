"""What the law of the demonstration answers, for everybody."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, strategies

from consular.lib import countries
from consular.missions.models import Mission
from visas.policy import rules
from visas.policy.book import NotInForce, PolicyBook
from visas.policy.rules import Question
from visas.policy.status import Interview, Outcome

TODAY = date(2026, 11, 24)
FICTIONAL = {"QVM", "QNR", "QSD", "QPB", "QTI", "UTO"}
REAL = sorted(countries.NATIONALITIES - FICTIONAL)


def ask(book, nationality="IRN", document="ordinary", purpose="tourism", **trip):
    question = Question(nationality, document, purpose, **{"days": 30, "on": TODAY, **trip})
    return rules.requirement(question, book=book)


@pytest.mark.parametrize(
    "document", ["ordinary", "diplomatic", "service", "refugee", "stateless", "alien", "emergency"]
)
def test_every_nationality_gets_an_answer_with_reason_and_source_for_every_purpose(book, document):
    for nationality in countries.NATIONALITIES:
        for purpose in book.purposes:
            answer = ask(book, nationality, document, purpose.code, days=1)
            assert answer.rule.reason["fa"]
            assert answer.rule.reason["en"]
            assert answer.rule.source.title["en"]
            assert answer.rule.holds_on(TODAY)
            assert (answer.category is None) == (answer.outcome is Outcome.EXEMPT)


def test_no_real_state_is_favoured(book):
    for purpose in book.purposes:
        rules_used = {ask(book, nationality, purpose=purpose.code, days=1).rule.pk for nationality in REAL}
        assert len(rules_used) == 1


@pytest.mark.parametrize(
    ("nationality", "outcome", "interview"),
    [
        ("QVM", Outcome.EXEMPT, Interview.NONE),
        ("QSD", Outcome.EXEMPT, Interview.NONE),
        ("QPB", Outcome.EXEMPT, Interview.NONE),
        ("QTI", Outcome.AUTHORISATION, Interview.NONE),
        ("UTO", Outcome.AUTHORISATION, Interview.NONE),
        ("IRN", Outcome.VISA, Interview.NONE),
        ("XXA", Outcome.VISA, Interview.NONE),
        ("QNR", Outcome.VISA, Interview.IN_PERSON),
    ],
)
def test_a_holiday_needs_what_the_group_of_the_nationality_says(book, nationality, outcome, interview):
    answer = ask(book, nationality)
    assert (answer.outcome, answer.interview) == (outcome, interview)


def test_a_tourist_visa_is_applied_for_here_and_costs_sixty_euros(book):
    answer = ask(book)
    assert answer.online
    assert answer.category.code == "TV"
    assert str(answer.fee) == "60 euros"
    assert answer.target_working_days == 10
    assert [each.code for each in answer.documents] == ["passport", "photo", "itinerary", "means"]
    assert [each.code for each in answer.possible_documents] == [
        "invitation",
        "sponsor-letter",
        "residence-permit",
        "parents-consent",
    ]


@pytest.mark.parametrize("purpose", ["business", "study", "work", "journalism"])
def test_other_visas_are_applied_for_here_too(book, purpose):
    answer = ask(book, purpose=purpose)
    assert answer.outcome is Outcome.VISA
    assert answer.online


def test_group_b_may_stay_sixty_days_and_ninety_from_march(book):
    assert ask(book, "UTO", days=60).outcome is Outcome.AUTHORISATION
    assert ask(book, "UTO", days=61).outcome is Outcome.VISA
    assert ask(book, "UTO", days=90, on=date(2027, 3, 1)).outcome is Outcome.AUTHORISATION
    assert ask(book, "UTO", days=60).longest == 60


def test_an_answer_tells_of_the_next_change_of_the_law(book):
    now = ask(book, "UTO", days=75)
    assert now.shorter.max_days == 60
    assert now.next.question.on == date(2027, 3, 1)
    assert now.next.outcome is Outcome.AUTHORISATION
    assert now.next.next is None


def test_an_answer_without_a_change_ahead_says_nothing_of_one(book):
    assert ask(book).next is None


def test_the_festival_window_is_closed_after_its_last_day(book):
    assert ask(book, days=14, on=date(2025, 8, 31)).outcome is Outcome.EXEMPT
    assert ask(book, days=14, on=date(2025, 9, 1)).outcome is Outcome.VISA
    assert ask(book, days=15, on=date(2025, 8, 31)).outcome is Outcome.VISA


def test_a_day_before_the_law_begins_has_no_answer(book):
    with pytest.raises(NotInForce):
        ask(book, on=date(2023, 12, 31))


@pytest.mark.parametrize("nationality", ["QSD", "UTO", "IRN"])
@pytest.mark.parametrize("document", ["diplomatic", "service"])
def test_diplomats_stay_thirty_days_without_a_visa(book, nationality, document):
    assert ask(book, nationality, document, "official", days=30).outcome is Outcome.EXEMPT
    assert ask(book, nationality, document, "official", days=31).outcome is Outcome.VISA


def test_diplomats_of_a_state_without_relations_need_a_visa(book):
    assert ask(book, "QNR", "diplomatic", "official").outcome is Outcome.VISA


@pytest.mark.parametrize("nationality", ["QSD", "QNR", "IRN"])
@pytest.mark.parametrize("document", ["refugee", "stateless"])
def test_refugees_and_stateless_people_count_as_group_c_and_pay_nothing(book, nationality, document):
    answer = ask(book, nationality, document)
    assert answer.group.code == "C"
    assert answer.interview is Interview.NONE
    assert answer.fee.amount == 0
    assert answer.fee.full == 60
    assert answer.fee.exemption.code == document


@pytest.mark.parametrize(("nationality", "outcome"), [("IRN", Outcome.EXEMPT), ("QNR", Outcome.VISA)])
def test_changing_planes_needs_a_visa_only_without_relations(book, nationality, outcome):
    answer = ask(book, nationality, purpose="airside", days=1)
    assert answer.outcome is outcome


def test_transit_lasts_three_days_at_most(book):
    assert not ask(book, purpose="transit", days=3).too_long
    answer = ask(book, purpose="transit", days=4)
    assert answer.too_long
    assert answer.longest == 3
    assert not answer.online


def test_a_stay_without_a_fixed_length_is_never_too_long(book):
    answer = ask(book, purpose="study", days=900)
    assert answer.longest is None
    assert not answer.too_long


def test_citizens_need_nothing_however_long(book):
    answer = ask(book, "QVM", purpose="work", days=3000)
    assert answer.outcome is Outcome.EXEMPT
    assert answer.fee is None


@pytest.mark.parametrize(("field", "value"), [("document", "library-card"), ("purpose", "espionage")])
def test_an_unknown_document_or_purpose_is_a_key_error(book, field, value):
    with pytest.raises(KeyError):
        ask(book, **{field: value})


@given(
    nationality=strategies.sampled_from(sorted(countries.NATIONALITIES)),
    days=strategies.integers(min_value=1, max_value=1000),
    on=strategies.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31)),
    data=strategies.data(),
)
def test_any_question_has_an_answer_that_covers_the_stay_or_says_it_is_too_long(
    book, nationality, days, on, data
):
    purpose = data.draw(strategies.sampled_from([each.code for each in book.purposes]))
    document = data.draw(strategies.sampled_from([each.code for each in book.travel_documents]))
    answer = ask(book, nationality, document, purpose, days=days, on=on)
    assert answer.rule.covers(days)
    assert answer.too_long == (answer.longest is not None and days > answer.longest)
    assert answer.next is None or answer.next.question.on > on


def test_an_overview_says_what_each_group_needs_for_short_and_long_stays(book):
    overview = {
        group.code: [(rule.outcome, rule.max_days) for rule in found]
        for group, found in rules.who_needs("tourism", TODAY, book=book)
    }
    assert overview == {
        "V": [("exempt", None)],
        "A": [("exempt", 90), ("visa", None)],
        "B": [("authorisation", 60), ("visa", None)],
        "C": [("visa", None)],
        "D": [("visa", None)],
    }


# Fees


def fee(book: PolicyBook, birth_on, on=TODAY, code="TV", **grounds):
    return rules.fee_for(rules.category(code, book=book), birth_on, on, book=book, **grounds)


def test_a_child_pays_from_its_sixth_birthday(book):
    assert fee(book, date(2020, 11, 25)).amount == 0
    assert fee(book, date(2020, 11, 24)).amount == 60


def test_a_child_of_the_29th_of_february_is_six_on_the_1st_of_march(book):
    assert fee(book, date(2024, 2, 29), on=date(2030, 2, 28)).amount == 0
    assert fee(book, date(2024, 2, 29), on=date(2030, 3, 1)).amount == 60


def test_family_of_a_citizen_pays_nothing(book):
    assert fee(book, date(1990, 1, 1), family_of_citizen=True).exemption.code == "family-of-citizen"


def test_the_fee_is_that_of_the_day(book):
    assert fee(book, None, on=date(2025, 12, 31)).amount == 50
    assert fee(book, None, on=date(2026, 1, 1)).amount == 60
    assert fee(book, None, on=date(2023, 1, 1)) is None


def test_a_free_visa_names_no_exemption(book):
    assert fee(book, date(2025, 1, 1), code="HU").exemption is None


@pytest.mark.parametrize(("language", "words"), [("en", "60 euros"), ("fa", "۶۰ یورو"), ("fr", "60 euros")])
def test_a_fee_is_read_in_words(book, language, words):
    assert rules.in_words(Decimal("60.00"), "EUR", language) == words


def test_cents_are_always_two():
    assert rules.in_words(Decimal("12.5"), "EUR", "en") == "12.50 euros"


# Documents


def test_documents_follow_the_facts(book):
    tourist = rules.category("TV", book=book)
    facts = {"lodging": "host", "payer": "self", "lives_abroad": False, "age": 17}
    codes = [each.code for each in rules.documents_for(tourist, facts, on=TODAY, book=book)]
    assert codes == ["passport", "photo", "itinerary", "means", "invitation", "parents-consent"]
    assert rules.possible_documents(tourist, facts, on=TODAY, book=book) == []


def test_every_required_document_has_a_label(book):
    for category in book.categories:
        for code in rules.document_codes(category, book=book):
            assert rules.document(code, book=book).label["fa"]


def test_an_unknown_document_code_is_a_key_error(book):
    with pytest.raises(KeyError):
        rules.document("library-card", book=book)


# Passports and days


@pytest.mark.parametrize(
    ("leave_on", "until"),
    [
        (date(2027, 1, 15), date(2027, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_a_passport_lasts_six_months_beyond_the_stay(book, leave_on, until):
    assert rules.passport_must_be_valid_until(leave_on, book=book) == until


def test_the_day_of_arrival_counts(book):
    assert rules.last_day(date(2027, 1, 10), 1) == date(2027, 1, 10)
    assert rules.last_day(date(2027, 1, 10), 30) == date(2027, 2, 8)


def test_stays_are_offered_shortest_first(book):
    labels = [each.label for each in rules.stay_options(rules.category("TR", book=book), book=book)]
    assert labels == ["24 hours", "72 hours"]


def test_a_decision_is_due_in_the_missions_own_working_days(book):
    mission = Mission(code="dorun", zone="Etc/GMT-4", weekend=[4, 5])
    mission.closed_days = frozenset({date(2026, 12, 1)})
    late_on_monday = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)  # Tuesday at the mission
    transit = rules.category("TR", book=book)
    assert rules.working_days_due(late_on_monday, mission, transit) == date(2026, 11, 29)
    tourist = rules.category("TV", book=book)
    assert rules.working_days_due(late_on_monday, mission, tourist) == date(2026, 12, 9)


# Everybody


def test_every_nationality_and_every_document_for_every_purpose_has_an_answer_with_a_reason(book):
    """All of ISO 3166, ICAO's codes for stateless people and refugees, the demonstration's states."""
    unreasoned = [
        (nationality, document.code, purpose.code)
        for nationality in countries.NATIONALITIES
        for document in book.travel_documents
        for purpose in book.purposes
        if not is_complete(ask(book, nationality, document.code, purpose.code, days=1))
    ]
    assert unreasoned == []


def is_complete(answer):
    """Tell whether an answer says why and since when, and, where something is applied for, how, how long and how much."""
    reasoned = len(answer.rule.reason) == 5 and answer.rule.source.title["en"] and answer.rule.valid_from
    if answer.outcome is Outcome.EXEMPT:
        return reasoned and answer.category is None
    applied_for = answer.fee is not None and answer.documents and answer.target_working_days
    return reasoned and applied_for and not answer.too_long


ISO_3166_STATES = 249


def test_everybody_is_all_of_iso_3166_stateless_people_and_refugees():
    assert {"XXA", "XXB", "XXC", "IRN", "BRA", "QNR", "UTO"} <= countries.NATIONALITIES
    assert len(countries.STATES) >= ISO_3166_STATES


@pytest.mark.parametrize(
    ("code", "stays", "entries", "fee", "target"),
    [
        ("TV", {"30 days", "60 days", "90 days"}, {"1", "2", "M"}, 60, 10),
        ("BV", {"90 days", "180 days"}, {"M"}, 80, 8),
        ("ST", set(), set(), 75, 20),
        ("WK", {"365 days", "730 days"}, {"M"}, 120, 30),
        ("FM", {"365 days"}, {"M"}, 90, 30),
        ("RS", {"365 days"}, {"M"}, 0, 15),
        ("MD", {"90 days"}, {"2"}, 30, 5),
        ("TR", {"24 hours", "72 hours"}, {"1"}, 20, 3),
        ("JN", {"60 days"}, {"1"}, 0, 10),
        ("OF", set(), set(), 0, 3),
        ("HU", {"30 days"}, {"1"}, 0, 2),
        ("EA", {"90 days"}, {"M"}, 12, 2),
    ],
)
def test_the_categories_are_those_of_the_demonstration(book, code, stays, entries, fee, target):
    category = rules.category(code, book=book)
    options = rules.stay_options(category, book=book)
    assert {each.label for each in options} == stays
    assert {each.entries for each in options} == entries
    assert (rules.fee_for(category, None, TODAY, book=book).amount, category.target_working_days) == (
        fee,
        target,
    )
    assert options or category.stay_note["en"]


INTERVIEWS = {
    "tourism": "--- --- --- yes",
    "business": "--- --- --- yes",
    "study": "--- may may may",
    "work": "--- --- yes yes",
    "family-reunion": "--- --- yes yes",
    "research": "--- --- --- yes",
    "medical": "--- --- --- ---",
    "transit": "--- --- --- ---",
    "journalism": "--- --- --- yes",
    "official": "--- --- --- ---",
    "humanitarian": "tel tel tel tel",
}
MEANING = {"---": "none", "may": "if_needed", "yes": "in_person", "tel": "by_phone"}


@pytest.mark.parametrize(("purpose", "row"), INTERVIEWS.items())
def test_interviews_are_those_of_the_demonstration_in_groups_a_to_d(book, purpose, row):
    found = [ask(book, code, purpose=purpose, days=1).interview for code in ("QSD", "QTI", "IRN", "QNR")]
    assert found == [MEANING[each] for each in row.split()]


def test_every_text_of_the_demonstrations_law_is_there_in_five_languages(book):
    incomplete = [
        (row, name)
        for rows in vars(book).values()
        if isinstance(rows, tuple)
        for row in rows
        for name, value in vars(row).items()
        if isinstance(value, dict)
        and name != "_state"
        and value
        and set(value) != {"en", "fa", "ar", "fr", "es"}
    ]
    assert incomplete == []
