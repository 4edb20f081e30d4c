"""What was looked up lately."""

import pytest
from django.db import OperationalError

from consular.lib.lately import Lately


class Source:
    """Counts how often it is asked; may be away."""

    def __init__(self):
        self.asked, self.is_away = 0, False

    def __call__(self):
        if self.is_away:
            raise OperationalError
        self.asked += 1
        return self.asked

    __module__ = "somewhere"


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def lately(source):
    return Lately(source, before=0, seconds=60)


def test_it_is_looked_up_once_and_known_for_a_while(lately, source):
    assert [lately.known(), lately.known()] == [1, 1]
    assert source.asked == 1


def test_it_is_looked_up_again_when_its_time_is_over(lately):
    lately.keep(7, seconds=0)
    assert lately.known() == 1


def test_it_is_looked_up_again_when_forgotten(lately):
    lately.known()
    lately.forget()
    assert lately.known() == 2


def test_who_only_asks_what_is_kept_asks_nobody(lately, source):
    assert lately.kept() == 0
    assert source.asked == 0
    lately.known()
    assert lately.kept() == 1


def test_what_was_known_is_known_while_the_database_is_away(lately, source):
    source.is_away = True
    assert lately.known() == 0
    lately.keep(7, seconds=0)
    assert lately.known() == 7
