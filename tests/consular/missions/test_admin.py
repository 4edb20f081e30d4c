"""The desk's page of a mission: its times beside it, overlapping ones refused in words, changes in the trail."""

import re
from datetime import date, time
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from consular.audit.models import Entry
from consular.missions.models import Closure, OpeningHours, Season
from tests.factories.missions import OpeningHoursFactory

pytestmark = pytest.mark.django_db
NINE = {"weekday": "0", "opens": "09:00", "closes": "12:00", "service": "", "season": ""}


@pytest.fixture
def root(signed_in, superuser):
    return signed_in(superuser)


@pytest.fixture
def save(root, mission):
    """Return a function that saves the mission's page with these new rows: `save(opening_hours=[…])`."""
    address = reverse("admin:missions_mission_change", args=[mission.pk])

    def send(fields=(), **rows):
        data = typed(root.get(address).content.decode()) | dict(fields)
        for part, new in rows.items():
            start = int(data[f"{part}-TOTAL_FORMS"])
            data[f"{part}-TOTAL_FORMS"] = start + len(new)
            for number, row in enumerate(new, start):
                data |= {f"{part}-{number}-{name}": value for name, value in row.items()}
        return root.post(address, data)

    return send


class Fields(HTMLParser):
    """Collects what a browser would send of a page that nobody touched."""

    def __init__(self):
        super().__init__()
        self.data, self.area, self.select = {}, "", ""

    def handle_starttag(self, tag, attributes):
        each = dict(attributes)
        if tag == "input" and each.get("name") and each.get("type") not in {"checkbox", "submit"}:
            self.data[each["name"]] = each.get("value", "")
        if tag == "textarea":
            self.area = each["name"]
            self.data[self.area] = ""
        if tag == "select":
            self.select = each.get("name", "")
        if tag == "option" and "selected" in each:
            self.data[self.select] = each["value"]

    def handle_data(self, data):
        if self.area:
            self.data[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.data[self.area] = self.data[self.area].strip()
            self.area = ""


def typed(html):
    fields = Fields()
    fields.feed(html)
    return {name: value for name, value in fields.data.items() if "__prefix__" not in name}


def test_a_mission_is_changed_and_the_trail_knows_what(save, mission):
    answer = save({"name_fa": " سفارت ", "address_en": "1 Quay", "phone": "+44 1632 960001"})
    assert answer.status_code == 302, errors(answer)
    mission.refresh_from_db()
    assert mission.name == {"en": "Embassy Port Sabel", "fa": "سفارت"}
    assert mission.address == {"en": "1 Quay"}
    entry = Entry.objects.about(mission).get()
    assert entry.verb == "mission.changed"
    assert "Quay" not in str(entry.detail)


def test_what_is_not_touched_is_no_change(save, mission):
    save()
    assert Entry.objects.about(mission).get().detail.get("fields") in ([], None)


def test_a_name_is_wanted_in_some_language(save):
    assert "This field is required" in errors(save({"name_en": "", "name_fa": ""}))


def test_a_text_with_a_nul_is_refused(save):
    assert "Null characters are not allowed" in errors(save({"address_en": "a\0b"}))


def errors(answer):
    return re.sub(
        r"<[^>]+>", "", " ".join(re.findall(r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL))
    )


def test_times_are_kept_beside_the_mission_and_the_trail_knows(save, mission, superuser):
    answer = save(
        opening_hours=[NINE, NINE | {"opens": "13:00", "closes": "00:00"}],
        holidays=[{"on": "2026-12-02", "name_en": "National Day", "name_fa": "روز ملی"}],
        closures=[{"starts_on": "2026-12-13", "ends_on": "2026-12-14", "reason_en": "Moving"}],
        arrangements=[{"residences": "FR,ES", "nationalities": "", "services": "visas", "reason_en": "R"}],
    )
    assert answer.status_code == 302, errors(answer)
    assert [str(each.opens) for each in mission.opening_hours.all()] == ["09:00:00", "13:00:00"]
    assert str(mission.holidays.get()) == "National Day"
    assert mission.closures.get().ends_on == date(2026, 12, 14)
    assert mission.arrangements.get().residences == ["FR", "ES"]
    entry = Entry.objects.about(mission).get()
    assert (entry.verb, entry.actor) == ("mission.changed", superuser)


@pytest.mark.parametrize(
    ("opens", "closes"), [("11:00", "13:00"), ("09:00", "12:00"), ("08:00", "00:00"), ("10:00", "11:00")]
)
def test_new_hours_that_overlap_each_other_are_refused_in_words(save, opens, closes):
    answer = save(opening_hours=[NINE, NINE | {"opens": opens, "closes": closes}])
    assert answer.status_code == 200
    assert "Two of these rows overlap" in errors(answer)
    assert not OpeningHours.objects.exists()


def test_new_hours_that_overlap_kept_ones_are_refused_in_words(save, mission):
    OpeningHoursFactory(mission=mission)
    answer = save(opening_hours=[NINE | {"opens": "11:00", "closes": "13:00"}])
    assert "overlap" in errors(answer)
    assert OpeningHours.objects.count() == 1


def test_hours_of_another_season_or_service_do_not_overlap(save, mission):
    season = Season.objects.create(mission=mission, name={"en": "S"}, starts_on=date(2027, 1, 1))
    answer = save(opening_hours=[NINE, NINE | {"service": "visas"}, NINE | {"season": season.pk}])
    assert answer.status_code == 302, errors(answer)
    assert OpeningHours.objects.count() == 3


def test_hours_that_close_before_they_open_are_refused_in_words(save):
    assert "It closes before it opens." in errors(save(opening_hours=[NINE | {"closes": "08:00"}]))


def test_closures_that_overlap_are_refused_in_words(save):
    row = {"starts_on": "2026-12-13", "ends_on": "2026-12-14", "reason_en": "Moving"}
    assert "overlap" in errors(save(closures=[row, row | {"starts_on": "2026-12-14"}]))
    assert "The last day is before the first." in errors(save(closures=[row | {"ends_on": "2026-12-01"}]))
    assert not Closure.objects.exists()


def test_seasons_without_a_last_day_overlap_all_later_ones(save):
    rows = [{"starts_on": f"{year}-01-01", "ends_on": "", "name_en": "S"} for year in (2027, 2030)]
    assert "overlap" in errors(save(seasons=rows))


def test_a_season_of_another_mission_is_not_offered(save, other_mission):
    season = Season.objects.create(mission=other_mission, name={"en": "S"}, starts_on=date(2027, 1, 1))
    answer = save(opening_hours=[NINE | {"season": season.pk}])
    assert answer.status_code == 200
    assert not OpeningHours.objects.exists()


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", "x" * 40])
def test_a_time_zone_that_does_not_exist_is_refused(mission, zone):
    from django.core.exceptions import ValidationError

    mission.zone = zone
    with pytest.raises(ValidationError, match="IANA"):
        mission.full_clean()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"jurisdiction": "FR,ZZ"}, "“ZZ” is no two-letter code of a country."),
        ({"country": "xx"}, "“xx” is no two-letter code of a country."),
        ({"services": "visas,miracles"}, "“miracles” is no service."),
    ],
)
def test_codes_that_name_nothing_are_refused_in_words(save, fields, words):
    assert words in errors(save(fields))


