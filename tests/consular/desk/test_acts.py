"""What officers do on the bench: every POST calls one action and leads back to the case."""

from datetime import timedelta

import pytest

from consular.cases import actions
from consular.cases.actions.move import move
from consular.cases.status import Outcome, Status
from consular.notifications.models import Message
from tests.consular.cases.conftest import fresh
from tests.consular.desk.conftest import url

pytestmark = pytest.mark.django_db


def done(client, name, case, **data):
    """Post an act, follow the redirect to the case, and return its messages."""
    answer = client.post(url(name, case), data, follow=True)
    assert answer.redirect_chain == [(url("case_detail", case), 302)], answer.content.decode()[:3000]
    return [str(message) for message in answer.context["messages"]]


def errors(client, name, case, **data):
    """Post a form with mistakes and return what it says about them."""
    answer = client.post(url(name, case), data)
    assert answer.status_code == 200
    return answer.context["form"].errors


def date(day):
    return {"answer_by_day": day.day, "answer_by_month": day.month, "answer_by_year": day.year,
            "answer_by_calendar": "gregorian"}  # fmt: skip


def test_a_case_is_claimed_and_given_back(signed_in, officer, received):
    client = signed_in(officer)
    assert done(client, "case_claim", received) == ["You hold the case now."]
    assert fresh(received).officer == officer
    assert done(client, "case_release", received) == ["The case is back in the queue."]
    assert fresh(received).officer is None


def test_what_is_not_allowed_says_why(signed_in, other_officer, held):
    client = signed_in(other_officer)
    assert done(client, "case_claim", held) == ["Another officer holds the case."]
    answer = client.get(url("case_approve", held), follow=True)
    assert [str(m) for m in answer.context["messages"]] == [
        "Only the officer who holds the case can do this."
    ]


def test_who_is_beaten_to_it_is_told(signed_in, officer, received, monkeypatch):
    def beaten(case, *, by):
        raise actions.RefusedError(Obstacle.HELD)

    from consular.cases.status import Obstacle

    monkeypatch.setattr(actions, "claim", beaten)
    assert done(signed_in(officer), "case_claim", received) == ["Another officer holds the case."]


def test_the_consul_takes_over_with_a_reason(signed_in, consul, held):
    client = signed_in(consul)
    assert "reason" in errors(client, "case_take_over", held)
    done(client, "case_take_over", held, reason="On leave.")
    assert fresh(held).officer == consul


def test_a_note_is_written(signed_in, other_officer, held):
    client = signed_in(other_officer)
    done(client, "case_note", held, text="Knows the family.")
    assert held.notes.get().text == "Knows the family."
    assert "text" in errors(client, "case_note", held, text=" ")
    assert "text" in errors(client, "case_note", held, text="x" * 5001)
    assert "text" in errors(client, "case_note", held, text="a\u202eb")


# Asking


@pytest.fixture
def question(held):
    return {"purpose_1": "", "text_1": "چه کسی می‌پردازد؟", "purpose_2": "itinerary", "text_2": "",
            **date(held.mission.today() + timedelta(days=10))}  # fmt: skip


def test_a_question_is_shown_as_the_applicant_will_read_it_before_it_goes(
    signed_in, officer, held, applicant, question
):
    applicant.language = "fa"
    applicant.save()
    client = signed_in(officer)
    preview = client.post(url("case_ask", held), {**question, "preview": "1"})
    text = preview.content.decode()
    assert 'lang="fa" dir="rtl"' in text
    assert "چه کسی می‌پردازد؟" in text
    assert fresh(held).status == Status.IN_REVIEW
    assert not Message.objects.exists()
    carried = dict(preview.context["carried"])
    assert done(client, "case_ask", held, **carried, send="1") == [
        "The question is on its way to the applicant."
    ]
    assert Message.objects.get().body == preview.context["message"].body
    items = [(item.text, item.purpose) for item in held.requests.get().items.all()]
    assert items == [("چه کسی می‌پردازد؟", ""), ("Itinerary", "itinerary")]


def test_a_question_can_be_changed_after_it_was_seen(signed_in, officer, held, question):
    answer = signed_in(officer).post(url("case_ask", held), {**question, "change": "1"})
    form = answer.context["form"]
    assert not form.is_bound
    assert "چه کسی می‌پردازد؟" in answer.content.decode()
    assert form["answer_by"].initial["day"] == str(question["answer_by_day"])


def test_a_question_grows_by_one_row_and_keeps_what_is_written(signed_in, officer, held, question):
    answer = signed_in(officer).post(url("case_ask", held), {**question, "more": "1"})
    assert len(answer.context["form"].items) == 3
    assert "چه کسی می‌پردازد؟" in answer.content.decode()


