"""The bench's pages: what a lawgiver writes becomes an edit, never the law; what others may not see is not there."""

import re

import pytest
from django.urls import reverse

from tests.visas.legislation.conftest import alteration
from visas.legislation import actions
from visas.legislation.models import Change, Edit, Scenario
from visas.legislation.rows import EDITABLE, may_add, rows_of
from visas.legislation.status import State
from visas.policy.book import current
from visas.policy.models import Fee, Rule


@pytest.fixture
def desk(signed_in, author, change):
    """Return a client with a way to the pages of the change."""
    client = signed_in(author)
    client.at = lambda name, *args: reverse(f"admin:legislation_{name}", args=[change.pk, *args])
    client.change = reverse("admin:legislation_change_change", args=[change.pk])
    return client


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent_by(form):
    """Return what a browser would send of a form as it is drawn."""
    data = {}
    for bound in form:
        value = bound.value()
        if (
            hasattr(bound.field.widget, "value_from_datadict")
            and bound.field.__class__.__name__ == "DateField"
        ):
            if value:
                data |= {
                    f"{bound.html_name}_day": value.day,
                    f"{bound.html_name}_month": value.month,
                    f"{bound.html_name}_year": value.year,
                    f"{bound.html_name}_calendar": "gregorian",
                }
        elif value is not None and value is not False:
            data[bound.html_name] = value
    return data


def form_at(client, address):
    return client.get(address).context["form"]


def test_a_change_is_begun_by_its_author(signed_in, author):
    sent = {"title": "Longer stays", "why": "Decree 9"}
    response = signed_in(author).post(reverse("admin:legislation_change_add"), sent, follow=True)
    assert "There are no edits yet." in text(response)
    assert Change.objects.get(title="Longer stays").author == author


@pytest.mark.parametrize("table", EDITABLE)
def test_every_table_is_listed_and_its_rows_asked_for_and_kept_as_they_are(desk, change, table):
    assert desk.get(desk.at("rows", table)).status_code == 200
    row = rows_of(table).first()
    address = desk.at("alter", table, row.pk)
    response = desk.post(address, sent_by(form_at(desk, address)))
    assert response.status_code == 302, response.context["form"].errors
    edit = change.edits.get()
    assert edit.values == {}
    assert desk.get(desk.at("add", table)).status_code == (200 if may_add(table) else 404)


def test_an_edited_row_is_kept_in_the_change_and_not_in_the_law(desk, change):
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    address = desk.at("alter", "fee", fee.pk)
    response = desk.post(address, sent_by(form_at(desk, address)) | {"amount": "75"}, follow=True)
    assert "The law is as it was." in text(response)
    assert change.edits.get().values == {"amount": "75"}
    assert Fee.objects.get(pk=fee.pk).amount == 60
    for words in [
        "TV: 75 euros instead of 60 euros",
        "Scenarios that fail",
        "Others: holiday",
    ]:
        assert words in text(response)


def test_a_new_row_is_asked_for_in_every_language_and_can_be_written_again(desk, change):
    rule = Rule.objects.filter(group__code="A", purpose__isnull=True, document__isnull=True).get()
    address = desk.at("add", "rule")
    data = sent_by(form_at(desk, desk.at("alter", "rule", rule.pk))) | {
        "purpose": Rule.objects.filter(purpose__code="work").first().purpose_id,
        "interview": "by_phone",
        "reason_fa": "چون",
    }
    desk.post(address, data, follow=True)
    edit = change.edits.get()
    assert edit.values["reason"]["fa"] == "چون"
    again = f"{address}?edit={edit.pk}"
    desk.post(again, sent_by(form_at(desk, again)) | {"reason_fa": "زیرا"})
    edit = change.edits.get()
    assert (edit.values["reason"]["fa"], edit.revision) == ("زیرا", 2)


def test_a_row_that_does_not_fit_is_shown_again_with_the_reason_and_what_was_typed(desk, change):
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    data = sent_by(form_at(desk, desk.at("alter", "fee", fee.pk))) | {"amount": "99"}
    response = desk.post(desk.at("add", "fee"), data)
    assert response.status_code == 200
    assert "End it before this one begins." in text(response)
    assert 'value="99"' in response.content.decode()
    assert not change.edits.exists()


def test_the_second_of_two_editors_is_told_and_keeps_what_they_typed(desk, signed_in, change, second):
    fee = Fee.objects.get(category__code="TV", valid_to=None)
    address = desk.at("alter", "fee", fee.pk)
    mine = sent_by(form_at(desk, address)) | {"amount": "75"}
    theirs = signed_in(second)
    theirs.post(address, sent_by(form_at(theirs, address)) | {"amount": "80"})
    response = desk.post(address, mine)
    assert "The second person has written this row in this change since you opened it." in text(response)
    assert 'value="75"' in response.content.decode()
    assert change.edits.get().values == {"amount": "80"}


def test_from_draft_to_law_on_the_pages(desk, signed_in, change, author, second):
    fee = Fee.objects.get(category__code="OF", valid_to=None)
    actions.write_edit(change, alteration(fee, clause="§ 3 (4)"), by=author)
    desk.post(desk.at("decide", "hand-over"))
    own = desk.get(desk.change)
    assert "another person must put it in force" in text(own)
    assert "decide/enact" not in own.content.decode()
    other = signed_in(second)
    seen = re.search(r'name="seen" value="(\w+)"', other.get(desk.change).content.decode())[1]
    other.post(desk.at("decide", "enact"), {"seen": seen})
    change.refresh_from_db()
    assert (change.state, change.put_in_force_by) == (State.IN_FORCE, second)
    assert next(each for each in current().fees if each.pk == fee.pk).clause == "§ 3 (4)"
    assert "Put in force by The second person" in text(other.get(desk.change))


