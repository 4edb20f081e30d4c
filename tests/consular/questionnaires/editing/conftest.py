import pytest

from consular.questionnaires.editing import actions
from embassy.start.groups import group
from tests.factories.accounts import StaffFactory
from tests.factories.questionnaires import RevisionFactory


def form_editor(**fields):
    user = StaffFactory(**fields)
    user.groups.add(group("Form editors"))
    return user


@pytest.fixture
def writer(db):
    return form_editor(name="Writer")


@pytest.fixture
def second(db):
    """Return who publishes what the writer wrote."""
    return form_editor(name="Second")


@pytest.fixture
def published(db):
    return RevisionFactory()


@pytest.fixture
def draft(published, writer):
    return actions.begin(published.questionnaire, by=writer, copy_of=published)
