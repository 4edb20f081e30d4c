"""Who writes pages sees what readers looked for, and says which words mean the same."""

import pytest
from django.utils import timezone

from consular.audit.models import Entry
from embassy.search.admin import SynonymForm
from embassy.search.models import FEWEST_TIMES, Search, Synonym

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(signed_in):
    from tests.factories.accounts import StaffFactory

    return signed_in(StaffFactory(is_superuser=True))


def test_rare_searches_may_be_names_and_are_not_shown(head):
    today = timezone.localdate()
    Search.objects.create(on=today, language="en", words="shirin azad", found=False, times=FEWEST_TIMES - 1)
    Search.objects.create(on=today, language="en", words="camel permit", found=False, times=FEWEST_TIMES)
    page = head.get("/en/staff/search/search/").content.decode()
    assert "camel permit" in page
    assert "shirin azad" not in page


def test_the_log_is_read_only(head):
    Search.objects.create(on=timezone.localdate(), language="en", words="camel", found=False, times=9)
    assert head.post("/en/staff/search/search/add/", {}).status_code == 404
    assert "delete" not in head.get("/en/staff/search/search/").content.decode().lower()


def test_a_new_group_of_words_is_in_the_trail(head):
    head.post("/en/staff/search/synonym/add/", {"words": "camel, شتر"})
    assert Synonym.objects.get().forms == ["camel", "شتر"]
    assert Entry.objects.filter(verb="synonym.added").count() == 1


@pytest.mark.parametrize("words", ["camel", "camel, camels", "two words, camel", ", ,", "?!, camel", ""])
def test_words_that_are_no_pair_are_refused_with_a_reason(words):
    form = SynonymForm({"words": words})
    assert not form.is_valid()
    assert form.errors["words"]
