"""Files that come in slices: begun, cut off, asked after, gone on with, finished once, forgotten."""

import base64
import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from consular.documents.forms import UploadForm
from consular.documents.models import Document, Upload
from consular.documents.resumable import actions, slices
from consular.documents.resumable.limits import LARGEST_SLICE, SMALLEST_SLICE
from consular.vault.models import Key
from tests.consular.documents import files
from tests.factories.accounts import sign_in

pytestmark = pytest.mark.django_db

SLICE = SMALLEST_SLICE
STEP = 100_000


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture(scope="module")
def photograph():
    """Return a JPEG of some hundred kilobytes."""
    return files.saved(files.noise((1200, 1600)), "JPEG", quality=90)


@pytest.fixture
def client(signed_in, applicant):
    return signed_in(applicant)


def digest(content):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def begin(client, size, kind="supporting", name="page.jpg", **headers):
    disposition = f"attachment; filename*=UTF-8''{name}"
    given = {
        "Upload-Length": str(size),
        "Upload-Complete": "?0",
        "Content-Disposition": disposition,
        **headers,
    }
    return client.post(reverse("documents:upload_begin", args=[kind]), headers=given)


def patch(client, place, content, offset, content_type="application/partial-upload", **headers):
    given = {"Upload-Offset": str(offset), **headers}
    if not content:  # Then the test client would tell no type
        given |= {"Content-Type": content_type, "Content-Length": "0"}
    return client.patch(place, content, content_type=content_type, headers=given)


def send(client, place, content, start=0, step=STEP):
    for offset in range(start, len(content), step):
        answer = patch(client, place, content[offset : offset + step], offset)
        assert answer.status_code == 204
    return answer


def sent(client, content, **how):
    """Send a whole file in slices; return its upload."""
    place = begin(client, len(content), **how)["Location"]
    send(client, place, content)
    return Upload.objects.get(pk=place.split("/")[-2])


def form(*keys, kind="supporting"):
    filled = UploadForm(
        MultiValueDict({"file-sent": [str(key) for key in keys]}), MultiValueDict(), kind=kind
    )
    filled.is_valid()
    return filled


def test_a_file_comes_in_slices_and_becomes_the_same_document_as_in_one_piece(client, applicant, photograph):
    answer = begin(client, len(photograph), name="%D8%B5.jpg", **{"Repr-Digest": digest(photograph)})
    assert answer.status_code == 201
    assert (answer["Upload-Offset"], answer["Upload-Complete"]) == ("0", "?0")
    last = send(client, answer["Location"], photograph)
    assert (last["Upload-Offset"], last["Upload-Complete"]) == (str(len(photograph)), "?1")
    [document] = form(Upload.objects.get().pk).store(owner=applicant)
    assert document.sha256 == hashlib.sha256(photograph).hexdigest()
    assert (document.filename, document.size, document.state) == ("ص.jpg", len(photograph), "received")
    with document.original.open("rb") as raw:
        assert photograph[:1000] not in raw.read()


def test_after_a_cut_the_sender_asks_where_to_go_on(client, applicant, photograph):
    place = begin(client, len(photograph))["Location"]
    patch(client, place, photograph[:STEP], 0)
    answer = client.head(place)
    assert (answer.status_code, answer["Upload-Offset"], answer["Cache-Control"]) == (
        204,
        str(STEP),
        "no-store",
    )
    send(client, place, photograph, start=STEP)
    [document] = form(Upload.objects.get().pk).store(owner=applicant)
    assert document.sha256 == hashlib.sha256(photograph).hexdigest()


def test_a_slice_that_comes_again_is_told_where_the_upload_ends(client, photograph):
    place = begin(client, len(photograph))["Location"]
    send(client, place, photograph)
    again = patch(client, place, photograph[:STEP], 0)
    assert (again.status_code, again["Upload-Offset"]) == (409, str(len(photograph)))
    assert again["Content-Type"] == "application/problem+json"
    last = len(photograph) - len(photograph) % STEP
    assert patch(client, place, photograph[last:], last).status_code == 409


def test_finished_twice_it_is_one_document(client, applicant, photograph):
    upload = sent(client, photograph)
    first, second = (form(upload.pk).store(owner=applicant) for _ in range(2))
    assert first == second
    assert form(upload.pk, upload.pk).store(owner=applicant) == first * 2
    assert Document.objects.count() == 1


def test_what_became_a_document_of_one_person_becomes_none_of_anothers(
    client, applicant, stranger, photograph
):
    upload = sent(client, photograph)
    form(upload.pk).store(owner=applicant)
    again = form(upload.pk)
    assert again.store(owner=stranger, by=applicant) == []
    assert again.errors["file"]


