"""Who travels together: added, shown, taken out, sent one by one."""

import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from consular.audit.models import Entry as AuditEntry
from consular.cases.actions import withdraw
from consular.cases.models import Case
from tests.factories.applications import (
    DECLARATION,
    VisaApplicationFactory,
    answer,
    complete,
    day,
    hand_in,
    submitted_application,
    tourist,
)
from tests.factories.missions import MissionFactory
from tests.factories.pages import filled_in
from tests.factories.party import companion, type_in
from visas.applications import actions, tokens
from visas.applications.models import LARGEST, Mandate, Party, SameAs, VisaApplication
from visas.applications.party import travellers
from visas.applications.party_names import names
from visas.kind import VisaKind

pytestmark = pytest.mark.django_db

LEILA = {"name.given": "LEILA", "name.surname": "AZAD", "name.native": "لیلا آزاد"}


def text(response):
    return " ".join(response.content.decode().split())


def url(application, name="party", *arguments):
    return reverse(f"applications:{name}", args=[application.pk, *arguments])


def add(client, beside, **fields):
    form = {"category": "TV", "residence": "QNR", "token": tokens.new_token(beside.applicant)} | fields
    return client.post(url(beside, "party_add"), form)


def members(draft):
    draft.refresh_from_db()
    return (
        list(VisaApplication.objects.filter(party=draft.party_id).order_by("place")) if draft.party_id else []
    )


# Adding ----------------------------------------------------------------------------------------


def test_the_task_list_leads_to_who_travels(client, at, draft):
    page = text(client.get(at("tasks")))
    assert "Who else travels with you?" in page
    assert url(draft) in page
    assert "1 traveller" in page
    companion(draft)
    assert "2 travellers" in text(client.get(at("tasks")))


def test_a_traveller_is_added_with_a_draft_of_their_own(client, draft, applicant):
    assert add(client, draft, category="BV").status_code == 302
    one, two = members(draft)
    assert (one, one.place, two.place) == (draft, 1, 2)
    assert (two.applicant, two.category, two.case) == (applicant, "BV", None)
    assert two.sheet_id != draft.sheet_id
    entry = AuditEntry.objects.about(two).get(verb="application.joined")
    assert (entry.actor, entry.detail["place"]) == (applicant, 2)


def test_one_form_adds_one_traveller_however_often_it_is_sent(client, draft, applicant):
    token = tokens.new_token(applicant)
    for _ in range(3):
        add(client, draft, token=token)
    assert len(members(draft)) == 2


def test_what_is_the_same_comes_over_from_the_start(client, draft):
    answer(draft, LEILA | {"trip.arrives_on": day(30), "trip.leaves_on": day(40)})
    page = text(client.get(url(draft, "party_add")))
    assert "What is the same as for LEILA AZAD?" in page
    assert "Dates and entries" in page
    add(client, draft, alike=["dates"])
    added = members(draft)[1]
    assert added.sheet.entries()["trip.arrives_on"].value == day(30)
    assert SameAs.objects.get().section == "dates"


@pytest.mark.parametrize("sections", [["names"], ["nowhere"], ["dates", "passport"], ["\x00"]])
def test_a_section_that_is_not_offered_is_not_taken(client, draft, sections):
    answer(draft, {"trip.entry_point": "Sabel"})
    response = add(client, draft, alike=sections)
    assert response.status_code == 200
    assert members(draft) == []


def test_the_form_says_what_is_missing(client, draft):
    page = text(add(client, draft, category="", residence=""))
    assert "<title>Error:" in page
    assert members(draft) == []


def test_the_eleventh_is_told_that_ten_travel(client, draft):
    for _ in range(LARGEST - 1):
        companion(draft)
    assert add(client, draft).url == url(draft)
    page = text(client.get(url(draft)))
    assert "At most 10 people can travel in one party" in page
    assert len(members(draft)) == LARGEST
    assert client.get(url(draft, "party_add")).url == url(draft)
    assert url(draft, "party_add") not in text(client.get(url(draft)))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_add_the_tenth_at_once_make_ten(draft):
    for _ in range(LARGEST - 2):
        companion(draft)
    outcomes = []

    def tab():
        try:
            companion(VisaApplication.objects.get(pk=draft.pk))
            outcomes.append("added")
        except actions.PartyIsFullError:
            outcomes.append("full")
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab) for _ in range(2)]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()
    assert sorted(outcomes) == ["added", "full"]
    assert len(members(draft)) == LARGEST


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_add_the_second_at_once_make_one_party(draft):
    def tab():
        companion(VisaApplication.objects.get(pk=draft.pk))
        connection.close()

    tabs = [threading.Thread(target=tab) for _ in range(2)]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()
    assert Party.objects.count() == 1
    assert [each.place for each in members(draft)] == [1, 2, 3]


