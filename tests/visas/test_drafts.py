import pytest

from consular.portal.drafts import drafts_of
from tests.factories.applications import VisaApplicationFactory

pytestmark = pytest.mark.django_db


def test_a_visa_application_that_was_begun_is_on_the_applicants_home_page(applicant, stranger):
    draft = VisaApplicationFactory(applicant=applicant)
    (shown,) = drafts_of(applicant)
    assert (shown.label, shown.url) == ("Tourist visa", f"/en/apply/{draft.pk}/")
    assert drafts_of(stranger) == []
