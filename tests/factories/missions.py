"""Missions and postings for tests."""

from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from consular.lib.multilingual import Multilingual
from consular.missions.models import Arrangement, Mission, OpeningHours, Posting, Role
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


class ArrangementFactory(DjangoModelFactory):
    class Meta:
        model = Arrangement

    mission = factory.SubFactory(MissionFactory)
    residences = factory.LazyFunction(lambda: ["FR"])
    reason = factory.LazyFunction(lambda: Multilingual(en="Because we agreed so."))


class OpeningHoursFactory(DjangoModelFactory):
    class Meta:
        model = OpeningHours

    mission = factory.SubFactory(MissionFactory)
    weekday = 0
    opens = time(9)
    closes = time(12)
