"""A draft of the applicant, and pages of it as a browser asks for them."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories.applications import VisaApplicationFactory


@pytest.fixture(autouse=True)
def _english():
    """Begin and end in English: a request leaves its language behind, and `reverse` would go on in it."""
    with override("en"):
        yield


@pytest.fixture
def draft(applicant):
    """Return a tourist draft of the applicant, without answers."""
    return VisaApplicationFactory(applicant=applicant)


@pytest.fixture
def client(signed_in, applicant):
    """Return the applicant's browser."""
    return signed_in(applicant)


@pytest.fixture
def at(draft):
    """Return the address of a page of the draft: `at("page", "names")`."""

    def address(name, *arguments):
        return reverse(f"applications:{name}", args=[draft.pk, *arguments])

    return address