# Looking ---------------------------------------------------------------------------------------


def test_the_page_shows_each_with_name_state_fee_and_what_is_missing(client, draft):
    two = companion(draft)
    complete(draft, tourist() | LEILA)
    type_in(two, {"birth.on": day(-700)})
    page = text(client.get(url(draft)))
    for words in ("LEILA AZAD", "Traveller 2", "Ready to send", "Not sent yet", "Your names", "Your birth",
                  "60 euros", "0 euros", "Fees of all travellers together:", "Go on with LEILA AZAD"):  # fmt: skip
        assert words in page
    assert url(two, "page", "names") in page
    assert url(draft, "check") in page


def test_a_name_stands_there_in_the_readers_script(client, draft):
    companion(draft)
    answer(draft, LEILA)
    page = text(client.get(f"/fa/apply/{draft.pk}/party/"))
    assert "لیلا آزاد" in page
    assert "LEILA" not in page
    with override("fa"):
        assert names([draft])[draft.pk] == "لیلا آزاد"
    answer(draft, {"name.native": "Лейла Азад"})
    with override("fa"):
        assert names([draft])[draft.pk] == "LEILA AZAD"


def test_who_travels_alone_sees_themselves_and_may_add_somebody(client, draft):
    page = text(client.get(url(draft)))
    assert "Traveller 1" in page
    assert url(draft, "party_add") in page
    assert "Take out" not in page


def test_the_page_asks_two_queries_for_each_traveller(client, draft, django_assert_num_queries):
    for each in (draft, companion(draft)):
        answer(each, LEILA)
    client.get(url(draft))
    # session, user, application, members, version of the policy, names; of each answers and files
    with django_assert_num_queries(6 + 2 * 2):
        client.get(url(draft))


def test_the_home_page_shows_the_party_together(client, draft, applicant):
    alone = VisaApplicationFactory(applicant=applicant)
    two = companion(draft)
    answer(draft, LEILA)
    page = text(client.get(reverse("portal:home")))
    assert "LEILA AZAD: Tourist visa" in page
    assert "Traveller 2: Tourist visa" in page
    assert page.count("Travelling together") >= 1
    assert page.count('govuk-summary-card"') == 2
    for each in (alone, draft, two):
        assert url(each, "tasks") in page


def test_a_page_says_whom_it_is_about(client, draft, at):
    companion(draft)
    answer(draft, LEILA)
    for page in (at("tasks"), at("page", "names"), at("documents"), at("check")):
        assert "LEILA AZAD" in text(client.get(page))


@pytest.mark.parametrize("name", ["party", "party_add", "party_leave"])
def test_a_stranger_finds_nothing(signed_in, stranger, draft, name):
    companion(draft)
    assert signed_in(stranger).get(url(draft, name)).status_code == 404
    assert signed_in(stranger).post(url(draft, name)).status_code in {404, 405}


@pytest.mark.parametrize("name", ["party", "party_add", "party_leave"])
def test_an_application_that_never_was_is_not_found(client, name):
    assert client.get(reverse(f"applications:{name}", args=[uuid.uuid4()])).status_code == 404


def test_who_acts_for_one_of_them_sees_that_one_and_changes_nothing(signed_in, stranger, draft, applicant):
    two = companion(draft)
    answer(draft, LEILA)
    Mandate.objects.create(
        application=two, given_by=applicant, holder=stranger, email=stranger.email, scope="act",
        ends_on=day(10), token_digest="x", accepted_at=two.created_at,
    )  # fmt: skip
    helper = signed_in(stranger)
    page = text(helper.get(url(two)))
    assert "Traveller 2" in page
    assert "LEILA" not in page
    assert "Take out" not in page
    assert helper.get(url(two, "party_add")).status_code == 404
    assert helper.post(url(two, "party_leave")).status_code == 404
    form = filled_in(helper, url(two, "page", "dates")) | {"then": "same", "other": str(draft.pk)}
    assert helper.post(url(two, "page", "dates"), form).status_code == 404


# Taking out ------------------------------------------------------------------------------------


def test_taking_out_asks_first_and_then_deletes_all_of_it(client, draft):
    two = companion(draft)
    hand_in(answer(two, LEILA), "passport")
    document = two.evidence.get().document
    assert "The answers and files of LEILA AZAD will be deleted" in text(client.get(url(two, "party_leave")))
    assert client.post(url(two, "party_leave")).url == url(draft)
    assert members(draft) == [draft]
    document.refresh_from_db()
    assert document.removed_at
    assert client.post(url(two, "party_leave")).status_code == 404


