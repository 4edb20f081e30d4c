from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consular.audit.models import Entry
from consular.lib.mrz import parse
from consular.notifications.models import Message
from consular.outbox.models import Effect
from tests.factories.visas import approved_application
from visas.issuance.actions import issue as issuing
from visas.issuance.actions.issue import issue
from visas.issuance.models import EVisa


def test_an_approval_owes_one_evisa(approved):
    effect = Effect.objects.get(topic="issuance.issue")
    assert effect.payload == {"application_id": str(approved.pk)}


def test_issuing_twice_issues_one_visa_and_one_message(approved):
    assert issue(approved) == issue(approved)
    assert EVisa.objects.count() == 1
    assert Message.objects.filter(template="issuance/visa_ready").count() == 1
    assert Entry.objects.filter(verb="evisa.issued").count() == 1


def test_the_message_leads_to_the_page_with_the_download(evisa, approved):
    message = Message.objects.get(template="issuance/visa_ready")
    page = reverse("portal:case_detail", args=[approved.case.reference])
    assert message.body.endswith(page)


def test_a_worker_killed_before_the_paper_was_kept_issues_the_same_visa_when_it_is_back(
    approved, monkeypatch
):
    def die(evisa):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(issuing.papers, "evisa_pdf", die)
        with pytest.raises(KeyboardInterrupt):
            issue(approved)
    number = EVisa.objects.get().number
    assert not Message.objects.filter(template="issuance/visa_ready").exists()
    assert issue(approved).number == number
    assert Message.objects.filter(template="issuance/visa_ready").count() == 1


def test_the_machine_readable_zone_holds_and_says_what_the_record_says(evisa):
    zone = parse(evisa.mrz_lines, today=date(2026, 11, 24))
    person = evisa.application.traveller
    assert zone.format == "MRV-B"
    assert zone.valid
    assert (zone.number, zone.nationality, zone.birth_on) == (
        evisa.number,
        person.nationality,
        person.birth_on,
    )
    assert zone.expires_on == evisa.valid_until
    assert (zone.surname, zone.given_names) == (person.surname, person.given_names)


def test_the_paper_is_tagged_in_the_language_of_the_case_and_holds_the_zone(evisa):
    with evisa.paper.open("rb") as stored, pikepdf.open(BytesIO(stored.read())) as pdf:
        assert str(pdf.Root.Lang) == evisa.application.case.language
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("language", ["en", "fa", "ar", "fr", "es"])
def test_the_paper_fits_one_page_in_every_language(db, applicant, language):
    applicant.language = language
    applicant.save()
    evisa = issue(approved_application(applicant=applicant))
    with evisa.paper.open("rb") as stored, pikepdf.open(BytesIO(stored.read())) as pdf:
        assert len(pdf.pages) == 1


def test_the_database_refuses_a_second_visa_in_force(evisa):
    with pytest.raises(IntegrityError, match="application_has_one_visa_in_force"), transaction.atomic():
        EVisa.objects.create(
            application=evisa.application, category="TV", valid_from=evisa.valid_from,
            valid_until=evisa.valid_until, entries="1", stay_days=1, mrz="x",
        )  # fmt: skip


def test_the_database_refuses_a_visa_that_ends_before_it_starts(evisa):
    with pytest.raises(IntegrityError, match="evisa_ends_after_it_starts"), transaction.atomic():
        EVisa.objects.filter(pk=evisa.pk).update(valid_until=date(2000, 1, 1))
