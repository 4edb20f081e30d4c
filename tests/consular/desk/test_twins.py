"""The same file in other cases: which one to who may see it, to others that there is one; never to applicants."""

import pytest

from consular.desk import twins
from consular.documents import explain
from tests.factories.cases import AttachmentFactory, CaseFactory
from tests.factories.documents import CleanDocumentFactory, photograph

pytestmark = pytest.mark.django_db


def attached(case, colour):
    content = photograph(colour=colour)
    document = CleanDocumentFactory(owner=case.applicant, content=content)
    AttachmentFactory(case=case, document=document)
    return document


def test_who_may_see_the_other_case_is_led_to_it(held, officer, mission):
    other = CaseFactory(mission=mission)
    document, copy = attached(held, "red"), attached(other, "red")
    [sentence] = twins.told([document], held, officer)[document]
    assert other.spaced_reference in sentence
    assert other.reference in sentence
    assert "another applicant" in sentence
    assert explain.advice(copy) == []


def test_who_may_not_see_it_learns_that_there_is_one(held, officer):
    elsewhere = CaseFactory()
    document, _copy = attached(held, "red"), attached(elsewhere, "red")
    assert twins.told([document], held, officer)[document] == [
        "The same file was handed in with another case."
    ]


def test_other_files_and_files_of_no_case_are_not_told(held, officer):
    document = attached(held, "red")
    CleanDocumentFactory(content=photograph(colour="red"))
    attached(CaseFactory(), "blue")
    assert not twins.told([document], held, officer).get(document)