def test_nationalities_of_an_arrangement_exist(save):
    row = {"residences": "", "nationalities": "FRA,FR", "services": "", "reason_en": "R"}
    assert "“FR” is no three-letter code of a nationality." in errors(save(arrangements=[row]))


def test_a_mission_with_all_hours_it_may_have_can_still_be_saved(save, mission):
    """Seven services, six days, two spans: the page sends some six hundred fields."""
    from consular.missions.status import Service

    spans = [("09:00", "12:00"), ("13:00", "16:00")]
    OpeningHours.objects.bulk_create(
        OpeningHours(mission=mission, service=service, weekday=day, opens=opens, closes=closes)
        for service in Service.values
        for day in range(6)
        for opens, closes in spans
    )
    assert save(holidays=[{"on": "2026-12-02", "name_en": "H"}]).status_code == 302
    assert mission.holidays.count() == 1
    assert mission.opening_hours.first().opens == time(9)


# Who heads a mission


def address_of(mission, page="change"):
    return reverse(f"admin:missions_mission_{page}", args=[mission.pk])


def save_as(client, mission, **changes):
    address = address_of(mission)
    return client.post(address, typed(client.get(address).content.decode()) | changes)


def test_a_consul_finds_the_mission_they_head_and_no_other(signed_in, consul, mission, other_mission):
    client = signed_in(consul)
    address = reverse("admin:missions_mission_changelist")
    assert f'href="{address}"' in client.get(reverse("admin:index")).content.decode()
    assert [each.pk for each in client.get(address).context["cl"].result_list] == [mission.pk]


