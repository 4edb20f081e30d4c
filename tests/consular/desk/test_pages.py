"""The bench's pages work for who may see them."""

import pytest
from django.urls import reverse

from consular.audit.models import Entry
from consular.cases.actions import run_checks
from tests.consular.desk.conftest import taken, url

pytestmark = pytest.mark.django_db


def test_the_first_page_counts_the_officers_own_queues(signed_in, officer, held):
    page = signed_in(officer).get(reverse("admin:index"))
    counts = {row.queue.code: row.count for row in page.context["queues"]}
    assert counts == {"mine": 1, "unclaimed": 0, "applicant": 0, "second": 0, "overdue": 0, "open": 1}


def test_the_case_page_shows_data_checks_and_documents(signed_in, officer, held, paper, quarantined):
    run_checks(held)
    page = signed_in(officer).get(url("case_detail", held))
    text = page.content.decode()
    for expected in [
        held.spaced_reference, "Sample visa", "AZAD SHIRIN", "The passport is valid long enough", "2027-03-01",
        "To see the gardens", url("document_page", held, paper.pk, 1), "later.pdf", "Approve",
    ]:  # fmt: skip
        assert expected in text, expected
    assert url("document_page", held, quarantined.pk, 1) not in text


def test_each_look_is_in_the_trail(signed_in, officer, held, paper):
    client = signed_in(officer)
    client.get(url("case_detail", held))
    assert taken(client.get(url("document_page", held, paper.pk, 1))).startswith(b"\xff\xd8")
    assert taken(client.get(url("document_original", held, paper.pk))).startswith(b"\xff\xd8")
    entries = Entry.objects.filter(
        actor=officer, verb__in=["case.seen", "document.seen", "document.original_taken"]
    )
    assert [entry.verb for entry in entries] == ["case.seen", "document.seen", "document.original_taken"]