def test_a_document_that_was_removed_does_not_come_back(client, applicant, photograph):
    upload = sent(client, photograph)
    [document] = form(upload.pk).store(owner=applicant)
    Document.objects.filter(pk=document.pk).update(removed_at=document.uploaded_at)
    again = form(upload.pk)
    assert again.store(owner=applicant) == []
    assert again.errors["file"] == ["This file did not arrive whole. Choose it again."]


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000", "", "\x00"])
def test_a_key_of_nothing_is_told(client, applicant, key):
    filled = form(key)
    assert not (filled.is_valid() and filled.store(owner=applicant))
    assert filled.errors["file"]


def test_what_is_not_whole_is_not_stored(client, applicant, photograph):
    place = begin(client, len(photograph))["Location"]
    patch(client, place, photograph[:STEP], 0)
    filled = form(Upload.objects.get().pk)
    assert filled.store(owner=applicant) == []
    assert "did not arrive whole" in filled.errors["file"][0]
    assert Upload.objects.get().received == STEP


def test_another_file_than_was_announced_is_not_stored(client, applicant, photograph):
    place = begin(client, len(photograph), **{"Repr-Digest": digest(b"another")})["Location"]
    send(client, place, photograph)
    assert form(Upload.objects.get().pk).store(owner=applicant) == []


def test_nobody_else_sees_or_finishes_it(client, applicant, stranger, photograph):
    upload = sent(client, photograph)
    place, theirs = reverse("documents:upload", args=[upload.pk]), sign_in(Client(), stranger)
    assert [theirs.head(place).status_code, patch(theirs, place, b"x" * SLICE, 0).status_code] == [404, 404]
    assert theirs.delete(place).status_code == 404
    assert form(upload.pk).store(owner=stranger) == []
    assert form(upload.pk).store(owner=applicant)


def test_without_a_token_of_our_own_pages_nothing_is_taken(applicant, photograph):
    foreign = sign_in(Client(enforce_csrf_checks=True), applicant)
    assert begin(foreign, len(photograph)).status_code == 403
    upload = actions.begin(owner=applicant, kind="supporting", name="a.jpg", size=len(photograph))
    place = reverse("documents:upload", args=[upload.pk])
    assert patch(foreign, place, photograph[:STEP], 0).status_code == 403
    assert foreign.delete(place).status_code == 403


def test_whoever_is_not_signed_in_is_led_to_sign_in(client, photograph):
    assert begin(Client(), 9).status_code == 302


# Bad input -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "status"),
    [("0", 422), ("10000001", 422), ("1" + 14 * "0", 422), ("1" + 18 * "0", 400), ("-1", 400), ("1e3", 400),
     ("", 400), ("١٢", 400), ("+5", 400), ("5, 5", 400), (" 5", 422)],
)  # fmt: skip
def test_a_size_that_no_file_has_is_refused(client, size, status):
    if size == " 5":
        size = "0"
    answer = begin(client, size.encode().decode("latin-1") if not size.isascii() else size)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert not Upload.objects.exists()


def test_too_large_a_file_is_told_in_numbers_before_a_byte_is_sent(client):
    assert "This file is 12 MB. The most we can take is 10 MB." in begin(client, 12_000_000).json()["detail"]


def test_what_is_no_picture_is_told_after_the_first_slice(client):
    program = files.exe() + bytes(500_000)
    place = begin(client, len(program))["Location"]
    answer = patch(client, place, program[:STEP], 0)
    assert answer.status_code == 422
    assert "not a picture or a PDF" in answer.json()["detail"]
    assert slices.offsets(Upload.objects.get().pk) == []


@pytest.mark.parametrize("offset", ["-1", "", "x", "1" + 18 * "0", "0.5"])
def test_an_offset_that_is_no_number_is_refused(client, photograph, offset):
    place = begin(client, len(photograph))["Location"]
    assert patch(client, place, photograph[:STEP], offset).status_code == 400


@pytest.mark.parametrize("offset", [1, 10**14])
def test_an_offset_elsewhere_is_a_conflict(client, photograph, offset):
    place = begin(client, len(photograph))["Location"]
    assert patch(client, place, photograph[:STEP], offset).status_code == 409


@pytest.mark.parametrize("length", [0, 1, SMALLEST_SLICE - 1, LARGEST_SLICE + 1])
def test_a_slice_of_a_wrong_size_is_refused(client, length):
    content = files.jpeg() + bytes(3_000_000)
    place = begin(client, len(content))["Location"]
    assert patch(client, place, content[:length], 0).status_code == 400
    assert client.head(place)["Upload-Offset"] == "0"


def test_a_slice_beyond_the_end_is_refused(client, photograph):
    place = begin(client, STEP)["Location"]
    assert patch(client, place, photograph[: STEP + 1], 0).status_code == 400
    assert patch(client, place, photograph[:STEP], 0).status_code == 204
    assert patch(client, place, b"more", STEP).status_code == 400


def test_a_slice_that_was_changed_on_the_way_is_refused(client, photograph):
    place = begin(client, len(photograph))["Location"]
    headers = {"Content-Digest": digest(photograph[:STEP])}
    assert patch(client, place, photograph[1 : STEP + 1], 0, **headers).status_code == 400
    assert patch(client, place, photograph[:STEP], 0, **headers).status_code == 204
    assert (
        patch(client, place, photograph[STEP:], STEP, **{"Content-Digest": "sha-256=:x:"}).status_code == 400
    )


