"""Documents in a bucket, against a real S3 server over HTTP: what a folder can do it can, and when it is away we wait."""

import hashlib
import http.client
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from consular.documents import actions, originals, renditions
from consular.documents.bucket import PrivateBucket, StorageError
from consular.documents.models import Document
from consular.documents.status import State
from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from consular.vault.streaming import DamagedError
from embassy.settings import environment
from tests.consular.documents import files, s3
from tests.factories.documents import photograph, upload

pytestmark = pytest.mark.django_db

LARGE = 9_500_000  # more than one part of a multipart upload


@pytest.fixture(scope="module")
def server():
    with s3.served() as port:
        s3.client(port).create_bucket(Bucket=s3.BUCKET)
        yield port


@pytest.fixture
def line(server):
    line = s3.Line(server)
    yield line
    line.close()


@pytest.fixture
def options(line, monkeypatch):
    """Return the storage's options as the settings make them of the environment."""
    for name, value in {
        "ENDPOINT_URL": f"http://127.0.0.1:{line.port}",
        "REGION": "us-east-1",
        "ACCESS_KEY": s3.ACCESS,
        "SECRET_KEY": s3.SECRET,
        "ENCRYPTION": "AES256",
    }.items():
        monkeypatch.setenv(f"PORTAL_S3_{name}", value)
    return environment.bucket(s3.BUCKET)


