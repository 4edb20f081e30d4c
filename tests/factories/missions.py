"""Missions and postings for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from consular.lib.multilingual import Multilingual
from consular.missions.models import Mission, Posting, Role
from tests.factories.accounts import StaffFactory


class MissionFactory(DjangoModelFactory):
    class Meta:
        model = Mission

    code = factory.Sequence(lambda n: f"mission-{n}")
    name = factory.LazyAttribute(
        lambda mission: Multilingual(en=f"Embassy {mission.code}", fa=f"سفارت {mission.code}")
    )
    country = "QN"
    jurisdiction = factory.LazyFunction(list)
    weekend = factory.LazyFunction(lambda: [5, 6])


class PostingFactory(DjangoModelFactory):
    class Meta:
        model = Posting

    user = factory.SubFactory(StaffFactory)
    mission = factory.SubFactory(MissionFactory)
    role = Role.OFFICER
    starts_on = date(2020, 1, 1)
