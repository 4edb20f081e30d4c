import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from consular.lib.multilingual import Multilingual, MultilingualField
from tests.factories.missions import MissionFactory


def test_text_is_in_the_language_of_the_page_or_in_english():
    text = Multilingual(en="Embassy", fa="سفارت")
    with override("fa"):
        assert str(text) == "سفارت"
    with override("fr"):
        assert str(text) == "Embassy"
    assert str(Multilingual(fa="سفارت")) == "سفارت"
    assert str(Multilingual()) == ""


def test_text_is_escaped_in_templates():
    assert Multilingual(en="<b>").__html__() == "&lt;b&gt;"


@pytest.mark.django_db
def test_a_column_gives_back_what_was_stored():
    mission = MissionFactory(name=Multilingual(en="Port", fa="بندر"))
    mission.refresh_from_db()
    assert isinstance(mission.name, Multilingual)
    assert mission.name == {"en": "Port", "fa": "بندر"}


def test_a_plain_string_counts_as_english():
    assert MultilingualField().to_python("Port") == {"en": "Port"}


@pytest.mark.parametrize("value", [{"en": 1}, ["Port"], {"en": {"x": "y"}}])
def test_what_is_no_text_by_language_is_refused(value):
    with pytest.raises((ValidationError, ValueError)):
        MultilingualField().clean(value, None)