def test_a_row_that_was_never_law_is_removed_and_another_is_not(desk, change):
    future = Rule.objects.filter(valid_from__year=2027).first()
    past = Rule.objects.filter(valid_from__year=2024).first()
    assert desk.post(desk.at("remove", "rule", past.pk)).status_code == 404
    desk.post(desk.at("remove", "rule", future.pk))
    assert [edit.act for edit in change.edits.all()] == ["remove"]
    assert desk.post(desk.at("take_out", change.edits.get().pk)).status_code == 302
    assert not Edit.objects.exists()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("rows", ["source"]),
        ("rows", ["user"]),
        ("add", ["category"]),
        ("alter", ["fee", 0]),
        ("alter", ["nothing", 1]),
    ],
)
def test_what_there_is_not_is_not_found(desk, name, args):
    assert desk.get(desk.at(name, *args)).status_code == 404


@pytest.mark.parametrize("edit", ["x", "-1", "9" * 40, "%00", "٣"])
def test_a_strange_number_of_an_edit_asks_for_a_new_row(desk, edit):
    assert desk.get(desk.at("add", "fee") + f"?edit={edit}").status_code in {200, 400}


def test_an_officer_without_the_permission_finds_none_of_it(signed_in, officer, desk, change):
    client, fee = signed_in(officer), Fee.objects.first()
    for address in [
        desk.change,
        desk.at("rows", "fee"),
        desk.at("alter", "fee", fee.pk),
        desk.at("add", "fee"),
    ]:
        assert client.get(address).status_code in {403, 404}
    assert client.post(desk.at("decide", "drop")).status_code == 404
    change.refresh_from_db()
    assert change.state == State.DRAFT


def test_the_scenarios_of_the_demonstration_pass(desk):
    assert "The law as it is passes every scenario." in text(
        desk.get(reverse("admin:legislation_scenario_changelist"))
    )


def test_a_scenario_that_today_fails_stands_above_the_list(desk):
    Scenario.objects.filter(note="Others: holiday").update(fee=61, nationality="QQQ")
    assert "Scenarios that fail" in text(desk.get(reverse("admin:legislation_scenario_changelist")))


def test_who_enacts_a_change_sees_which_scenarios_were_removed_since_it_was_begun(desk, change, author):
    fee = Fee.objects.filter(valid_to=None).first()
    actions.write_edit(change, alteration(fee, clause="§ 3 (9)"), by=author)
    scenario = Scenario.objects.get(note="Others: holiday")
    desk.post(reverse("admin:legislation_scenario_delete", args=[scenario.pk]), {"post": "yes"})
    assert not Scenario.objects.filter(pk=scenario.pk).exists()
    page = text(desk.get(desk.change))
    assert "Scenarios removed since this change was begun:" in page
    assert f"{scenario.nationality} · {scenario.document} · {scenario.purpose}" in page


def test_a_page_of_a_change_costs_a_fixed_number_of_queries(
    desk, change, author, django_assert_max_num_queries
):
    for fee in Fee.objects.filter(valid_to=None):
        actions.write_edit(change, alteration(fee, clause="§ 3 (9)"), by=author)
    with django_assert_max_num_queries(230):
        desk.get(desk.change)


@pytest.mark.parametrize(
    ("table", "bad"),
    [
        ("fee", {"amount": "NaN"}),
        ("fee", {"amount": "1e400"}),
        ("fee", {"amount": "-5"}),
        ("fee", {"amount": "99999999999"}),
        ("fee", {"currency": "eur"}),
        ("fee", {"valid_from_year": "99999"}),
        ("fee", {"valid_from_day": "31", "valid_from_month": "2"}),
        ("fee", {"valid_to_day": "1", "valid_to_month": "1", "valid_to_year": "2019"}),
        ("fee", {"category": "0"}),
        ("fee", {"source": "x' OR 1=1"}),
        ("fee", {"clause": "\x00"}),
        ("fee", {"clause": "§" * 50}),
        ("rule", {"max_days": "99999"}),
        ("rule", {"max_days": "-1"}),
        ("rule", {"outcome": "perhaps"}),
        ("rule", {"period_days": "5"}),
        ("rule", {"reason_en": ""}),
        ("rule", {"reason_fa": "a" * 1001}),
        ("groupmember", {"nationality": "qwk"}),
        ("groupmember", {"nationality": "QSDX"}),
        ("requireddocument", {"condition": "[{"}),
        ("requireddocument", {"condition": '{"fact": 1}'}),
        ("requireddocument", {"condition": "[" * 900}),
        ("requireddocument", {"code": "two words"}),
        ("surcharge", {"percent": "10", "amount": "10"}),
        ("stayoption", {"length": "0"}),
    ],
)
def test_bad_input_is_shown_again_with_a_reason_and_kept_nowhere(desk, change, table, bad):
    row = rows_of(table).order_by("pk").first()
    address = desk.at("alter", table, row.pk)
    response = desk.post(address, sent_by(form_at(desk, address)) | bad)
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        assert response.context["form"].errors
        assert "govuk-error-summary" in response.content.decode()
    assert not change.edits.exists()


def test_an_edit_of_a_row_that_another_change_has_altered_meanwhile_is_not_kept(desk):
    row = Fee.objects.get(category__code="HU", valid_to=None)
    address = desk.at("alter", "fee", row.pk)
    sent = {**sent_by(form_at(desk, address)), "clause": "§ 4"}
    Fee.objects.filter(pk=row.pk).update(amount=999)
    assert "moved on" in text(desk.post(address, sent))
    assert not Edit.objects.exists()
