import pytest

from tests.factories.content import approver, editor, translator


@pytest.fixture
def writer(db):
    return editor(name="Editor")


@pytest.fixture
def other_writer(db):
    return editor(name="Second editor")


@pytest.fixture
def second(db):
    """Return who approves."""
    return approver(name="Approver")


@pytest.fixture
def persian(db):
    """Return who translates into Persian."""
    return translator("fa", name="Translator")