def test_a_question_asks_something_by_a_day_in_the_future(signed_in, officer, held, question):
    client = signed_in(officer)
    nothing = {**question, "text_1": "", "purpose_2": ""}
    assert "text_1" in errors(client, "case_ask", held, **nothing, preview="1")
    for days in (0, -1, 181):
        late = {**question, **date(held.mission.today() + timedelta(days=days))}
        assert "answer_by" in errors(client, "case_ask", held, **late, send="1")
    assert "purpose_2" in errors(client, "case_ask", held, **{**question, "purpose_2": "bribe"}, send="1")
    assert fresh(held).status == Status.IN_REVIEW


def test_a_question_has_at_most_ten_rows(signed_in, officer, held, question):
    many = {f"purpose_{n}": "" for n in range(1, 40)}
    answer = signed_in(officer).post(url("case_ask", held), {**question, **many, "more": "1"})
    assert len(answer.context["form"].items) == 10


def test_a_question_is_taken_back(signed_in, officer, asked):
    assert done(signed_in(officer), "case_take_back", asked) == [
        "The question is taken back. The case is in review again."
    ]
    assert fresh(asked).status == Status.IN_REVIEW


# Recommending and deciding


def test_an_officer_approves_with_conditions(signed_in, officer, held):
    client = signed_in(officer)
    assert "days" in errors(client, "case_approve", held, days="۹۱")
    fields = {"days": "۳۰", "from_on_day": "21", "from_on_month": "3", "from_on_year": "2027"}
    done(client, "case_approve", held, **fields, from_on_calendar="gregorian", reason="")
    decision = fresh(held).decision
    assert (decision.outcome, decision.decided_by) == ("approve", officer)
    assert decision.conditions == {"days": 30, "from_on": "2027-03-21"}


def test_a_refusal_takes_two_officers(signed_in, officer, consul, held):
    first, second = signed_in(officer), signed_in(consul)
    assert done(first, "case_refuse", held, grounds=["means"], reason="x") == [
        "One officer recommends a refusal and another decides it: recommend it first."
    ]
    assert set(errors(first, "case_recommend_refusal", held)) == {"grounds", "reason"}
    done(first, "case_recommend_refusal", held, grounds=["means"], reason="Too little.")
    assert done(first, "case_refuse", held, grounds=["means"], reason="x")[0].startswith(
        "You have made a recomm"
    )
    form = second.get(url("case_refuse", held)).context["form"]
    assert form["grounds"].value() == ["means"]
    done(second, "case_refuse", held, grounds=["means", "purpose"], reason="I agree.")
    decision = fresh(held).decision
    assert (decision.recommended_by, decision.decided_by) == (officer, consul)
    assert decision.grounds == ["means", "purpose"]


def test_a_ground_that_the_service_does_not_know_is_refused(signed_in, officer, held):
    assert "grounds" in errors(
        signed_in(officer), "case_recommend_refusal", held, grounds=["looks"], reason="x"
    )


def test_an_approval_is_recommended_and_decided_with_its_conditions(signed_in, officer, consul, held):
    done(signed_in(officer), "case_recommend_approval", held, days="30", reason="All is well.")
    assert "reason" not in errors(signed_in(consul), "case_approve", held, days="")
    form = signed_in(consul).get(url("case_approve", held)).context["form"]
    assert form["days"].value() == 30
    done(signed_in(consul), "case_approve", held, days="20")
    assert fresh(held).decision.conditions["days"] == 20


def test_a_recommendation_is_sent_back_with_a_reason(signed_in, consul, recommended):
    client = signed_in(consul)
    assert "reason" in errors(client, "case_send_back", recommended)
    done(client, "case_send_back", recommended, reason="Ask about the means.")
    assert fresh(recommended).status == Status.IN_REVIEW


def test_a_decision_on_a_case_that_moved_meanwhile_is_not_made(
    signed_in, consul, other_officer, officer, recommended
):
    client = signed_in(consul)
    seen = client.get(url("case_refuse", recommended)).context["act"].moved_at
    actions.send_back(recommended, by=other_officer, reason="Look again.")
    actions.recommend(
        recommended, by=officer, outcome=Outcome.REFUSE, grounds=["means"], reason="Something else."
    )
    told = done(client, "case_refuse", recommended, grounds=["purpose"], reason="x", moved_at=seen)
    assert told == ["The case has moved since you opened that page. Look at it as it is now."]
    assert fresh(recommended).status == Status.AWAITING_DECISION


def test_a_decision_while_the_applicant_withdraws_is_not_made(signed_in, officer, held, applicant):
    move(held, Status.WITHDRAWN, by=applicant)
    assert done(signed_in(officer), "case_approve", held, days="30") == ["The case is closed."]
    assert fresh(held).status == Status.WITHDRAWN


def test_a_double_click_decides_once(signed_in, officer, held):
    client = signed_in(officer)
    assert done(client, "case_approve", held, days="30") == ["Approved. The applicant is told."]
    assert done(client, "case_approve", held, days="30") == ["The case is closed."]
    assert Message.objects.filter(template="cases/decided").count() == 1
