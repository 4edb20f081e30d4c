"""The pages about pages, inside the admin."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from embassy.content import actions, po
from embassy.content.models import Node, Revision
from embassy.content.status import State
from tests.embassy.content.test_po import translated
from tests.factories.accounts import StaffFactory
from tests.factories.content import ApprovedFactory, DraftFactory, NodeFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Lost passport",
    "summary": "",
    "body": "## What now\n\n- one\n  - inner",
    "reason": "Better",
}


def at(name, *args):
    return reverse(f"admin:content:{name}", args=args)


@pytest.fixture
def place():
    return NodeFactory(path="citizens")


@pytest.fixture
def shown(place):
    return ApprovedFactory(node=place)


@pytest.fixture
def waiting(place, writer):
    text = DraftFactory(node=place, author=writer, body="Call us at once.")
    return actions.hand_in(text, by=writer, version=1)


EVERY = ["coverage", "page", "reviewed", "write", "take_down", "export", "bring_in", "text"]


@pytest.mark.parametrize("name", EVERY)
def test_staff_without_the_right_find_no_such_pages(signed_in, shown, name):
    args = {"coverage": [], "text": [shown.pk], "page": [shown.node_id], "reviewed": [shown.node_id]}
    address = at(name, *args.get(name, [shown.node_id, "fa"]))
    assert signed_in(StaffFactory()).get(address).status_code == 404


@pytest.mark.parametrize("name", ["approve", "send_back", "hand_in", "discard", "restore"])
def test_what_changes_something_is_asked_by_post_alone(signed_in, second, shown, name):
    assert signed_in(second).get(at(name, shown.pk)).status_code == 405


def test_an_editor_writes_and_hands_in(signed_in, writer, place):
    client = signed_in(writer)
    assert client.get(at("write", place.pk, "en")).status_code == 200
    client.post(at("write", place.pk, "en"), {**TYPED, "version": "0", "hand_in": "1"})
    text = Revision.objects.get()
    assert (text.state, text.body, text.author) == (State.REVIEW, TYPED["body"], writer)


def test_a_new_text_begins_with_what_readers_see(signed_in, writer, shown):
    assert b"Call us." in signed_in(writer).get(at("write", shown.node_id, "en")).content


def test_persian_is_typed_from_right_to_left_also_by_who_reads_english(signed_in, persian, shown):
    told = signed_in(persian).get(at("write", shown.node_id, "fa")).content.decode()
    assert all(
        'lang="fa" dir="rtl"' in field for field in re.findall(r"<(?:textarea|input type=\"text)[^>]*>", told)
    )
    assert told.count('lang="fa" dir="rtl"') >= 4


def test_two_editors_see_both_texts_and_lose_nothing(signed_in, writer, other_writer, place):
    text = DraftFactory(node=place, author=writer, body="Call us by day.")
    actions.save(text, actions.Words("Theirs", "", "Call us by night."), by=other_writer, version=1)
    address = at("write", place.pk, "en")
    response = signed_in(writer).post(address, {**TYPED, "body": "Call us by phone.", "version": "1"})
    told = response.content.decode()
    assert response.status_code == 409
    assert "Call us by phone." in told
    assert "night</del>" in told.replace('<span class="visually-hidden">removed: </span>', "")
    assert "The text was saved again after you opened it" in told
    signed_in(writer).post(address, {**TYPED, "body": "Call us by phone.", "version": "2"})
    assert Revision.objects.get().body == "Call us by phone."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Enter the title"),
        ({"reason": ""}, "Say in a few words what has changed"),
        ({"title": "x" * 201}, "200 characters or fewer"),
        ({"body": "a\0b"}, "cannot be stored"),
        ({"body": "a\u202eb"}, "direction mark"),
        ({"body": "x" * 1_000_000}, "characters or fewer"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(signed_in, writer, place, typed, words):
    response = signed_in(writer).post(at("write", place.pk, "en"), {**TYPED, "version": "0", **typed})
    told = response.content.decode()
    assert words in told or response.status_code == 400
    assert not Revision.objects.exists()
    if "body" not in typed:
        assert "## What now" in told


def test_an_approver_reads_previews_and_approves(signed_in, client, second, waiting):
    reader, desk = client, signed_in(second)
    assert reader.get("/en/citizens/").status_code == 404
    told = desk.get(at("text", waiting.pk)).content.decode()
    assert "Approve or send back" in told
    preview = desk.get(f"/en/preview/{waiting.pk}/")
    assert "Call us at once." in preview.content.decode()
    assert preview.headers["Cache-Control"].startswith("max-age=0")
    desk.post(at("approve", waiting.pk), {"version": waiting.version})
    assert "Call us at once." in reader.get("/en/citizens/").content.decode()


def test_links_that_lead_nowhere_are_named_before_anybody_approves(signed_in, second, place):
    body = "[a](/citizens/) [b](/nowhere/) [c](/visas/tv/#fee) [d](/no such/) [e](https://x.example/) [f](/Nope/)"
    told = signed_in(second).get(at("text", DraftFactory(node=place, body=body).pk)).content.decode()
    named = told.partition("lead to no page of this site:")[2].partition("</div>")[0]
    assert [link for link in ("/citizens/", "/nowhere/", "/visas/tv/", "/Nope/") if link in named] == [
        "/nowhere/",
        "/Nope/",
    ]


def test_a_preview_is_in_the_language_of_the_text_and_for_staff_alone(signed_in, client, second, place):
    text = DraftFactory(node=place, language="fa", title="گذرنامه")
    response = signed_in(second).get(f"/en/preview/{text.pk}/", follow=True)
    assert response.request["PATH_INFO"] == f"/fa/preview/{text.pk}/"
    assert 'lang="fa" dir="rtl"' in response.content.decode()
    assert signed_in(StaffFactory()).get(f"/fa/preview/{text.pk}/").status_code == 404
    assert client.get(f"/fa/preview/{text.pk}/").status_code == 302


def test_an_approval_of_what_was_saved_meanwhile_is_refused_with_words(signed_in, writer, second, waiting):
    actions.save(waiting, actions.Words("Other", "", "Other"), by=writer, version=1)
    response = signed_in(second).post(at("approve", waiting.pk), {"version": 1}, follow=True)
    assert "saved again after you opened it" in response.content.decode()


def test_a_writer_is_told_why_they_cannot_approve(signed_in, place):
    from tests.factories.content import with_rights

    both = with_rights("view_revision", "write_revision", "approve_revision")
    text = actions.hand_in(DraftFactory(node=place, author=both), by=both, version=1)
    told = signed_in(both).get(at("text", text.pk)).content.decode()
    assert "somebody else must approve it" in told
    assert f'action="{at("approve", text.pk)}"' not in told


def test_a_schedule_that_ends_before_it_begins_is_refused_on_the_page(signed_in, second, waiting):
    form = {"version": 1, "live_from": "2030-01-02T10:00", "live_to": "2030-01-01T10:00"}
    told = signed_in(second).post(at("approve", waiting.pk), form).content.decode()
    assert "The end must be after the beginning" in told
    assert Revision.objects.get(pk=waiting.pk).state == State.REVIEW


def test_sending_back_needs_words(signed_in, second, waiting):
    desk = signed_in(second)
    assert (
        "Say what should be changed"
        in desk.post(at("send_back", waiting.pk), {"version": 1}).content.decode()
    )
    desk.post(at("send_back", waiting.pk), {"version": 1, "remark": "Which number?"})
    assert b"Which number?" in desk.get(at("text", waiting.pk)).content


def test_a_translator_exports_and_imports(signed_in, persian, shown):
    client, address = signed_in(persian), at("bring_in", shown.node_id, "fa")
    exported = client.get(at("export", shown.node_id, "fa"))
    assert 'filename="citizens.fa.po"' in exported.headers["Content-Disposition"]
    file = SimpleUploadedFile("citizens.fa.po", translated(exported.content.decode()))
    client.post(address, {"file": file})
    assert Revision.objects.get(language="fa").title == "fa: Lost passport"
    bad = client.post(address, {"file": SimpleUploadedFile("x.po", b"no")}).content.decode()
    assert "The file is no PO file" in bad


def test_a_translator_has_no_file_in_another_language(signed_in, persian, shown):
    for language in ("ar", "en", "xx"):
        assert signed_in(persian).get(at("export", shown.node_id, language)).status_code == 404


def test_the_lists_cost_no_more_with_more_pages(signed_in, writer, django_assert_num_queries):
    client = signed_in(writer)
    ApprovedFactory.create_batch(3)
    for address, queries in ((reverse("admin:content_node_changelist"), 8), (at("coverage"), 8)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
        ApprovedFactory.create_batch(3)
        with django_assert_num_queries(queries):
            client.get(address)


def test_the_list_has_what_is_overdue_and_what_waits(signed_in, second, waiting):
    NodeFactory(path="late", review_by=timezone.localdate() - timedelta(days=1))
    listed = reverse("admin:content_node_changelist")
    told = signed_in(second).get(listed, {"work": "overdue"}).content.decode()
    assert "late" in told
    assert at("page", waiting.node_id) not in told
    assert at("page", waiting.node_id) in signed_in(second).get(listed, {"work": "approve"}).content.decode()


def test_pages_are_found_by_words_in_any_spelling(signed_in, writer, place):
    ApprovedFactory(node=place, language="fa", title="گذرنامهٔ گم‌شده")
    listed = reverse("admin:content_node_changelist")
    told = signed_in(writer).get(listed, {"q": "گذرنامه گمشده"}).content.decode()
    assert at("page", place.pk) in told


def add(client, path, kind="page", language="en", **more):
    form = {"path": path, "kind": kind, "position": "1", "owner": "", "review_by": "", **more}
    return client.post(f"/{language}/staff/content/node/add/", form)


def test_an_editor_makes_a_page_below_another(signed_in, writer, place):
    add(signed_in(writer), "citizens/lost-passport")
    made = Node.objects.get(path="citizens/lost-passport")
    assert made.parent == place
    assert Entry.objects.filter(verb="page.made", subject_id=str(made.pk)).exists()


@pytest.mark.parametrize("language", ["en", "fa", "fr"])
def test_an_editor_makes_a_page_in_any_language(signed_in, writer, place, language):
    add(signed_in(writer), "citizens/lost-passport", language=language)
    add(signed_in(writer), "visas/tv", language=language)
    assert set(Node.objects.values_list("path", flat=True)) == {"citizens", "citizens/lost-passport"}


@pytest.mark.parametrize(
    "path",
    [
        "../etc/passwd", "citizens/../../x", "citizens//x", "Citizens Abroad", "citizens/%2e%2e", "فارسی", "x\0y", "-x",
        "visas/tv", "visas/check", "posts", "posts/find", "staff", "staff/anything", "my", "privacy", "search", "status",
        "citizens/history", "nowhere/below", "preview/1", "account/login", "citizens", "x" * 201,
    ],
)  # fmt: skip
def test_a_path_that_is_no_place_for_a_page_is_refused(signed_in, writer, place, path):
    response = add(signed_in(writer), path)
    assert response.status_code in {200, 400}
    assert Node.objects.count() == 1


def test_only_a_section_shares_the_address_of_a_page_of_our_own(signed_in, writer):
    add(signed_in(writer), "visas")
    assert not Node.objects.exists()
    add(signed_in(writer), "visas", kind="section")
    assert Node.objects.get().kind == "section"


def test_a_page_that_readers_know_does_not_move(signed_in, writer, shown):
    form = {"path": "elsewhere", "kind": "page", "position": "1", "owner": "", "review_by": ""}
    address = reverse("admin:content_node_change", args=[shown.node_id])
    assert b"it cannot move" in signed_in(writer).post(address, form).content
    assert Node.objects.get().path == "citizens"


def test_a_page_is_never_deleted(signed_in, superuser, shown):
    address = reverse("admin:content_node_delete", args=[shown.node_id])
    assert signed_in(superuser).get(address).status_code == 404


def test_a_review_is_noted_with_the_next_one(signed_in, writer, shown):
    day = timezone.localdate() + timedelta(days=30)
    form = {
        "review_by_day": day.day,
        "review_by_month": day.month,
        "review_by_year": day.year,
        "review_by_calendar": "gregorian",
    }
    signed_in(writer).post(at("reviewed", shown.node_id), form)
    node = Node.objects.get()
    assert (node.reviewed_on, node.review_by) == (timezone.localdate(), day)


def test_the_whole_file_of_a_page_is_what_po_tools_read(shown):
    assert 'msgctxt "citizens#title"' in po.write(shown, "fa")