def test_whose_place_is_free_is_taken_by_the_next(client, draft):
    two, _three = companion(draft), companion(draft)
    client.post(url(two, "party_leave"))
    add(client, draft)
    assert [each.place for each in members(draft)] == [1, 2, 3]


def test_the_first_one_can_be_taken_out_too(client, draft):
    two = companion(draft)
    type_in(draft, LEILA | {"trip.entry_point": "Sabel"})
    actions.answer_alike(two, "dates", draft, by=draft.applicant)
    page = text(client.get(url(draft, "party_leave")))
    assert "They keep those answers" in page
    assert "Traveller 2" in page
    assert client.post(url(draft, "party_leave")).url == url(two)
    assert two.sheet.entries()["trip.entry_point"].value == "Sabel"


def test_with_the_last_one_the_party_is_gone(client, draft):
    two = companion(draft)
    client.post(url(two, "party_leave"))
    assert client.post(url(draft, "party_leave")).url == reverse("portal:home")
    assert not Party.objects.exists()


def test_who_travels_alone_is_asked_about_the_draft(client, draft):
    assert client.get(url(draft, "party_leave")).url == url(draft, "discard")


def test_who_was_sent_leaves_only_by_withdrawing(client, draft, applicant):
    sent = companion(draft)
    complete(sent, tourist() | DECLARATION)
    actions.submit(sent, by=applicant, language="en")
    case = Case.objects.get()
    page = text(client.get(url(sent, "party_leave")))
    assert reverse("portal:case_withdraw", args=[case.reference]) in page
    client.post(url(sent, "party_leave"))
    assert len(members(draft)) == 2
    withdraw(case, by=applicant)
    assert len(travellers(VisaApplication.objects.get(pk=draft.pk), applicant).members) == 1
    add(client, draft)
    sent.refresh_from_db()
    assert (sent.party, sent.place) == (None, None)
    assert [each.place for each in members(draft)] == [1, 2]


# Sending ---------------------------------------------------------------------------------------


def test_each_is_sent_alone_and_the_receipt_leads_on_to_the_others(client, draft, applicant):
    two = companion(draft)
    complete(draft, tourist() | LEILA | DECLARATION)
    actions.submit(draft, by=applicant, language="en")
    assert Case.objects.count() == 1
    page = text(client.get(url(draft, "submitted")))
    assert url(draft) in page
    party = text(client.get(url(draft)))
    assert Case.objects.get().spaced_reference in party
    assert f'href="{url(two, "tasks")}"' in party
    assert url(draft) in text(client.get(reverse("portal:case_detail", args=[Case.objects.get().reference])))


def test_the_receipt_names_its_own_traveller_alone(draft, applicant):
    from visas.applications.papers import receipt_context

    two = companion(draft)
    for each, name in ((draft, "LEILA"), (two, "OMID")):
        complete(each, tourist() | {"name.given": name} | DECLARATION)
        actions.submit(each, by=applicant, language="en")
    own = VisaApplication.objects.with_sheet().select_related("traveller", "trip").get(pk=draft.pk)
    assert "OMID" not in str({**receipt_context(own), "documents": []})


def test_an_officer_reads_who_travels_together_and_has_a_case_at_their_mission(draft, applicant):
    near, far, _not_sent = companion(draft), companion(draft, mission=MissionFactory()), companion(draft)
    for each, name in ((draft, "LEILA"), (near, "OMID"), (far, "SARA")):
        complete(each, tourist() | {"name.given": name} | DECLARATION)
        actions.submit(each, by=applicant, language="en")
    panels = VisaKind().panels(Case.objects.get(application=draft))
    (rows,) = [panel.rows for panel in panels if panel.title == "Travels together with"]
    assert [(row.label, row.value) for row in rows] == [
        ("AZAD OMID", f"{Case.objects.get(application=near).spaced_reference} · New")
    ]


def test_who_travels_alone_has_no_such_panel():
    case = submitted_application().case
    assert "Travels together with" not in {panel.title for panel in VisaKind().panels(case)}


# The buttons of a page -------------------------------------------------------------------------


@pytest.fixture
def dates(draft):
    """Return a companion of a draft whose dates are answered, and the address of the page about its own."""
    two = companion(draft)
    type_in(draft, LEILA | {"trip.arrives_on": day(30), "trip.leaves_on": day(40)})
    return two, url(two, "page", "dates")


