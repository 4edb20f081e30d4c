"""The number of the edition changes with everything that public pages show."""

import pytest
from django.db import connection

from consular.missions.models import Mission
from embassy.content import edition
from embassy.content.models import Edition
from embassy.demo import policy
from tests.factories.content import ApprovedFactory, DraftFactory
from visas.policy.models import Fee

pytestmark = pytest.mark.django_db


def test_before_anything_was_written_the_number_is_nought():
    Edition.objects.all().delete()
    assert edition.number() == 0


def test_a_text_a_page_a_mission_and_the_law_make_an_edition():
    numbers = [edition.number()]
    text = DraftFactory()
    numbers.append(edition.number())
    type(text).objects.update(title="Another")
    numbers.append(edition.number())
    Mission.objects.create(code="m", name={"en": "M"}, country="QN")
    numbers.append(edition.number())
    policy.load()
    numbers.append(edition.number())
    Fee.objects.all().delete()
    numbers.append(edition.number())
    assert numbers == sorted(set(numbers))


def test_sql_by_hand_makes_an_edition():
    ApprovedFactory()
    before = edition.number()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE content_node SET position = 7")
    assert edition.number() > before


def test_asking_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        edition.number()
