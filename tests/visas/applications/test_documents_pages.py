"""The pages of one required document: put in order, turned, left out, replaced, until they are submitted."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from consular.audit.models import Entry
from consular.documents.actions import pages
from consular.documents.actions.pages import PageGoneError
from consular.documents.models import Document
from tests.factories.applications import DECLARATION, answer, complete, submitted_application
from tests.factories.documents import CleanDocumentFactory, DocumentFactory, photograph
from visas.applications import actions
from visas.applications.checklist import State
from visas.applications.draft import Draft
from visas.applications.models import Evidence

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def photographed(draft, applicant):
    """Hand in five photographed pages of a bank statement; returns their evidence."""
    return [handed_in(draft, applicant, f"page{number}.jpg", position=number) for number in range(1, 6)]


def handed_in(draft, owner, name, *, count=1, purpose="means", position=1):
    document = CleanDocumentFactory(owner=owner, filename=name, pages=count)
    return Evidence.objects.create(application=draft, document=document, purpose=purpose, position=position)


@pytest.fixture
def order(client, at):
    """Return a function that presses a button of a page: `order(evidence, 1, "turned=1&back=turn")`."""

    def press(evidence, number, what, **more):
        numbered = {"number": number} if number else {}
        data = {"file": evidence.document_id, **numbered, "order": what, **more}
        return client.post(at("document_arrange", evidence.purpose), data)

    return press


def names(draft):
    return [each.document.filename for each in Draft.of(draft).checklist.item("means").evidence]


def page_of(evidence, number=1):
    return evidence.document.pages.get(number=number)


def test_the_page_shows_every_page_with_its_buttons_and_says_the_limits(client, at, photographed):
    page = text(client.get(at("document", "means")))
    for words in ("At most 20 files.", "Files: 5. Pages: 5.", "at most 30 pages, at most 10 MB", "Page 5"):
        assert words in page
    first, last = (f"{photographed[each].document_id}-1" for each in (0, 4))
    assert f'id="up-{first}"' not in page
    assert f'id="down-{first}"' in page
    assert f'id="down-{last}"' not in page


def test_before_anything_is_here_the_page_says_so_in_numbers(client, at):
    for name, arguments in (("documents", []), ("document", ["means"])):
        page = text(client.get(at(name, *arguments)))
        assert "At most 20 files" in page
        assert "Nothing is here yet." in page
    assert "One file; another one replaces it." in text(client.get(at("document", "photo")))


def test_a_photographed_page_moves_up_down_and_to_a_place(photographed, order, draft):
    third = photographed[2]
    response = order(third, 1, "place=2&back=up")
    assert response.url.endswith(f"/documents/means/#up-{third.document_id}-1")
    assert names(draft) == ["page1.jpg", "page3.jpg", "page2.jpg", "page4.jpg", "page5.jpg"]
    order(third, 1, "back=place", place="5")
    assert names(draft)[-1] == "page3.jpg"
    assert order(third, 1, "place=1&back=up").url.endswith(f"#down-{third.document_id}-1")
    assert names(draft)[0] == "page3.jpg"


def test_an_order_that_is_sent_again_changes_nothing_more(photographed, order, draft):
    for _ in range(2):
        order(photographed[4], 1, "place=4&back=up")
        order(photographed[0], 1, "turned=1&back=turn")
        order(photographed[1], 1, "dropped=1&back=drop")
    assert names(draft) == ["page1.jpg", "page2.jpg", "page3.jpg", "page5.jpg", "page4.jpg"]
    assert page_of(photographed[0]).turned == 1
    assert Document.objects.get(pk=photographed[1].document_id).dropped_pages == 1
    verbs = Entry.objects.filter(verb__startswith="document.page_").order_by("pk")
    assert [each.verb for each in verbs] == ["document.page_turned", "document.page_dropped"]


def test_pages_of_one_pdf_move_among_themselves_and_the_file_among_the_files(draft, applicant, order):
    pdf = handed_in(draft, applicant, "all.pdf", count=3)
    handed_in(draft, applicant, "one.jpg", position=2)
    order(pdf, 3, "place=1&back=up")
    assert [page.number for page in pdf.document.pages.all()] == [3, 1, 2]
    order(pdf, None, "place=2&back=down")
    assert names(draft) == ["one.jpg", "all.pdf"]


def test_a_turn_swaps_width_and_height_and_four_turns_are_none(photographed, order):
    turned = photographed[0]
    sizes = []
    for quarters in (1, 2, 3, 0):
        order(turned, 1, f"turned={quarters}&back=turn")
        page = page_of(turned)
        sizes.append((page.turned, page.width, page.height))
    assert sizes == [(1, 80, 60), (2, 60, 80), (3, 80, 60), (0, 60, 80)]


def test_a_page_left_out_can_be_put_back(photographed, order, client, at):
    left_out = photographed[1]
    assert order(left_out, 1, "dropped=1&back=drop").url.endswith(f"#drop-{left_out.document_id}-1")
    page = text(client.get(at("document", "means")))
    assert "Left out" in page
    assert "Page 5" not in page
    assert "Files: 5. Pages: 4." in page
    order(left_out, 1, "dropped=0&back=drop")
    assert "Pages: 5." in text(client.get(at("document", "means")))


def test_a_document_whose_every_page_is_left_out_is_missing(draft, applicant, order):
    pdf = handed_in(draft, applicant, "all.pdf", count=2)
    order(pdf, 1, "dropped=1&back=drop")
    assert Draft.of(draft).checklist.item("means").state == State.READY
    order(pdf, 2, "dropped=1&back=drop")
    assert Draft.of(draft).checklist.item("means").state == State.MISSING


# Replacing -------------------------------------------------------------------------------------


def replace(client, at, evidence, number=1, content=None, name="again.jpg"):
    key = f"{evidence.document_id}-{number}"
    upload = {f"{key}-file": SimpleUploadedFile(name, photograph() if content is None else content)}
    return client.post(at("document_replace", evidence.purpose, evidence.document_id, number), upload)


def test_a_new_photograph_takes_the_place_of_the_old(client, at, draft, photographed):
    response = replace(client, at, photographed[1])
    new = Evidence.objects.get(document__filename="again.jpg")
    assert response.url.endswith(f"#file-{new.document_id}")
    assert names(draft) == ["page1.jpg", "again.jpg", "page3.jpg", "page4.jpg", "page5.jpg"]
    assert Document.objects.get(pk=photographed[1].document_id).removed_at


def test_a_photograph_that_is_not_taken_removes_nothing(client, at, draft, photographed):
    response = replace(client, at, photographed[1], content=b"MZ" + bytes(900))
    page = text(response)
    assert "not a picture or a PDF" in page
    assert f"#id_{photographed[1].document_id}-1-file" in page
    assert names(draft)[1] == "page2.jpg"


@pytest.mark.parametrize(
    ("number", "expected"), [(1, ["again.jpg", "all.pdf"]), (3, ["all.pdf", "again.jpg"])]
)
def test_a_page_of_a_pdf_is_left_out_and_the_new_one_stands_beside_the_file(
    client, at, draft, applicant, number, expected
):
    pdf = handed_in(draft, applicant, "all.pdf", count=3)
    replace(client, at, pdf, number)
    assert names(draft) == expected
    assert page_of(pdf, number).is_dropped
    assert not Document.objects.get(pk=pdf.document_id).removed_at


def test_replacing_while_another_window_took_the_page_back_is_told_and_stores_nothing(
    client, at, draft, photographed
):
    actions.detach(photographed[1], by=draft.applicant)
    before = Document.objects.count()
    response = replace(client, at, photographed[1])
    assert response.url.endswith("/documents/means/")
    assert "removed or replaced in another window" in text(client.get(response.url))
    assert Document.objects.count() == before


# Limits ----------------------------------------------------------------------------------------


def test_too_many_files_are_refused_in_numbers_and_nothing_is_stored(
    client, at, draft, photographed, settings
):
    settings.DOCUMENT_MAX_FILES = 6
    before = Document.objects.count()

    def send(count):
        uploads = [SimpleUploadedFile(f"more{number}.jpg", photograph()) for number in range(count)]
        return client.post(at("document", "means"), {"means-file": uploads})

    response = send(2)
    assert "we take 6 files at most; with these it would have 7" in text(response)
    assert Document.objects.count() == before
    assert send(1).status_code == 302


def test_the_same_photograph_twice_is_told_and_taken(client, at, draft):
    for _ in range(2):
        client.post(at("document", "means"), {"means-file": SimpleUploadedFile("a.jpg", photograph())})
    assert draft.evidence.count() == 2
    assert "the same file before" in text(client.get(at("document", "means")))


# Who, and until when ---------------------------------------------------------------------------


def test_strangers_and_wrong_addresses_find_nothing(
    client, at, draft, photographed, order, stranger, signed_in
):
    other = handed_in(submitted_application(), stranger, "theirs.jpg")
    assert order(other, 1, "turned=1&back=turn").status_code == 404
    assert order(photographed[0], 2, "turned=1&back=turn").status_code == 404
    assert client.get(at("document", "invitation")).status_code == 404
    assert client.get(at("document_page", other.document_id, 1)).status_code == 404
    assert client.get(at("document_page", photographed[0].document_id, 9)).status_code == 404
    assert replace(client, at, other).status_code == 404
    assert replace(client, at, photographed[0], 2).status_code == 404
    for name, arguments in (("document", ["means"]), ("document_page", [photographed[0].document_id, 1])):
        assert signed_in(stranger).get(at(name, *arguments)).status_code == 404


@pytest.mark.parametrize(
    "what",
    ["", "turned=4&back=turn", "turned=-1&back=turn", "place=0&back=up", "place=99999999999999999999&back=up",
     "dropped=2&back=drop", "turned=1", "turned=1&back=evil", "turned=1&dropped=1&back=turn", "turned=\x00&back=turn"],
)  # fmt: skip
def test_an_order_that_no_button_gives_is_not_found(photographed, order, what):
    assert order(photographed[0], 1, what).status_code == 404


def test_a_file_of_garbage_in_the_order_is_not_found(client, at, photographed):
    bad = {"file": "nonsense", "number": "1", "order": "turned=1&back=turn"}
    assert client.post(at("document_arrange", "means"), bad).status_code == 404


def test_turning_while_the_file_is_checked_is_told(client, at, draft, applicant, order):
    waiting = Evidence.objects.create(
        application=draft, document=DocumentFactory(owner=applicant), purpose="means"
    )
    response = order(waiting, 1, "turned=1&back=turn")
    assert "We are still checking this file" in text(client.get(response.url))


def test_the_applicant_sees_pages_that_were_left_out_and_turned(client, at, photographed, order):
    order(photographed[0], 1, "dropped=1&back=drop")
    order(photographed[0], 1, "turned=2&back=turn")
    for name in ("document_page", "document_page_small"):
        picture = client.get(at(name, photographed[0].document_id, 1))
        assert b"Exif" in b"".join(picture.streaming_content)[:100]


def test_the_page_costs_the_draft_and_one_query_for_all_pages(
    client, at, photographed, django_assert_num_queries
):
    client.get(at("document", "means"))
    with django_assert_num_queries(7):
        client.get(at("document", "means"))


def test_what_was_submitted_is_what_was_kept_in_order_and_never_changes(client, draft, applicant, at):
    answer(complete(draft), DECLARATION)
    Evidence.objects.filter(application=draft, purpose="means").delete()
    kept = [handed_in(draft, applicant, f"{number}.jpg", position=5 - number) for number in range(1, 4)]
    pdf = handed_in(draft, applicant, "all.pdf", count=2, position=9)
    actions.arrange(pdf, pages.drop, 1, by=applicant)
    actions.arrange(kept[0], pages.drop, 1, by=applicant)
    actions.arrange(kept[1], partial(pages.turn, to=1), 1, by=applicant)
    case = actions.submit(draft, by=applicant, language="en")
    handed = [each.document for each in case.attachments.filter(purpose="means").order_by("pk")]
    assert [each.filename for each in handed] == ["3.jpg", "2.jpg", "all.pdf"]
    assert [page.number for page in handed[2].kept_pages] == [2]
    assert Document.objects.get(pk=kept[0].document_id).removed_at
    with pytest.raises(PageGoneError):
        pages.turn(handed[0], 1, to=2, by=applicant)
    for change in ({"turned": 2}, {"dropped_at": None}, {"place": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            handed[2].pages.update(**change)
    assert client.get(at("document", "means")).url == at("submitted")


@pytest.mark.django_db(transaction=True)
def test_pages_that_move_at_the_same_moment_leave_each_file_once(draft, applicant):
    files = [handed_in(draft, applicant, f"{number}.jpg", position=number) for number in range(1, 5)]

    def at_once(evidence):
        try:
            actions.move_file(evidence, to=1, by=applicant)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(at_once, files))
    assert sorted(draft.evidence.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_the_officer_sees_no_page_that_was_left_out(signed_in, officer, mission, draft, applicant):
    answer(complete(draft), DECLARATION)
    draft.mission = mission
    draft.save(update_fields=["mission"])
    pdf = handed_in(draft, applicant, "all.pdf", count=3, position=9)
    actions.arrange(pdf, pages.drop, 2, by=applicant)
    case = actions.submit(draft, by=applicant, language="en")
    desk = signed_in(officer)
    addresses = [
        reverse("admin:desk:document_page", args=[case.reference, pdf.document_id, number])
        for number in (1, 2, 3)
    ]
    shown = text(desk.get(reverse("admin:desk:case_detail", args=[case.reference])))
    assert [address in shown for address in addresses] == [True, False, True]
    assert [desk.get(address).status_code for address in addresses] == [200, 404, 200]