def test_the_page_offers_the_answers_of_who_has_some(client, draft, dates):
    _two, page = dates
    assert "The same as for LEILA AZAD" in text(client.get(page))
    assert "The same as for" not in text(client.get(url(draft, "page", "dates")))
    assert "The same as for" not in text(client.get(url(draft, "page", "names")))


def test_pressing_the_button_saves_the_page_and_takes_the_answers(client, draft, dates):
    two, page = dates
    typed = filled_in(client, page) | {"trip-entry_point": "Sabel", "then": "same", "other": str(draft.pk)}
    assert client.post(page, typed).url == page
    after = text(client.get(page))
    assert "Filled in from the answers of LEILA AZAD" in after
    assert "Answer for this traveller alone" in after
    assert {name: entry.value for name, entry in two.sheet.entries().items()} == {
        "trip.arrives_on": day(30), "trip.leaves_on": day(40), "trip.entry_point": "Sabel",
    }  # fmt: skip
    assert "The same as for LEILA AZAD" in text(client.get(url(two, "tasks")))
    assert "The same as for LEILA AZAD" in text(client.get(url(two, "check")))


def test_answering_alone_again_says_so(client, draft, dates):
    two, page = dates
    for then in ("same", "apart", "apart"):
        client.post(page, filled_in(client, page) | {"then": then, "other": str(draft.pk)})
    assert not SameAs.objects.exists()
    assert two.sheet.entries()["trip.arrives_on"].value == day(30)


def test_who_already_follows_is_told_that_it_would_be_a_circle(client, draft, dates):
    two, page = dates
    client.post(page, filled_in(client, page) | {"then": "same", "other": str(draft.pk)})
    own = url(draft, "page", "dates")
    client.post(own, filled_in(client, own) | {"then": "same", "other": str(two.pk)})
    assert "answers this as this traveller does" in text(client.get(own))
    assert SameAs.objects.count() == 1


@pytest.mark.parametrize(
    "other", ["", "nobody", "00000000-0000-4000-8000-000000000000", "\x00", "itself", "a stranger"]
)
def test_somebody_who_does_not_travel_along_is_not_found_but_the_page_is_saved(client, dates, other):
    two, page = dates
    named = {"itself": str(two.pk), "a stranger": str(VisaApplicationFactory().pk)}
    typed = filled_in(client, page) | {
        "trip-entry_point": "Sabel", "then": "same", "other": named.get(other, other)
    }  # fmt: skip
    assert client.post(page, typed).status_code == 404
    assert two.sheet.entries()["trip.entry_point"].value == "Sabel"
    assert not SameAs.objects.exists()


@pytest.mark.parametrize("page", ["names", "passport", "birth"])
def test_what_everybody_answers_alone_cannot_be_taken(client, draft, dates, page):
    two, _ = dates
    address = url(two, "page", page)
    assert client.post(address, {"then": "same", "other": str(draft.pk)}).status_code == 404


def test_a_page_that_was_open_while_the_other_changed_ends_it(client, draft, dates):
    two, page = dates
    client.post(page, filled_in(client, page) | {"then": "same", "other": str(draft.pk)})
    stale = filled_in(client, page)
    type_in(draft, {"trip.arrives_on": day(31)})
    client.post(page, stale)
    assert not SameAs.objects.exists()
    assert two.sheet.entries()["trip.arrives_on"].value == day(30)


def test_a_minor_is_offered_the_adults_as_guardians(client, draft):
    child, baby = companion(draft), companion(draft)
    type_in(
        draft,
        LEILA | {"birth.on": day(-12000), "nationality.current": "QNR", "contact.phone": "+442079460000"},
    )
    for each in (child, baby):
        type_in(each, {"birth.on": day(-3000), "name.surname": "AZAD"})
    page = url(child, "page", "guardian")
    assert "It is LEILA AZAD" in text(client.get(page))
    client.post(page, {"shown": "", "then": "same", "other": str(baby.pk)})
    assert "is not known to be 18 or older" in text(client.get(page))
    client.post(
        page,
        {"shown": "guardian-relation", "guardian-relation": "mother", "then": "same", "other": str(draft.pk)},
    )
    entries = child.sheet.entries()
    assert (entries["guardian.surname"].value, entries["guardian.relation"].value) == ("AZAD", "mother")
    assert entries["guardian.phone"].value == "+442079460000"


def test_a_page_of_who_travels_alone_costs_nothing_more(client, at, django_assert_num_queries):
    client.get(at("page", "dates"))
    with django_assert_num_queries(5):  # session, user, application, version of the policy, answers
        client.get(at("page", "dates"))