@pytest.fixture
def bucket(options, settings, server):
    """Put the portal's documents into the bucket, and return somebody who looks into it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "consular.documents.bucket.PrivateBucket", "OPTIONS": options},
    }
    looker = s3.client(server)
    yield looker
    for name in names(looker):
        looker.delete_object(Bucket=s3.BUCKET, Key=name)


def names(looker, document=None):
    found = looker.list_objects_v2(Bucket=s3.BUCKET, Prefix=f"documents/{document.pk}" if document else "")
    return [each["Key"] for each in found.get("Contents", [])]


def body(response):
    return b"".join(response.streaming_content)


def test_a_document_is_taken_processed_shown_handed_over_and_removed(
    bucket, processed, applicant, officer, signed_in
):
    document = processed(photograph((900, 1200)), name="page.jpg")
    assert document.state == State.CLEAN
    assert len(names(bucket, document)) == 3
    page = signed_in(applicant).get(reverse("documents:page_image", args=[document.pk, 1]))
    assert body(page).startswith(b"\xff\xd8\xff")
    with actions.hand_over_copy(document, by=officer, reference="QV7KM3WFD2HX") as copy:
        assert copy.read(5) == b"%PDF-"
    with actions.hand_over_original(document, by=officer) as original:
        assert hashlib.sha256(original.read()).hexdigest() == document.sha256
    actions.remove(document, by=applicant)
    assert pay_due() >= 1
    assert names(bucket, document) == []


def test_what_lies_in_the_bucket_is_encrypted_by_us_and_by_the_server(bucket, processed):
    document = processed(files.pdf(1))
    for name in names(bucket, document):
        found = bucket.get_object(Bucket=s3.BUCKET, Key=name)
        content = found["Body"].read()
        assert found["ServerSideEncryption"] == "AES256"
        assert content[:1] == b"\x28"
        assert b"PDF" not in content[:100]
        assert b"JFIF" not in content[:100]


def test_a_large_file_in_several_parts_comes_back_as_it_was(bucket, applicant):
    content = photograph() + bytes(LARGE)
    document = actions.store(upload(content), owner=applicant, kind="supporting")
    with originals.opened(document) as original:
        assert original.read() == content


def test_nobody_without_our_key_reads_the_bucket(bucket, server, stored):
    document = stored(photograph())
    link = http.client.HTTPConnection("127.0.0.1", server)
    link.request("GET", f"/{s3.BUCKET}/documents/{document.pk}/original")
    assert link.getresponse().status == 403
    link.close()


def test_files_have_no_address(bucket, stored):
    with pytest.raises(ValueError, match="no address"):
        stored(photograph()).original.url  # noqa: B018 - a property


def test_an_upload_while_the_bucket_is_away_is_told_and_leaves_nothing(bucket, line, applicant):
    line.cut()
    with pytest.raises(ValidationError) as caught:
        actions.store(upload(photograph()), owner=applicant, kind="photo")
    assert caught.value.code == "storage"
    assert not Document.objects.exists()
    assert not Effect.objects.exists()


def test_processing_waits_for_a_bucket_that_is_away_and_goes_on_when_it_is_back(bucket, line, stored):
    document = stored(photograph((900, 1200)))
    line.cut()
    pay_due()
    document.refresh_from_db()
    owed = Effect.objects.get(topic="documents.process")
    assert (document.state, owed.status, owed.last_error) == (State.FAILED, "waiting", "StorageError")
    line.mend()
    make_due()
    pay_due()
    document.refresh_from_db()
    assert (document.state, Effect.objects.get(pk=owed.pk).status) == (State.CLEAN, "done")


def test_erasing_waits_for_a_bucket_that_is_away_but_the_key_is_gone_at_once(
    bucket, line, processed, applicant
):
    document = processed(photograph())
    make_due()
    pay_due()
    line.cut()
    actions.remove(document, by=applicant)
    pay_due()
    assert len(names(bucket, document)) == 3
    line.mend()
    make_due()
    pay_due()
    assert names(bucket, document) == []
    assert Entry.objects.about(document).filter(verb="document.erased").count() == 1


def test_a_page_cannot_be_had_while_the_bucket_is_away_and_can_be_afterwards(
    bucket, line, processed, applicant, signed_in
):
    document, client = processed(photograph()), signed_in(applicant)
    address = reverse("documents:page_image", args=[document.pk, 1])
    line.cut()
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    line.mend()
    assert body(client.get(address)).startswith(b"\xff\xd8\xff")


def test_what_was_changed_or_swapped_in_the_bucket_is_refused(bucket, processed):
    one, other = processed(photograph((300, 400))), processed(photograph((400, 300)))
    names_of = [f"documents/{each.pk}/pages/1.jpg" for each in (one, other)]
    bucket.copy_object(
        Bucket=s3.BUCKET, Key=names_of[0], CopySource={"Bucket": s3.BUCKET, "Key": names_of[1]}
    )
    with pytest.raises(DamagedError):
        renditions.read(one.pages.get().image)
    content = bytearray(bucket.get_object(Bucket=s3.BUCKET, Key=names_of[1])["Body"].read())
    content[-1] ^= 1
    bucket.put_object(Bucket=s3.BUCKET, Key=names_of[1], Body=bytes(content))
    with pytest.raises(DamagedError):
        renditions.read(other.pages.get().image)


def test_what_is_gone_from_the_bucket_is_not_found(bucket, processed, applicant, signed_in):
    document = processed(photograph())
    bucket.delete_object(Bucket=s3.BUCKET, Key=f"documents/{document.pk}/pages/1.jpg")
    answer = signed_in(applicant).get(reverse("documents:page_image", args=[document.pk, 1]))
    assert answer.status_code == 404


def test_orphans_are_swept_from_the_bucket_and_nothing_else(bucket, stored, time_machine):
    kept = stored(photograph())
    default_storage.save("documents/0b9ff9bc-3e35-4a52-a45b-4e5c9c5ad0a7/original", ContentFile(b"x"))
    assert actions.sweep() == 0
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert actions.sweep() == 1
    assert names(bucket) == [f"documents/{kept.pk}/original"]


def test_a_bucket_that_is_not_ours_or_not_there_is_trouble_of_the_storage(bucket, options):
    elsewhere = PrivateBucket(**{**options, "bucket_name": "nowhere"})
    with pytest.raises(OSError):  # noqa: PT011 - any of ours
        elsewhere.save("documents/x", ContentFile(b"x"))
    with pytest.raises(FileNotFoundError):
        PrivateBucket(**options).open("documents/x")


def test_reading_holds_no_line(bucket, line, stored):
    """The file is fetched whole when it is opened: a bucket that goes away in the middle cuts nothing off."""
    content = photograph() + bytes(LARGE)
    document = stored(content)
    with originals.opened(document) as original:
        first = original.read(10)
        line.cut()
        assert first + original.read() == content


def test_a_line_cut_while_a_file_is_sent_is_told_as_trouble_of_the_storage(bucket, line):
    class Cutting(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 1_000_000:
                line.cut()
            return super().read(size)

    with pytest.raises(StorageError):
        default_storage.save("documents/y", Cutting(bytes(LARGE)))


def test_an_encryption_that_s3_does_not_know_stops_the_start(monkeypatch, options):
    monkeypatch.setenv("PORTAL_S3_ENCRYPTION", "rot13")
    with pytest.raises(ImproperlyConfigured, match="PORTAL_S3_ENCRYPTION"):
        environment.bucket(s3.BUCKET)


def make_due():
    """Let what waits for its next attempt be tried now."""
    Effect.objects.open().update(due_at=timezone.now(), available_at=timezone.now())
