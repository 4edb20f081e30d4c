"""Mandates: invited, accepted, used, ended."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consular.audit.models import Entry
from consular.cases import deputies
from consular.cases.actions.withdraw import withdraw
from consular.cases.explain import history
from consular.cases.kinds import kind_of
from consular.cases.models import Case
from consular.lib.ended import RightEndedError
from consular.lib.refusal import RefusedError
from consular.notifications.models import Message
from consular.outbox.effects import pay_due
from consular.questionnaires.filling import Entry as Answered
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    DECLARATION,
    VisaApplicationFactory,
    answer,
    complete,
    submitted_application,
)
from tests.factories.documents import DocumentFactory
from tests.factories.mandates import MandateFactory, held
from tests.factories.missions import PostingFactory
from tests.factories.party import companion
from visas.applications import actions, mandates
from visas.applications.actions.accept import NotAccepted, accept, decline
from visas.applications.actions.end_mandate import end_mandate, owe_words_about_ends
from visas.applications.actions.invite import NotInvited, Offer, invite
from visas.applications.copies import versions
from visas.applications.draft import Draft
from visas.applications.models import Evidence, Mandate, Party, Scope, State, VisaApplication

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper():
    return UserFactory(email="sara@example.org", name="Sara Karimi")


def offered(email="sara@example.org", **fields):
    today = timezone.localdate()
    return Offer(**{"email": email, "scope": Scope.ACT, "ends_on": today + dt.timedelta(days=90), **fields})


def token_in_the_mail():
    pay_due()
    body = mail.outbox[-1].body
    return body.partition("/invitations/")[2].partition("/")[0]


# Inviting


def test_the_invitation_names_nobody_and_its_token_is_nowhere_in_the_database(draft, applicant):
    mandate = invite(draft, offered(), by=applicant, language="en")
    token = token_in_the_mail()
    letter = mail.outbox[-1]
    assert letter.to == ["sara@example.org"]
    assert "Shirin" not in letter.subject + letter.body
    assert mandates.invitation(token) == mandate
    assert token not in mandate.token_digest
    assert not Message.objects.filter(body__contains=token).exists()


def test_the_invitation_speaks_the_language_of_the_page(draft, applicant):
    invite(draft, offered(), by=applicant, language="fa")
    token_in_the_mail()
    assert mail.outbox[-1].extra_headers["Content-Language"] == "fa"
    assert "/fa/apply/invitations/" in mail.outbox[-1].body


@pytest.mark.parametrize("email", ["applicant@example.org", "Applicant@Example.org"])
def test_nobody_invites_themselves(draft, applicant, email):
    with pytest.raises(RefusedError) as refused:
        invite(draft, offered(email), by=applicant, language="en")
    assert refused.value.obstacle == NotInvited.ONESELF


def test_the_same_person_is_invited_once(draft, applicant):
    first = invite(draft, offered(), by=applicant, language="en")
    with pytest.raises(RefusedError) as refused:
        invite(draft, offered("SARA@example.org", scope=Scope.FILL), by=applicant, language="en")
    assert refused.value.obstacle == NotInvited.TWICE
    end_mandate(first, by=applicant)
    assert invite(draft, offered(), by=applicant, language="en") != first


def test_five_invitations_a_day_are_enough(draft, applicant):
    for number in range(5):
        invite(draft, offered(f"helper{number}@example.org"), by=applicant, language="en")
    with pytest.raises(RefusedError) as refused:
        invite(draft, offered("one.more@example.org"), by=applicant, language="en")
    assert refused.value.obstacle == NotInvited.TOO_MANY


def test_whether_an_address_has_an_account_changes_nothing(helper):
    asked = []
    for email in (helper.email, "nobody.knows@example.org"):
        draft = VisaApplicationFactory()
        with CaptureQueriesContext(connection) as queries:
            invite(draft, offered(email), by=draft.applicant, language="en")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_mandate_may_be_for_the_whole_party(draft, applicant, helper):
    party = Party.objects.create(owner=applicant)
    VisaApplication.objects.filter(pk=draft.pk).update(party=party, place=1)
    mandate = invite(draft, offered(whole_party=True), by=applicant, language="en")
    accept(mandate, by=helper)
    later = VisaApplicationFactory(applicant=applicant, party=party, place=2)
    assert set(VisaApplication.objects.open_to(helper)) == {draft, later}


# Accepting


def test_accepting_lets_somebody_act_and_tells_both(draft, applicant, helper):
    mandate = MandateFactory(application=draft, email="Sara@example.org", scope=Scope.ACT)
    assert not VisaApplication.objects.open_to(helper).exists()
    accept(mandate, by=helper)
    assert VisaApplication.objects.open_to(helper, Scope.ACT).get() == draft
    told = {message.to: message for message in Message.objects.all()}
    assert "Sara Karimi" in told[applicant].body
    assert "Shirin Azad" in told[helper].body
    assert all("Sara" not in each.subject and "Shirin" not in each.subject for each in told.values())


def test_accepted_twice_by_the_invited_it_is_accepted_once(draft, helper):
    mandate = MandateFactory(application=draft, email=helper.email)
    first = accept(mandate, by=helper)
    assert accept(mandate, by=helper).accepted_at == first.accepted_at
    assert Entry.objects.filter(verb="mandate.accepted").count() == 1


def test_only_the_invited_address_accepts(draft, stranger, helper):
    mandate = MandateFactory(application=draft, email="work@example.org")
    for user in (stranger, helper):
        with pytest.raises(RefusedError) as refused:
            accept(mandate, by=user)
        assert refused.value.obstacle == NotAccepted.ANOTHER
    EmailAddress.objects.create(user=helper, email="work@example.org", verified=False)
    with pytest.raises(RefusedError):
        accept(mandate, by=helper)
    EmailAddress.objects.filter(user=helper).update(verified=True)
    assert accept(mandate, by=helper).holder == helper


@pytest.mark.parametrize(
    "fields",
    [
        {"invited_at": timezone.now() - dt.timedelta(days=15)},
        {"ended_at": timezone.now()},
        {"ends_on": dt.date(2020, 1, 1)},
    ],
)
def test_an_invitation_that_is_void_is_accepted_by_nobody(draft, helper, fields):
    mandate = MandateFactory(application=draft, email=helper.email, **fields)
    with pytest.raises(RefusedError) as refused:
        accept(mandate, by=helper)
    assert refused.value.obstacle == NotAccepted.VOID


def test_staff_act_for_nobody_where_they_serve(draft, officer_elsewhere):
    here = PostingFactory(mission=draft.mission).user
    with pytest.raises(RefusedError) as refused:
        accept(MandateFactory(application=draft, email=here.email), by=here)
    assert refused.value.obstacle == NotAccepted.CONFLICT
    elsewhere = MandateFactory(application=draft, email=officer_elsewhere.email)
    assert accept(elsewhere, by=officer_elsewhere).is_in_force()


def test_declining_tells_the_applicant(draft, applicant, helper):
    mandate = MandateFactory(application=draft, email=helper.email)
    decline(mandate, by=helper)
    decline(mandate, by=helper)
    assert Message.objects.get(to=applicant).template == "mandates/declined"
    mandate.refresh_from_db()
    assert mandate.state == State.WITHDRAWN


# Using it


def test_what_a_holder_changes_is_marked_and_the_rest_stays_the_applicants(draft, helper):
    held(draft, by=helper)
    answer(draft, {"name.surname": "AZAD", "name.given": "SHIRIN"})
    known = Draft.of(draft).filling
    given = {
        "name.surname": Answered("AZAD"),
        "name.given": Answered("SHIRIN M"),
        "name.native": Answered("شیرین"),
    }
    actions.fill_in(draft, draft.sheet, given, known=known, by=helper)
    assert set(mandates.marks(draft.sheet)) == {"name.given", "name.native"}
    assert mandates.marks(draft.sheet)["name.given"].startswith("Filled in by Sara Karimi, ")
    entry = Entry.objects.get(verb="application.filled_in")
    assert (entry.actor, entry.detail["on_behalf_of"]) == (helper, draft.applicant_id)


def test_three_editors_of_one_page_keep_all_answers(draft, applicant, helper):
    other = UserFactory()
    for user in (helper, other):
        held(draft, by=user)
    known = Draft.of(draft).filling
    for user, question in ((helper, "name.surname"), (other, "name.given"), (applicant, "name.native")):
        actions.fill_in(draft, draft.sheet, {question: Answered("AZAD")}, known=known, by=user)
    assert {name for name, entry in draft.sheet.entries().items() if entry.value} == {
        "name.surname", "name.given", "name.native",
    }  # fmt: skip


def test_who_may_act_signs_on_behalf_of_the_applicant(draft, applicant, helper):
    held(draft, by=helper, scope=Scope.ACT)
    answer(complete(draft), DECLARATION)
    case = actions.submit(draft, by=helper, language="en")
    assert case.applicant == applicant
    consent = draft.consents.first()
    assert consent.by == helper
    assert consent.text.startswith("Signed by Sara Karimi on behalf of Shirin Azad")
    event = case.events.get()
    assert event.by == helper


def test_who_only_fills_in_submits_nothing(draft, helper):
    held(draft, by=helper)
    answer(complete(draft), DECLARATION)
    with pytest.raises(RightEndedError):
        actions.submit(draft, by=helper, language="en")


def test_a_mandate_that_ended_meanwhile_submits_nothing(draft, applicant, helper):
    mandate = held(draft, by=helper, scope=Scope.ACT)
    answer(complete(draft), DECLARATION)
    end_mandate(mandate, by=applicant)
    with pytest.raises(RightEndedError):
        actions.submit(draft, by=helper, language="en")
    assert VisaApplication.objects.get(pk=draft.pk).case is None


def test_what_is_on_its_way_when_a_mandate_ends_is_not_saved(draft, applicant, helper):
    mandate, known = held(draft, by=helper), Draft.of(draft).filling
    end_mandate(mandate, by=applicant)
    with pytest.raises(RightEndedError):
        actions.fill_in(draft, draft.sheet, {"name.given": Answered("S")}, known=known, by=helper)
    assert not draft.sheet.answers.exists()


def test_a_name_that_runs_the_other_way_keeps_to_itself():
    words = mandates.mark("سارا کریمی", timezone.now())
    assert words.startswith("Filled in by \u2068سارا کریمی\u2069, ")
    assert "\u2068" not in mandates.mark("Sara Karimi", timezone.now())


def test_the_history_says_who_acted(applicant, helper):
    draft = answer(complete(VisaApplicationFactory(applicant=applicant)), DECLARATION)
    held(draft, by=helper, scope=Scope.ACT)
    case = actions.submit(draft, by=helper, language="en")
    [(_at, words)] = history(case)
    assert words == "We received your application (Sara Karimi, on behalf of the applicant)"


def test_the_copy_says_what_the_representative_filled_in_and_never_changes(draft, applicant, helper):
    held(draft, by=helper, scope=Scope.ACT)
    complete(draft)
    given = {"name.given": Answered("SHIRIN MARYAM"), **{name: Answered(True) for name in DECLARATION}}
    actions.fill_in(draft, draft.sheet, given, known=Draft.of(draft).filling, by=helper)
    actions.submit(draft, by=helper, language="en")
    application = VisaApplication.objects.with_sheet().get(pk=draft.pk)
    [version] = versions(application)
    assert version.record["filled_in_by_representative"] == sorted(["name.given", *DECLARATION])
    assert {each["by"] for each in version.record["declarations"]} == {"representative"}
    helper.name = "Sara Married"
    helper.save()
    assert versions(application)[0].digest == application.digest


def test_the_copy_of_who_acted_alone_is_as_it_always_was(applicant):
    [version] = versions(submitted_application(applicant=applicant))
    assert "filled_in_by_representative" not in version.record


def test_the_officer_reads_who_acts_and_what_they_filled_in(applicant, helper):
    draft = complete(VisaApplicationFactory(applicant=applicant))
    held(draft, by=helper, scope=Scope.ACT)
    given = {"name.given": Answered("SHIRIN MARYAM"), **{name: Answered(True) for name in DECLARATION}}
    actions.fill_in(draft, draft.sheet, given, known=Draft.of(draft).filling, by=helper)
    case = actions.submit(draft, by=helper, language="en")
    panels = {panel.title: panel for panel in kind_of(case).panels(case)}
    [row] = panels["Who acts for the applicant"].rows
    assert row.label == "Sara Karimi"
    assert "In force: from" in row.value
    marked = [row for panel in panels.values() for row in panel.rows if row.by]
    assert "SHIRIN MARYAM" in {row.value for row in marked}
    assert {row.by.partition(",")[0] for row in marked} == {"Filled in by Sara Karimi"}


def test_when_a_mandate_was_last_used_comes_from_the_trail(draft, helper):
    mandate = held(draft, by=helper)
    assert mandates.given(draft)[0].last_used is None
    actions.fill_in(
        draft, draft.sheet, {"name.given": Answered("S")}, known=Draft.of(draft).filling, by=helper
    )
    used = Entry.objects.get(verb="application.filled_in").at
    assert [(each.mandate, each.last_used) for each in mandates.given(draft)] == [(mandate, used)]


# Ending it


def test_ending_closes_the_door_at_once_and_tells_both_once(draft, applicant, helper):
    mandate = held(draft, by=helper)
    end_mandate(mandate, by=applicant)
    end_mandate(mandate, by=helper)
    assert not VisaApplication.objects.open_to(helper).exists()
    assert sorted(Message.objects.values_list("template", "to")) == sorted(
        [("mandates/ended_given", applicant.pk), ("mandates/ended_held", helper.pk)]
    )


def test_discarding_a_draft_ends_its_mandates(draft, applicant, helper):
    held(draft, by=helper)
    actions.discard(draft, by=applicant)
    assert Message.objects.get(to=helper).template == "mandates/ended_held"
    assert not Mandate.objects.exists()


def test_discarding_the_last_draft_of_a_party_ends_the_mandates_for_it(draft, applicant, helper):
    other = companion(draft)
    mandate = held(draft, by=helper, party=draft.party)
    actions.discard(other, by=applicant)
    assert Mandate.objects.in_force().get() == mandate
    actions.discard(draft, by=applicant)
    assert not Mandate.objects.in_force().exists()
    assert Message.objects.get(to=helper).template == "mandates/ended_held"


def test_who_acted_for_a_traveller_stays_known_when_the_place_is_given_back(draft, applicant, helper):
    companion(draft)
    held(draft, by=helper, party=draft.party, scope=Scope.ACT)
    answer(complete(draft), DECLARATION)
    case = actions.submit(draft, by=helper, language="en")
    withdraw(case, by=applicant)
    companion(VisaApplication.objects.exclude(pk=draft.pk).get())
    draft.refresh_from_db()
    assert draft.party is None
    assert deputies.of(case).names(case) == {helper.pk: "Sara Karimi"}
    PostingFactory(user=helper, mission=case.mission)
    assert not Case.objects.visible_to(helper).exists()
    assert Mandate.objects.in_force().count() == 1


def test_who_is_posted_at_the_mission_after_accepting_writes_nothing(draft, officer_elsewhere):
    held(draft, by=officer_elsewhere, scope=Scope.ACT)
    answer(complete(draft), DECLARATION)
    PostingFactory(user=officer_elsewhere, mission=draft.mission)
    with pytest.raises(RightEndedError):
        actions.submit(draft, by=officer_elsewhere, language="en")
    item = Draft.of(draft).checklist.items[0]
    with pytest.raises(RightEndedError):
        actions.attach(draft, [DocumentFactory()], item=item, by=officer_elsewhere)
    case = actions.submit(draft, by=draft.applicant, language="en")
    assert deputies.of(case).right(officer_elsewhere, case) is None


def test_files_handed_in_are_uses_of_a_mandate(draft, helper):
    held(draft, by=helper)
    item = Draft.of(draft).checklist.items[0]
    document = DocumentFactory(owner=draft.applicant, kind=item.wanted.kind)
    actions.attach(draft, [document], item=item, by=helper)
    entry = Entry.objects.get(verb="application.handed_in")
    assert mandates.given(draft)[0].last_used == entry.at


@pytest.mark.parametrize("verb", ["attach", "detach", "begin_with", "answer_alike", "answer_apart"])
def test_nothing_is_written_under_a_mandate_that_ended_meanwhile(draft, applicant, helper, verb):
    other = companion(draft)
    item = Draft.of(draft).checklist.items[0]
    evidence = Evidence.objects.create(
        application=draft, document=DocumentFactory(), purpose=item.wanted.code
    )
    held(draft, by=helper, ended_at=timezone.now())
    written = {
        "attach": lambda: actions.attach(draft, [DocumentFactory()], item=item, by=helper),
        "detach": lambda: actions.detach(evidence, by=helper),
        "begin_with": lambda: actions.begin_with(draft, other, by=helper),
        "answer_alike": lambda: actions.answer_alike(draft, "stay", other, by=helper),
        "answer_apart": lambda: actions.answer_apart(draft, "stay", by=helper),
    }
    with pytest.raises(RightEndedError):
        written[verb]()
    assert draft.evidence.get() == evidence


@pytest.mark.parametrize(
    ("days", "templates"), [(7, ["soon"]), (0, ["soon"]), (-1, ["ended"]), (8, []), (-9, [])]
)
def test_both_are_told_a_week_before_and_after_the_last_day(draft, helper, days, templates):
    held(draft, by=helper, ends_on=timezone.localdate() + dt.timedelta(days=days))
    for _twice in range(2):
        owe_words_about_ends()
        pay_due()
    wanted = [f"mandates/{each}_{side}" for each in templates for side in ("given", "held")]
    assert sorted(Message.objects.values_list("template", flat=True)) == sorted(wanted)


def test_a_mandate_that_was_ended_is_not_announced_again(draft, applicant, helper):
    mandate = held(draft, by=helper, ends_on=timezone.localdate())
    owe_words_about_ends()
    end_mandate(mandate, by=applicant)
    pay_due()
    assert not Message.objects.filter(template__startswith="mandates/soon").exists()