def test_a_consul_keeps_hours_holidays_and_the_telephone_and_the_trail_knows(signed_in, consul, mission):
    rows = {"opening_hours-TOTAL_FORMS": "1", "holidays-TOTAL_FORMS": "1"}
    hours = {f"opening_hours-0-{name}": value for name, value in NINE.items()}
    holiday = {"holidays-0-on": "2026-12-02", "holidays-0-name_en": "National Day"}
    answer = save_as(signed_in(consul), mission, phone="+44 1632 960001", **rows, **hours, **holiday)
    assert answer.status_code == 302, errors(answer)
    mission.refresh_from_db()
    assert mission.phone == "+44 1632 960001"
    assert (mission.opening_hours.get().opens, str(mission.holidays.get())) == (time(9), "National Day")
    entry = Entry.objects.about(mission).get()
    assert (entry.verb, entry.actor) == ("mission.changed", consul)


def test_a_consul_changes_nothing_of_whom_the_mission_serves(signed_in, consul, mission):
    before = (mission.country, mission.jurisdiction, mission.services, mission.zone)
    forged = {"country": "FR", "jurisdiction": "FR", "services": "visas", "zone": "Asia/Tehran", "code": "x"}
    arrangement = {"arrangements-0-residences": "FR", "arrangements-0-reason_en": "R"}
    counts = {"arrangements-TOTAL_FORMS": "1", "arrangements-INITIAL_FORMS": "0"}
    answer = save_as(signed_in(consul), mission, is_virtual="on", **forged, **arrangement, **counts)
    assert answer.status_code == 302, errors(answer)
    mission.refresh_from_db()
    assert (mission.country, mission.jurisdiction, mission.services, mission.zone) == before
    assert (mission.code, mission.is_virtual) == ("port-sabel", False)
    assert not mission.arrangements.exists()


@pytest.mark.parametrize("page", ["change", "history"])
def test_the_mission_of_another_head_does_not_exist(page, signed_in, consul, other_mission):
    client = signed_in(consul)
    assert client.get(address_of(other_mission, page)).status_code == 404
    assert client.post(address_of(other_mission), {"phone": "1"}).status_code == 404


def test_a_consul_neither_makes_nor_deletes_missions(signed_in, consul, mission):
    client = signed_in(consul)
    assert client.get(reverse("admin:missions_mission_add")).status_code == 404
    assert client.post(address_of(mission, "delete"), {"post": "yes"}).status_code == 404


def test_who_headed_a_mission_once_keeps_it_no_longer(signed_in, consul, mission):
    consul.postings.update(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    assert signed_in(consul).get(address_of(mission)).status_code == 404


@pytest.mark.parametrize("person", ["officer", "auditor"])
def test_who_serves_there_without_heading_it_does_not_keep_it(person, request, signed_in, mission):
    client = signed_in(request.getfixturevalue(person))
    assert client.get(address_of(mission)).status_code == 404
    assert client.get(reverse("admin:missions_mission_changelist")).status_code == 404


def test_a_superuser_keeps_every_mission(root, mission, other_mission):
    address = reverse("admin:missions_mission_changelist")
    assert len(root.get(address).context["cl"].result_list) == 2
    assert 'name="zone"' in root.get(address_of(other_mission)).content.decode()
