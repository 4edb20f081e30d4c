"""The page of processing times reads well with and without anything measured, and the checker tells the same."""

import datetime as dt
import re

import pytest

from consular.missions.models import Mission
from embassy.times.models import Figure, Measurement


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def measurement(db):
    return Measurement.objects.create(decided_from=dt.date(2026, 5, 26), decided_until=dt.date(2026, 11, 24))


@pytest.fixture
def figure(site, measurement):
    fields = {"measurement": measurement, "category": "TV", "half_within": 6, "most_within": 11}
    Figure.objects.create(cases=40, **fields)
    Figure.objects.create(cases=12, mission=Mission.objects.get(code="port-sabel"), **fields)


def test_before_the_first_measurement_the_page_tells_what_we_promise(site):
    page = text(site.get("/en/visas/processing-times/"))
    assert "Tourist visa We promise: 10 working days" in page
    assert "Nothing has been measured yet." in page
    assert "fewer than five decisions" in page


def test_a_measurement_without_figures_says_when_it_was_made(site, measurement):
    page = text(site.get("/en/visas/processing-times/"))
    assert "Nothing has been measured yet." not in page
    assert "Decisions from 26 May 2026 to 24 November 2026" in page


def test_what_was_measured_stands_beside_what_we_promise(site, figure):
    page = text(site.get("/en/visas/processing-times/"))
    told = "Half of the decisions came within 6 working days, four of five within 11 working days."
    assert f"We promise: 10 working days {told} (40 decisions)" in page
    assert "At each embassy" in page
    assert "(12 decisions)" in page


@pytest.mark.parametrize("path", ["visas/tv/", "visas/check/IRN/ordinary/tourism/30/2026-12-24/"])
def test_the_visa_page_and_the_checker_tell_what_was_measured(site, figure, path):
    assert "four of five within 11 working days" in text(site.get(f"/en/{path}"))


def test_a_new_measurement_shows_at_once(site, figure, measurement):
    site.get("/en/visas/processing-times/")
    Figure.objects.filter(cases=40).update(half_within=7)
    assert "within 7 working days" in text(site.get("/en/visas/processing-times/"))
