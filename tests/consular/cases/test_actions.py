"""The verbs of casework: each is one transaction that writes, records, posts and owes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from consular.audit.models import Entry
from consular.cases import actions, tasks
from consular.cases.actions import RefusedError, Wanted
from consular.cases.kinds import Finding
from consular.cases.models import Attachment, Case, Decision, Request
from consular.cases.status import CheckResult, ItemState, Obstacle, Outcome, Status
from consular.documents.listeners import tell
from consular.notifications.models import Message
from consular.outbox.models import Effect
from tests.consular.cases.conftest import fresh, uploaded
from tests.factories.cases import CaseFactory
from tests.factories.missions import PostingFactory

pytestmark = pytest.mark.django_db


def verbs(case):
    return list(Entry.objects.about(case).values_list("verb", flat=True))


def told(case):
    return list(
        Message.objects.filter(case_reference=case.reference)
        .order_by("posted_at")
        .values_list("template", flat=True)
    )


# Opening


@pytest.fixture
def opened(mission, applicant):
    return actions.open_case(
        kind="visa", category="TV", mission=mission, applicant=applicant, name_latin="AZAD SHIRIN",
        name_native="شیرین آزاد", nationality="QNR", birth_on=date(1990, 5, 17), language="fa",
        due_on=date(2027, 1, 15), documents=[(uploaded(applicant), "passport", "Passport data page")], by=applicant,
    )  # fmt: skip


def test_a_case_opens_with_its_documents_and_its_history(opened, applicant):
    case = fresh(opened)
    assert (case.status, case.officer, case.language) == (Status.SUBMITTED, None, "fa")
    attachment = case.attachments.get()
    assert (attachment.purpose, attachment.label, attachment.item) == ("passport", "Passport data page", None)
    event = case.events.get()
    assert (event.from_status, event.to_status, event.by) == ("", "submitted", applicant)
    assert verbs(case) == ["case.opened"]


def test_an_open_case_owes_its_checks_and_tells_its_applicant(opened):
    assert Effect.objects.get(topic="cases.check").payload == {"case_id": opened.pk}
    message = Message.objects.get()
    assert (message.template, message.case_reference) == ("cases/received", opened.reference)
    assert opened.spaced_reference in message.body
    assert opened.reference not in message.subject.replace("-", "")


# Who holds it


def test_a_received_case_that_is_claimed_is_under_review(received, officer):
    case = fresh(actions.claim(received, by=officer))
    assert (case.status, case.officer, case.claimed_at is None) == (Status.IN_REVIEW, officer, False)
    assert verbs(case) == ["case.claimed", "case.in_review"]


def test_a_case_is_claimed_by_one_officer_only(held, other_officer):
    with pytest.raises(RefusedError) as refused:
        actions.claim(held, by=other_officer)
    assert refused.value.reason == "Another officer holds the case."


def test_a_case_given_back_is_claimed_by_the_next_and_stays_under_review(held, officer, other_officer):
    case = actions.release(held, by=officer)
    assert (case.officer, case.claimed_at, case.status) == (None, None, Status.IN_REVIEW)
    assert fresh(actions.claim(case, by=other_officer)).officer == other_officer
    assert case.events.count() == 1


def test_the_next_case_is_the_one_due_first_at_the_officers_own_mission(
    mission, other_mission, officer, consul
):
    day = timezone.localdate()
    later = CaseFactory(mission=mission, due_on=day + timedelta(days=2))
    first = CaseFactory(mission=mission, due_on=day + timedelta(days=1))
    CaseFactory(mission=other_mission, due_on=day)
    CaseFactory(mission=mission, due_on=day, held=True)
    CaseFactory(mission=mission, due_on=day, status=Status.WITHDRAWN)
    own = CaseFactory(mission=mission, due_on=day + timedelta(days=1), applicant=officer)
    assert [actions.next_case(by=officer) for _ in range(3)] == [first, later, None]
    assert actions.next_case(by=consul) == own


def test_there_is_no_next_case_when_nothing_waits(officer, auditor, received):
    assert actions.next_case(by=auditor) is None
    assert actions.next_case(by=officer) == received
    assert actions.next_case(by=officer) is None


def test_the_consul_takes_a_case_over_and_says_why(asked, consul, officer):
    case = actions.take_over(asked, by=consul, reason="On leave until May.")
    assert (case.officer, case.status) == (consul, Status.AWAITING_APPLICANT)
    assert case.notes.get().text == "On leave until May."
    entry = Entry.objects.about(case).last()
    assert (entry.verb, entry.detail["from_officer"]) == ("case.taken_over", officer.pk)
    assert "May" not in str(entry.detail)


def test_an_officer_takes_nothing_over(held, other_officer):
    with pytest.raises(RefusedError):
        actions.take_over(held, by=other_officer, reason="I would like it.")


# Asking and answering


def test_a_question_waits_for_the_applicant_and_tells_them(asked, applicant):
    assert asked.status == Status.AWAITING_APPLICANT
    request = asked.requests.get()
    assert [(item.text, item.purpose, item.state) for item in request.items.all()] == [
        ("Who pays for the journey?", "", ItemState.OPEN), ("Send the itinerary again.", "itinerary", ItemState.OPEN),
    ]  # fmt: skip
    message = Message.objects.get(template="cases/question")
    assert message.to == applicant
    assert "Who pays for the journey?" in message.body
    assert "Who pays" not in message.subject


def test_a_question_is_put_in_the_applicants_language(held, officer, applicant):
    applicant.language = "fa"
    applicant.save()
    actions.ask(
        held, by=officer, items=[Wanted("چه کسی هزینه سفر را می‌پردازد؟")], answer_by=date(2099, 3, 21)
    )
    message = Message.objects.get(template="cases/question")
    assert message.language == "fa"
    assert "۲۰۹۹" in message.body or "۱۴۷۸" in message.body


@pytest.mark.parametrize(("items", "days"), [([], 5), ([Wanted("When?")], 0), ([Wanted("When?")], -1)])
def test_a_question_asks_something_and_leaves_time(held, officer, items, days):
    with pytest.raises(ValueError, match="at least one thing"):
        actions.ask(held, by=officer, items=items, answer_by=held.mission.today() + timedelta(days=days))
    assert fresh(held).status == Status.IN_REVIEW


def items_of(case):
    return list(case.requests.get().items.all())


def test_an_answer_is_saved_bit_by_bit_and_sent_when_it_is_complete(asked, applicant):
    words, paper = items_of(asked)
    request = asked.requests.get()
    actions.save_answers(request, by=applicant, texts={words.pk: "My sister."})
    assert not actions.send_answer(request, by=applicant)
    assert fresh(asked).status == Status.AWAITING_APPLICANT
    actions.attach(paper, uploaded(applicant), by=applicant)
    assert actions.send_answer(request, by=applicant)
    case = fresh(asked)
    assert case.status == Status.IN_REVIEW
    assert case.officer == asked.officer
    assert case.requests.get().answered_at
    assert case.requests.get().items.first().answer == "My sister."
    assert told(case) == ["cases/question", "cases/answer_received"]
    assert Effect.objects.filter(topic="cases.check", key=f"request:{request.pk}:check").exists()


def test_everything_may_be_answered_at_once(asked, applicant):
    words, paper = items_of(asked)
    document = uploaded(applicant)
    assert actions.answer(
        asked.requests.get(), by=applicant, texts={words.pk: "My sister."}, documents={paper.pk: [document]}
    )
    attachment = Attachment.objects.get(document=document)
    assert (attachment.case, attachment.item, attachment.purpose) == (asked, paper, "itinerary")


def test_an_answer_wiped_out_is_open_again(asked, applicant):
    words, _ = items_of(asked)
    request = asked.requests.get()
    actions.save_answers(request, by=applicant, texts={words.pk: "My sister."})
    actions.save_answers(request, by=applicant, texts={words.pk: "  "})
    words.refresh_from_db()
    assert words.state == ItemState.OPEN


def test_a_document_taken_out_leaves_its_item_open(asked, applicant):
    _, paper = items_of(asked)
    first = actions.attach(paper, uploaded(applicant), by=applicant)
    second = actions.attach(paper, uploaded(applicant), by=applicant)
    actions.detach(first, by=applicant)
    paper.refresh_from_db()
    assert paper.state == ItemState.ANSWERED
    actions.detach(second, by=applicant)
    paper.refresh_from_db()
    assert paper.state == ItemState.OPEN
    assert not asked.attachments.exists()


def test_what_came_with_the_application_is_not_taken_out(asked, applicant):
    attachment = Attachment.objects.create(case=asked, document=uploaded(applicant), purpose="passport")
    with pytest.raises(RefusedError):
        actions.detach(attachment, by=applicant)


def test_only_the_applicant_answers_and_only_with_their_own_documents(asked, applicant, stranger, officer):
    words, paper = items_of(asked)
    request = asked.requests.get()
    for person in (stranger, officer):
        with pytest.raises(RefusedError):
            actions.save_answers(request, by=person, texts={words.pk: "x"})
    with pytest.raises(RefusedError):
        actions.attach(paper, uploaded(stranger), by=applicant)
    with pytest.raises(RefusedError):
        actions.attach(words, uploaded(applicant), by=applicant)


def test_a_document_answers_once_and_not_after_it_was_removed(asked, applicant):
    _, paper = items_of(asked)
    document, removed = uploaded(applicant), uploaded(applicant)
    actions.attach(paper, document, by=applicant)
    removed.removed_at = timezone.now()
    removed.save()
    for taken in (document, removed):
        with pytest.raises(RefusedError) as refused:
            actions.attach(paper, taken, by=applicant)
        assert refused.value.obstacle == Obstacle.DOCUMENT_TAKEN


def test_an_answer_never_reaches_another_requests_items(asked, applicant, mission):
    foreign = CaseFactory(mission=mission, held=True)
    other = foreign.requests.create(asked_by=foreign.officer, answer_by=date(2099, 1, 1)).items.create(
        text="Theirs?"
    )
    actions.save_answers(asked.requests.get(), by=applicant, texts={other.pk: "mine"})
    other.refresh_from_db()
    assert other.answer == ""


def test_an_answer_comes_too_late_when_the_officer_went_on(asked, applicant, officer):
    request = asked.requests.get()
    case = actions.take_back(asked, by=officer)
    assert (case.status, case.requests.get().taken_back_at is None) == (Status.IN_REVIEW, False)
    with pytest.raises(RefusedError) as refused:
        actions.send_answer(request, by=applicant)
    assert refused.value.obstacle == Obstacle.NOT_NOW


def test_a_closed_request_is_not_answered_through_a_later_one(asked, applicant, officer):
    request = asked.requests.get()
    case = actions.take_back(asked, by=officer)
    actions.ask(case, by=officer, items=[Wanted("Another thing?")], answer_by=date(2099, 1, 1))
    with pytest.raises(RefusedError):
        actions.save_answers(request, by=applicant, texts={})


# Time passes


def test_a_request_expires_when_its_last_day_is_over_at_the_mission(asked, mission):
    request = asked.requests.get()
    assert not actions.expire(request)
    mission.zone = "Pacific/Kiritimati"
    mission.save()
    with time_machine.travel(f"{request.answer_by}T13:00:00Z", tick=False):
        assert actions.expire(Request.objects.get(pk=request.pk))
    case = fresh(asked)
    assert (case.status, case.requests.get().expired_at is None) == (Status.IN_REVIEW, False)
    assert case.events.last().by is None
    assert told(case)[-1] == "cases/time_passed"


def test_expiring_twice_changes_nothing(asked):
    request = asked.requests.get()
    with time_machine.travel(request.answer_by + timedelta(days=2), tick=False):
        assert actions.expire(request)
        assert not actions.expire(request)
    assert asked.events.count() == 3


def test_the_beat_owes_each_late_request_once_a_day(asked):
    answer_by = asked.requests.get().answer_by
    with time_machine.travel(answer_by - timedelta(days=1), tick=False):
        assert actions.owe_expiries() == 0
    with time_machine.travel(answer_by + timedelta(days=1), tick=False):
        tasks.owe_overdue()
        tasks.owe_overdue()
        owed = Effect.objects.get(topic="cases.expire")
        tasks.expire_request.pays(**owed.payload)
    assert fresh(asked).status == Status.IN_REVIEW


# Recommending and deciding


def test_a_recommendation_hands_the_case_to_a_second_person(recommended, officer):
    assert recommended.status == Status.AWAITING_DECISION
    standing = recommended.recommendations.standing().get()
    assert (standing.by, standing.outcome, standing.grounds) == (officer, Outcome.REFUSE, ["purpose"])


def test_a_recommendation_sent_back_stands_no_more(recommended, consul):
    case = actions.send_back(recommended, by=consul, reason="Ask about the means.")
    assert case.status == Status.IN_REVIEW
    assert not case.recommendations.standing().exists()
    returned = case.recommendations.get()
    assert (returned.sent_back_by, returned.sent_back_reason) == (consul, "Ask about the means.")


def test_an_officer_approves_alone(held, officer, kind):
    decision = actions.decide(held, by=officer, outcome=Outcome.APPROVE, conditions={"days": 30})
    case = fresh(held)
    assert case.status == Status.APPROVED
    assert (decision.conditions, decision.recommended_by, decision.decided_by) == (
        {"days": 30},
        None,
        officer,
    )
    assert kind.approved == [(case, decision)]
    assert told(case) == ["cases/decided"]


def test_a_refusal_has_two_officers_and_a_ground(recommended, consul, officer, kind):
    actions.decide(
        recommended, by=consul, outcome=Outcome.REFUSE, grounds=["purpose"], reason="As recommended."
    )
    case = fresh(recommended)
    assert case.status == Status.REFUSED
    decision = case.decision
    assert (decision.recommended_by, decision.decided_by, decision.grounds) == (officer, consul, ["purpose"])
    assert kind.approved == []


def test_a_message_about_a_decision_does_not_say_which(recommended, consul):
    actions.decide(recommended, by=consul, outcome=Outcome.REFUSE, grounds=["purpose"])
    message = Message.objects.get(template="cases/decided")
    assert not {"refuse", "refused", "purpose"} & set((message.subject + message.body).lower().split())


def test_a_decision_that_cannot_be_followed_up_is_not_made(held, officer, kind, monkeypatch):
    def fail(case, decision):
        raise RuntimeError

    monkeypatch.setattr(kind, "on_approved", fail)
    with pytest.raises(RuntimeError):
        actions.decide(held, by=officer, outcome=Outcome.APPROVE)
    assert fresh(held).status == Status.IN_REVIEW
    assert not Decision.objects.exists()
    assert not Message.objects.exists()


# Withdrawing, noting, checking


def test_an_applicant_withdraws_and_no_question_stays_open(asked, applicant):
    case = actions.withdraw(asked, by=applicant)
    assert case.status == Status.WITHDRAWN
    assert not case.requests.open().exists()
    assert told(case)[-1] == "cases/withdrawn"


def test_a_stranger_withdraws_nothing(received, stranger, officer):
    for person in (stranger, officer):
        with pytest.raises(RefusedError):
            actions.withdraw(received, by=person)


def test_a_note_is_for_colleagues_and_the_trail_does_not_repeat_it(held, other_officer):
    actions.add_note(held, by=other_officer, text="Knows the family.")
    assert held.notes.get().author == other_officer
    assert "family" not in str(Entry.objects.about(held).last().detail)


def test_checks_keep_their_newest_result(received, kind):
    tasks.check.pays(case_id=received.pk)
    kind.findings = [Finding("name", CheckResult.FAILED, {"passport": "OTHER", "answer": "x"})]
    actions.run_checks(received)
    check = received.checks.get()
    assert (check.code, check.result, check.evidence) == (
        "name",
        CheckResult.FAILED,
        [["passport", "OTHER"], ["answer", "x"]],
    )
    assert verbs(received) == ["case.checked", "case.checked"]


def test_a_settled_document_has_its_case_checked_again(received, applicant):
    document = uploaded(applicant)
    tell(document)
    assert not Effect.objects.filter(topic="cases.check").exists()
    Attachment.objects.create(case=received, document=document, purpose="passport")
    document.refresh_from_db()
    document.processed_at = timezone.now()
    tell(document)
    tell(document)
    assert Effect.objects.get(topic="cases.check").payload == {"case_id": received.pk}


def test_a_closed_case_is_not_checked_again(received, applicant):
    case = actions.withdraw(received, by=applicant)
    document = uploaded(applicant)
    Attachment.objects.create(case=case, document=document, purpose="passport")
    tell(document)
    assert not Effect.objects.filter(topic="cases.check").exists()


def test_a_case_is_found_by_reference_or_by_parts_of_either_name(received):
    found = {
        text: Case.objects.matching(text).exists()
        for text in [
            received.reference.lower(), received.spaced_reference, f" {received.reference[:6]} {received.reference[6:]} ",
            "azad", "Shírin", "شيرين", "shirin azad", "ازاد",
        ]
    }  # fmt: skip
    assert all(found.values()), found
    assert not Case.objects.matching("somebody").exists()
    assert not Case.objects.matching("%").exists()
    assert not Case.objects.matching("").exists()


def test_postings_elsewhere_do_not_count(officer_elsewhere, received):
    PostingFactory(user=officer_elsewhere, mission=received.mission, ends_on=date(2020, 2, 1))
    with pytest.raises(RefusedError):
        actions.claim(received, by=officer_elsewhere)