def test_other_methods_types_and_kinds_are_refused(client, photograph):
    place = begin(client, len(photograph))["Location"]
    assert [client.get(place).status_code, client.put(place).status_code] == [405, 405]
    assert patch(client, place, photograph[:STEP], 0, content_type="image/jpeg").status_code == 415
    assert begin(client, 9, kind="nonsense").status_code == 404
    assert client.get(reverse("documents:upload_begin", args=["photo"])).status_code == 405


def test_a_photo_is_checked_as_a_photo_however_it_came(client, applicant):
    upload = sent(client, files.pdf() + bytes(SLICE))
    filled = form(upload.pk, kind="photo")
    assert filled.store(owner=applicant) == []
    assert "must be a picture" in filled.errors["file"][0]


def test_of_random_senders_each_ends_with_the_file_that_was_sent(client, applicant):
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(6):
        content = files.jpeg() + chance.randbytes(chance.randint(1, 600_000))
        place, offset = begin(client, len(content))["Location"], 0
        while offset < len(content):
            at = chance.choice([offset, offset, max(0, offset - 1), 0])
            step = chance.randint(1, 300_000)
            answer = patch(client, place, content[at : at + step], at)
            assert answer.status_code in {204, 400, 409}
            offset = int(client.head(place)["Upload-Offset"])
        [document] = form(place.split("/")[-2]).store(owner=applicant)
        assert document.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_send_the_same_slice_add_it_once(applicant, photograph):
    upload = actions.begin(owner=applicant, kind="supporting", name="a.jpg", size=len(photograph))

    def at_once(_number):
        try:
            actions.append(upload, photograph[:STEP], offset=0)
        except actions.MismatchError as error:
            return error.upload.received
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(at_once, range(4))) == [0, STEP, STEP, STEP]
    assert Upload.objects.get().received == STEP


# What is kept, and how long --------------------------------------------------------------------


def test_slices_lie_encrypted_and_go_when_the_document_is_stored(
    client, applicant, photograph, django_capture_on_commit_callbacks
):
    upload = sent(client, photograph)
    with default_storage.open(slices.name_of(upload.pk, 0)) as raw:
        assert photograph[:1000] not in raw.read()
    with django_capture_on_commit_callbacks(execute=True):
        form(upload.pk).store(owner=applicant)
    assert slices.offsets(upload.pk) == []
    assert Key.objects.get(pk=upload.pk).is_destroyed


def test_of_six_unfinished_uploads_the_oldest_gives_way(client, photograph):
    places = [begin(client, len(photograph))["Location"] for _ in range(6)]
    assert client.head(places[0]).status_code == 404
    assert [client.head(place).status_code for place in places[1:]] == [204] * 5


def test_uploads_count_against_the_quota(client, applicant, photograph, settings):
    settings.DOCUMENT_QUOTA_PER_PERSON = 2
    begin(client, len(photograph))
    begin(client, len(photograph))
    answer = begin(client, len(photograph))
    assert answer.status_code == 422
    assert "2 files" in answer.json()["detail"]


def test_after_a_day_an_upload_is_forgotten_with_its_slices(
    client, photograph, django_capture_on_commit_callbacks
):
    old, new = sent(client, photograph), sent(client, photograph)
    Upload.objects.filter(pk=old.pk).update(begun_at=old.begun_at - timedelta(days=1, seconds=1))
    assert client.head(reverse("documents:upload", args=[old.pk])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_expired() == 1
    assert (slices.offsets(old.pk), len(slices.offsets(new.pk)) > 0) == ([], True)
    assert actions.forget_expired() == 0


def test_slices_that_no_upload_knows_are_swept(client, photograph):
    upload = sent(client, photograph)
    Upload.objects.filter(pk=upload.pk).delete()
    actions.forget_expired()
    assert slices.offsets(upload.pk) == []


def test_a_sender_may_give_up(client, photograph, django_capture_on_commit_callbacks):
    upload = sent(client, photograph)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(reverse("documents:upload", args=[upload.pk])).status_code == 204
    assert not Upload.objects.exists()
    assert slices.offsets(upload.pk) == []


def test_a_storage_that_is_away_is_told_and_the_slice_can_come_again(client, photograph, monkeypatch):
    place = begin(client, len(photograph))["Location"]
    with monkeypatch.context() as patched:
        patched.setattr(slices, "write", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        assert patch(client, place, photograph[:STEP], 0).status_code == 503
    assert patch(client, place, photograph[:STEP], 0).status_code == 204


def test_file_inputs_tell_the_script_where_and_in_which_digits():
    with override("fa"):
        html = str(UploadForm(kind="photo"))
    assert 'data-digits="۰۱۲۳۴۵۶۷۸۹"' in html
    assert "/documents/uploads/photo/" in html
