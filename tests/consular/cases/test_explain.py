"""How a case stands, in words: and that waiting never sounds like a decision."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils.translation import override

from consular.cases import actions, explain
from consular.cases.explain import EVENTS, LATE, WORDS
from consular.cases.status import CLOSED, DECIDED, MOVES, OPEN, Act, Outcome, Status
from tests.consular.cases.conftest import fresh, put

pytestmark = pytest.mark.django_db

# Words that say nothing about how a case stands
SMALL_WORDS = {
    "en": """a an and any as at be been before by can do does for from has have how if in is it its no not now of on
        one or our so something than that the then there this to up us we when what with you your yourself after
        application page next acts act nobody may again more""",
    "fa": """از اگر این آن با به باشد بر برای بود تا چه چیزی خود خودتان در را شد شما شده شود ما می نیست هم هنوز
        هیچ هیچ‌کس و یا یک است اید ایم کند کنید کنیم دارد ها های که بعد بعدی پس درخواست درخواستتان صفحه اقدام لازم
        می‌توانید دوباره دیگر نیازی""",
}


def words(text: str, language: str) -> set[str]:
    plain = re.sub(r"%\(\w+\)s", " ", text.lower())
    return set(re.findall(r"[\w‌]+", plain)) - set(SMALL_WORDS[language].split())


def languages() -> list[str]:
    """Return the languages whose catalogue has words for every state."""
    complete = [code for code in SMALL_WORDS if code != "en" and is_translated(code)]
    return ["en", *complete]


def is_translated(code: str) -> bool:
    if not (Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES/django.mo").exists():
        return False
    with override("en"):
        english = str(WORDS[Status.SUBMITTED].heading)
    with override(code):
        return str(WORDS[Status.SUBMITTED].heading) != english


def said_about(statuses, language: str) -> set[str]:
    with override(language):
        texts = [str(part) for s in statuses for part in (s.label, WORDS[s].heading, WORDS[s].meaning)]
    return set().union(*(words(text, language) for text in texts))


@pytest.mark.parametrize("language", languages())
def test_a_case_that_waits_and_a_case_that_is_closed_never_share_a_word(language):
    assert said_about(OPEN, language) & said_about(CLOSED, language) == set()


@pytest.mark.parametrize("language", languages())
def test_approved_and_refused_share_no_word_that_says_which(language):
    with override(language):
        approved, refused = (words(f"{s.label} {WORDS[s].heading}", language) for s in DECIDED)
    assert approved & refused == set()


@pytest.mark.parametrize("status", Status)
def test_every_state_says_how_it_stands_what_it_means_and_who_acts_next(status, held):
    case = put(held, status)
    outlook = explain.outlook(case)
    assert all([outlook.heading, outlook.meaning, outlook.next_step])
    assert "%(" not in outlook.next_step
    assert (outlook.act_by is None) == (status in CLOSED or status == Status.AWAITING_APPLICANT)


def test_the_mission_acts_by_the_day_the_case_is_due(received):
    outlook = explain.outlook(received)
    assert outlook.next_step.startswith("Embassy Port Sabel acts next.")
    assert outlook.act_by == received.due_on
    assert outlook.acts == [Act.CORRECT, Act.WITHDRAW]


def test_the_applicant_acts_by_the_day_that_was_given_them(asked):
    outlook = explain.outlook(asked)
    assert outlook.act_by == asked.requests.get().answer_by
    assert outlook.acts == [Act.ANSWER, Act.CORRECT, Act.WITHDRAW]


def test_a_late_case_says_so_and_promises_no_day(received):
    with time_machine.travel(received.due_on + timedelta(days=3), tick=False):
        outlook = explain.outlook(fresh(received))
    assert outlook.is_late
    assert outlook.act_by is None
    assert outlook.next_step == str(LATE) % {"mission": "Embassy Port Sabel"}


def test_nothing_is_left_to_do_with_a_closed_case(received, applicant):
    assert explain.outlook(actions.withdraw(received, by=applicant)).acts == []


def test_every_move_has_words_for_the_applicant():
    special = {(Status.AWAITING_APPLICANT, Status.IN_REVIEW)}
    corrected = {(status, status) for status in OPEN}
    assert set(EVENTS) == (set(MOVES) - special) | corrected | {("", Status.SUBMITTED)}


def test_the_history_tells_who_ended_the_waiting(asked, applicant, officer):
    with time_machine.travel(asked.requests.get().answer_by + timedelta(days=2), tick=False):
        actions.expire(asked.requests.get())
    day = asked.mission.today() + timedelta(days=90)
    items = [actions.Wanted("When?")]
    request = actions.ask(asked, by=officer, items=items, answer_by=day)
    actions.answer(request, by=applicant, texts={request.items.get().pk: "In June."})
    actions.ask(asked, by=officer, items=items, answer_by=day)
    actions.take_back(asked, by=officer)
    said = [text for _, text in explain.history(fresh(asked))]
    assert said == [
        "An officer began the review", "We asked you for something", "The time for your answer passed",
        "We asked you for something", "You answered our questions",
        "We asked you for something", "The officer went on without an answer",
    ]  # fmt: skip


def test_grounds_are_given_in_words(recommended, consul):
    decision = actions.decide(recommended, by=consul, outcome=Outcome.REFUSE, grounds=["means", "gone"])
    assert explain.grounds(recommended, decision) == ["The means do not suffice", "gone"]
