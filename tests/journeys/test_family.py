"""A family of four travels together: one login, two languages, a daughter under age, a grandmother added twice."""

import pytest

from consular.cases.models import Case
from consular.questionnaires.status import Source
from tests.factories.applications import DECLARATION, day, tourist
from tests.journeys import steps
from visas.applications.models import SameAs, VisaApplication

pytestmark = pytest.mark.browser

OFFICER = "officer@velmaris.example.org"
SHIRIN = {"name.given": "SHIRIN", "name.native": "شیرین آزاد", "passport.number": "N1234567"}
OMID = {"name.given": "OMID", "name.native": "امید آزاد", "person.sex": "M", "passport.number": "N1234568"}
SARA = {
    "name.given": "SARA", "name.native": "سارا آزاد", "passport.number": "N1234569",
    "birth.on": day(-2500), "work.occupation": "child", "guardian.relation": "mother",
}  # fmt: skip
MAHIN = {
    "name.given": "MAHIN",
    "name.native": "مهین آزاد",
    "passport.number": "N1234560",
    "birth.on": day(-29000),
}


def add(visitor):
    """Add a traveller who shares what can be shared, and open the tasks of the draft."""
    visitor.follow("Who else travels with you?")
    visitor.press("Add another traveller")
    visitor.choose(category="TV")
    visitor.picture("add")
    visitor.press("Add the traveller")
    visitor.follow("I will type it")
    visitor.tasks = visitor.page.url
    return VisaApplication.objects.order_by("-created_at").first()


def fill_in(visitor, answers, language):
    """Answer what is left to answer, page after page, in a language."""
    visitor.tasks = visitor.tasks.replace(f"/{visitor.language}/", f"/{language}/")
    visitor.language = language
    visitor.visit(visitor.tasks)
    visitor.picture("tasks")
    visitor.page.locator('main .govuk-task-list a[href*="/questions/"]').first.click()
    seen = []
    while "/questions/" in visitor.page.url and len(seen) < 30:
        seen.append(visitor.page.url.split("/")[-2])
        visitor.look()
        if seen[-1] == "guardian" and seen.count("guardian") == 1:
            name_the_guardian(visitor)
        steps.answer_page(visitor, answers)
        visitor.press("Save and continue")
    assert visitor.page.url == visitor.tasks
    return seen


def name_the_guardian(visitor):
    visitor.picture("guardian")
    visitor.page.select_option('[name="other"]', label="شیرین آزاد")
    visitor.press("It is this traveller")
    visitor.picture("guardian-named")


def send(visitor, folder, answers, settled):
    """Hand in the papers of one traveller and submit; returns the reference."""
    folder.mkdir()
    steps.hand_in(visitor, steps.draw_papers(folder, answers))
    settled()
    visitor.visit(visitor.tasks + "check/")
    visitor.press("Continue to the declaration")
    visitor.picture("declaration")
    steps.answer_page(visitor, DECLARATION | {"declare.guardian": True})
    visitor.press("Submit the application")
    return visitor.page.locator(".govuk-panel__body strong").inner_text()


def change_the_hotel(visitor, leader, followers):
    visitor.go("applications:page", leader.pk, "lodging")
    steps.answer_page(visitor, {"place.name": "Hotel Beacon"})
    visitor.press("Save and continue")
    for each in followers:
        entry = each.sheet.entries()["place.name"]
        assert (entry.value, entry.source) == ("Hotel Beacon", Source.MEMBER)


def answer_apart(visitor, follower):
    """Type a telephone number of one's own where the rest is as for another traveller."""
    visitor.go("applications:page", follower.pk, "contact")
    visitor.picture("alike")
    steps.answer_page(visitor, {"contact.phone": "+442079460001"})
    visitor.press("Save and continue")
    assert not SameAs.objects.filter(application=follower, section="contact").exists()
    assert follower.sheet.entries()["contact.address"].value == "1 Harbour Street\nSabel"


def take_out(visitor, traveller):
    visitor.go("applications:party_leave", traveller.pk)
    visitor.picture("leave")
    visitor.press("Take out and delete")
    visitor.picture("party")
    assert not VisaApplication.objects.filter(pk=traveller.pk).exists()


def sees_who_travels_together(officer, references):
    steps.staff_signs_in(officer, OFFICER)
    steps.open_case(officer, references[0])
    officer.picture("desk")
    for reference in references[1:]:
        assert officer.sees(reference)


def test_a_family_of_four_applies_together_and_is_sent_one_by_one(visitor, mailbox, tmp_path, settled):
    family, address = visitor("fa"), "family@example.org"
    mine = tourist() | {"contact.email": address}
    steps.open_an_account(family, mailbox, address)
    steps.fill_in(family, mine | SHIRIN)
    shirin, tasks = VisaApplication.objects.get(), {"SHIRIN": family.tasks}

    omid = add(family)
    pages = fill_in(family, mine | OMID, "en")
    assert "dates" not in pages
    assert "contact" not in pages
    tasks["OMID"] = family.tasks
    sara = add(family)
    fill_in(family, mine | SARA, "fa")
    tasks["SARA"] = family.tasks

    take_out(family, add(family))
    family.visit(family.address("applications:tasks", omid.pk))
    mahin = add(family)
    fill_in(family, mine | MAHIN, "en")
    tasks["MAHIN"] = family.tasks

    change_the_hotel(family, shirin, (omid, sara, mahin))
    assert sara.sheet.entries()["guardian.surname"].value == "AZAD"
    answer_apart(family, mahin)
    family.go("applications:party", shirin.pk)
    family.picture("party-ready")
    family.go("portal:home")
    family.picture("home")
    references = []
    for number, (answers, language) in enumerate(((SHIRIN, "fa"), (OMID, "en"), (SARA, "fa"), (MAHIN, "en"))):
        family.language, family.tasks = language, tasks[answers["name.given"]]
        references.append(send(family, tmp_path / str(number), mine | answers, settled))
        family.picture("submitted")
        family.follow("See who travels together, and go on")
        assert family.page.locator(".govuk-summary-card").count() == len(tasks)
    family.picture("party-sent")
    assert Case.objects.count() == len(set(references)) == len(tasks)
    consents = sara.consents.values_list("question", "language")
    assert ("declare.guardian", "fa") in consents

    settled()
    sees_who_travels_together(visitor("en", width=1280, height=800), references)
