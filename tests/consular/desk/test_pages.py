"""The first page and the case page say what there is, and note who looked."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from consular.cases import actions
from consular.cases.models import Case
from consular.cases.status import Outcome, Status
from consular.desk import words
from consular.outbox.models import Effect
from tests.consular.desk.conftest import taken, url
from tests.factories.cases import AttachmentFactory
from tests.factories.documents import CleanDocumentFactory, RefusedDocumentFactory, photograph

pytestmark = pytest.mark.django_db


def shown(client, case):
    answer = client.get(url("case_detail", case))
    assert answer.status_code == 200
    return answer


def test_the_case_page_shows_data_checks_and_documents(signed_in, officer, held, paper, quarantined):
    actions.run_checks(held)
    text = shown(signed_in(officer), held).content.decode()
    for expected in [
        held.spaced_reference, "Sample visa", "AZAD SHIRIN", "شیرین آزاد", "The passport is valid long enough",
        "1 March 2027", "AZADI", "P&lt;QNRAZADI", "To see the gardens", url("document_page", held, paper.pk, 1),
        url("document_thumbnail", held, paper.pk, 2), "later.pdf", "in quarantine",
    ]:  # fmt: skip
        assert expected in text, expected
    assert url("document_page", held, quarantined.pk, 1) not in text
    assert url("document_original", held, quarantined.pk) not in text


def test_evidence_stands_side_by_side(signed_in, officer, held):
    actions.run_checks(held)
    name, expiry = shown(signed_in(officer), held).context["page"].checks
    assert [(each.label, each.values) for each in name.compared] == [("Surname", ["AZAD", "AZADI"])]
    assert [each.zone.splitlines() for each in name.evidence if each.zone] == [
        ["P<QNRAZADI<<SHIRIN", "N1234561<9QNR"]
    ]
    assert [each.label for each in expiry.single] == ["Valid until", "Needed until"]


def test_a_refused_file_is_shown_as_the_applicant_was_told(signed_in, officer, held, applicant):
    AttachmentFactory(case=held, document=RefusedDocumentFactory(owner=applicant))
    row = shown(signed_in(officer), held).context["page"].documents[0]
    assert row.told
    assert row.pages == []


def test_a_document_is_named_in_the_officers_language_or_as_it_was_handed_in(
    signed_in, officer, held, applicant
):
    for purpose, label in [("passport", "صفحهٔ گذرنامه"), ("forgotten", "An old paper"), ("nameless", "")]:
        AttachmentFactory(
            case=held, document=CleanDocumentFactory(owner=applicant), purpose=purpose, label=label
        )
    rows = shown(signed_in(officer), held).context["page"].documents
    assert [row.label for row in rows] == ["Passport data page", "An old paper", "nameless"]


def test_a_removed_file_has_no_pages(signed_in, officer, held, applicant):
    AttachmentFactory(case=held, document=CleanDocumentFactory(owner=applicant, removed_at=timezone.now()))
    row = shown(signed_in(officer), held).context["page"].documents[0]
    assert (row.state, row.pages) == ("Removed", [])


def test_what_may_not_be_done_says_why(signed_in, other_officer, held):
    page = shown(signed_in(other_officer), held).context["page"]
    assert page.possible == []
    reasons = {str(button.label): str(button.obstacle.label) for button in page.impossible}
    assert reasons["Claim the case"] == "Another officer holds the case."
    assert reasons["Approve"] == "Only the officer who holds the case can do this."
    assert reasons["Take the case over"] == "Only the consul of the mission can do this."


def test_questions_answers_notes_and_recommendations_are_on_the_page(
    signed_in, consul, asked, officer, applicant
):
    words_item = asked.requests.get().items.first()
    actions.save_answers(asked.requests.get(), by=applicant, texts={words_item.pk: "My <b>sister</b>."})
    actions.add_note(asked, by=consul, text="Knows\nthe family.")
    case = actions.take_back(asked, by=officer)
    actions.recommend(case, by=officer, outcome=Outcome.REFUSE, grounds=["means"], reason="Too little.")
    text = shown(signed_in(consul), Case.objects.get(pk=case.pk)).content.decode()
    for expected in [
        "Who pays for the journey?", "My &lt;b&gt;sister&lt;/b&gt;.", "Knows<br>the family.", "Refusal recommended",
        "The means do not suffice", "Too little.", "Taken back",
    ]:  # fmt: skip
        assert expected in text, expected


def test_the_history_names_people_by_what_they_are_to_the_case(signed_in, officer, asked, applicant):
    request = asked.requests.get()
    item = request.items.get(purpose="")
    request.items.exclude(pk=item.pk).delete()
    actions.answer(request, by=applicant, texts={item.pk: "My sister."})
    actions.run_checks(asked)
    rows = [(row.who, row.what) for row in shown(signed_in(officer), asked).context["page"].history]
    assert rows == [
        ("The portal", "ran the automatic checks"),
        ("The applicant", "ended the waiting for the applicant"),
        ("Officer One", "asked the applicant"),
        ("Officer One", "began the review"),
        ("Officer One", "claimed the case"),
    ]


def test_each_look_is_in_the_trail(signed_in, officer, held, paper):
    client = signed_in(officer)
    shown(client, held)
    assert taken(client.get(url("document_page", held, paper.pk, 1))).startswith(b"\xff\xd8")
    assert taken(client.get(url("document_copy", held, paper.pk))).startswith(b"%PDF-")
    original = client.post(url("document_original", held, paper.pk), {"reason": "For the border police."})
    assert taken(original).startswith(b"\xff\xd8")
    looks = Entry.objects.filter(actor=officer, verb__in=words.LOOKS)
    assert [(entry.verb, entry.detail) for entry in looks] == [
        ("case.seen", {"reference": held.reference}),
        ("document.seen", {"page": 1}),
        ("document.copy_taken", ANY),
        ("document.original_taken", ANY),
    ]
    page = shown(client, held).context["page"]
    assert [row.who for row in page.looks] == ["Officer One"] * 5


def test_the_original_is_a_download_and_pages_run_nothing(signed_in, officer, held, paper):
    client = signed_in(officer)
    answer = client.post(url("document_original", held, paper.pk), {"reason": "The seal is hard to see."})
    assert taken(answer) == photograph()
    assert answer["Content-Length"] == str(len(photograph()))
    assert answer["Content-Disposition"].startswith("attachment")
    answer = client.get(url("document_page", held, paper.pk, 1))
    taken(answer)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_the_page_shows_times_of_the_mission(signed_in, officer, held, mission):
    mission.zone = "Asia/Tehran"
    mission.save()
    received = timezone.make_aware(timezone.datetime(2026, 11, 24, 22, 0), timezone.get_fixed_timezone(0))
    Case.objects.filter(pk=held.pk).update(opened_at=received)
    assert "25 November 2026 at 01:30" in shown(signed_in(officer), held).content.decode()


@pytest.mark.parametrize("documents", [1, 4])
def test_a_case_page_costs_the_same_whatever_it_holds(
    documents, signed_in, officer, held, applicant, django_assert_max_num_queries
):
    for _ in range(documents):
        AttachmentFactory(case=held, document=CleanDocumentFactory(owner=applicant))
        actions.add_note(held, by=officer, text="x")
    client = signed_in(officer)
    with django_assert_max_num_queries(40):
        shown(client, held)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_of_a_decided_case_says_how_it_was_decided(
    signed_in, officer, recommended, consul, language
):
    actions.decide(
        recommended, by=consul, outcome=Outcome.REFUSE, grounds=["purpose"], reason="As recommended."
    )
    case = Case.objects.get(pk=recommended.pk)
    answer = signed_in(officer).get(url("case_detail", case).replace("/en/", f"/{language}/"))
    assert "The purpose of the stay is not clear" in answer.content.decode()
    assert answer.context["page"].decision[0].decided_by == consul
    assert case.status == Status.REFUSED


# What is wrong with the work owed


def owe(**fields):
    return Effect.objects.create(topic="cases.check", key=f"k{Effect.objects.count()}", **fields)


def test_the_first_page_warns_of_work_that_could_not_be_done(signed_in, officer, superuser):
    client = signed_in(officer)
    assert "could not be done" not in client.get(reverse("admin:index")).content.decode()
    owe(status=Effect.Status.DEAD)
    assert "1 piece of work could not be done" in client.get(reverse("admin:index")).content.decode()
    assert (
        reverse("admin:outbox_effect_changelist")
        in signed_in(superuser).get(reverse("admin:index")).content.decode()
    )


def test_the_first_page_warns_of_work_that_waits_too_long(signed_in, officer):
    client = signed_in(officer)
    owe(due_at=timezone.now() - timedelta(seconds=50))
    assert "longer than a minute" not in client.get(reverse("admin:index")).content.decode()
    owe(due_at=timezone.now() - timedelta(seconds=70))
    assert "longer than a minute" in client.get(reverse("admin:index")).content.decode()
