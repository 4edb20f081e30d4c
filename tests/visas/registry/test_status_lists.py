"""Status lists: places at random, marks that reach the world at once, and lists that a reader must not believe."""

import base64
import datetime as dt
import json
import secrets
import threading
import zlib

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from joserfc.jwk import ECKey

from consular.audit.models import Entry
from tests.factories.missions import PostingFactory
from visas.issuance.actions.revoke import ask_to_revoke, revoke
from visas.issuance.actions.suspend import lift, suspend
from visas.issuance.status import Mark, RevocationReason
from visas.registry import actions, status_lists
from visas.registry.models import Place, StatusList
from visas.registry.status import FULL, LENGTH, REVOKED, SUSPENDED, USED, VALID
from visas.registry.status_lists import UnreliableError, mark_at, packed, read
from visas.seals import bundle, signing
from visas.seals.status import Use

pytestmark = pytest.mark.django_db


def key():
    return ECKey.import_key(bundle.public_jwk(signing.active(Use.BUNDLE)))


def fetched(client, number=0):
    response = client.get(f"/v/status/{number}.jwt")
    assert response.status_code == 200
    return response.content.decode()


def said(client, number=0):
    return read(fetched(client, number), key(), number=number, now=timezone.now())


def test_a_visa_has_one_place_however_often_it_asks():
    place = actions.allot("V22222222")
    assert place == actions.allot("V22222222") != actions.allot("V33333333")
    assert StatusList.objects.get().taken == 2


def test_marks_of_issuing_are_the_marks_of_the_lists():
    assert [mark.value for mark in Mark] == [VALID, REVOKED, SUSPENDED, USED]


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_fifty_places():
    run(50, lambda number: actions.allot(f"V{number:08}"))
    assert Place.objects.count() == StatusList.objects.get().taken == 50


@pytest.mark.django_db(transaction=True)
def test_one_visa_asked_for_at_once_has_one_place():
    run(8, lambda number: actions.allot("V22222222"))
    assert Place.objects.count() == StatusList.objects.get().taken == 1


def run(times, work):
    def each(number):
        try:
            work(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=each, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_full_list_is_followed_by_another():
    actions.allot("V22222222")
    StatusList.objects.update(taken=FULL)
    assert actions.allot("V33333333")[0] == 1


def test_a_taken_place_is_not_given_again(monkeypatch):
    places = iter([7, 7, 7, 8])
    monkeypatch.setattr(secrets, "randbelow", lambda most: next(places))
    assert actions.allot("V22222222") == (0, 7)
    assert actions.allot("V33333333") == (0, 8)


def test_the_database_refuses_a_place_twice_or_outside_its_list_or_given_up():
    actions.allot("V22222222")
    place = Place.objects.get()
    wrong = (
        lambda: Place.objects.create(visa="V33333333", list_id=0, index=place.index),
        lambda: Place.objects.create(visa="V33333333", list_id=0, index=LENGTH),
        lambda: Place.objects.create(visa="V33333333", list_id=0, index=0, mark=4),
        lambda: Place.objects.update(index=(place.index + 1) % LENGTH),
        place.delete,
    )
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_revoked_visa_stays_revoked():
    actions.set_status("V22222222", REVOKED, by=None, reason="error")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.set_status("V22222222", VALID, by=None, reason="error")


def test_every_visa_that_is_issued_has_the_place_that_its_seal_names(evisa):
    assert Place.objects.get(visa=evisa.number).index == evisa.status_index


def test_a_revocation_is_in_the_list_that_is_fetched_next(evisa, approved, head, client):
    """The way that it really goes: two officers, the transaction, the address, the bundle; headers allow 30 seconds."""
    index = evisa.status_index
    assert mark_at(said(client), index) == VALID
    ask_to_revoke(evisa, by=PostingFactory(mission=approved.mission).user, reason=RevocationReason.ERROR)
    revoke(evisa, by=head)
    response = client.get("/v/status/0.jwt")
    assert response["Cache-Control"] == "public, max-age=30"
    assert mark_at(said(client), index) == REVOKED
    carried = bundle.opened(client.get("/v/bundle.jws").content, bundle.public_jwks()[0])["status_lists"]
    assert [mark_at(read(each["jwt"], key(), number=0, now=timezone.now()), index) for each in carried] == [
        REVOKED
    ]
    entry = Entry.objects.get(verb="registry.status_set")
    assert entry.actor == head
    assert entry.detail["reason"] == "error"


def test_a_suspension_is_seen_and_its_end_too(evisa, head, client):
    suspend(evisa, by=head)
    assert mark_at(said(client), evisa.status_index) == SUSPENDED
    lift(evisa, by=head)
    assert mark_at(said(client), evisa.status_index) == VALID


def test_an_unchanged_list_is_signed_once_and_not_sent_twice(client, django_assert_num_queries):
    cache.clear()
    actions.allot("V22222222")
    first = client.get("/v/status/0.jwt")
    with django_assert_num_queries(3):  # The list, the key, the cache
        second = client.get("/v/status/0.jwt", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 304
    assert first["Content-Type"] == "application/statuslist+jwt"


def test_a_list_says_when_it_is_from_and_nothing_of_anybody(client):
    actions.set_status("V22222222", REVOKED, by=None, reason="error")
    header, payload, _ = fetched(client).split(".")
    content = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert content.keys() == {"sub", "iat", "exp", "ttl", "status_list"}
    assert content["status_list"]["bits"] == 2
    assert content["exp"] - content["iat"] == 7 * 86400
    assert (
        json.loads(base64.urlsafe_b64decode(header + "==")).items()
        >= {"alg": "ES256", "typ": "statuslist+jwt"}.items()
    )


def test_bits_stand_as_in_the_draft_of_the_ietf():
    """The example of two bits in draft-ietf-oauth-status-list: C9 44 F9 for twelve places."""
    marks = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    bits = zlib.decompress(base64.urlsafe_b64decode(packed(enumerate(marks)) + "=="))
    assert bits[:3].hex() == "c944f9"
    content = {"status_list": {"lst": packed(enumerate(marks))}}
    assert [mark_at(content, index) for index in range(13)] == [*marks, 0]


def test_the_bundle_of_a_hundred_thousand_visas_is_small():
    """1 % of them revoked: nobody needs to fetch more than 60 kB a day."""
    StatusList.objects.create(number=0, taken=FULL)
    places = secrets.SystemRandom().sample(range(LENGTH), FULL // 100)
    Place.objects.bulk_create(
        Place(visa=f"V{number:08}", list_id=0, index=index, mark=REVOKED)
        for number, index in enumerate(places)
    )
    made = bundle.bundle(timezone.now())
    assert len(status_lists.status_list_jwts()[0]["jwt"]) < 6000
    assert len(made) < 60_000


# Lists that must not be believed


@pytest.fixture
def made():
    actions.set_status("V22222222", REVOKED, by=None, reason="error")
    return status_lists.token(StatusList.objects.get())


def refuses(made, words, *, by=None, **options):
    with pytest.raises(UnreliableError, match=words):
        read(made, by or key(), **{"number": 0, "now": timezone.now(), **options})


def test_a_forged_list_is_not_believed(made):
    head, body, signature = made.split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"statuslist+jwt"}').decode().rstrip("=")
    forged = (
        f"{none}.{body}.", f"{head}.{body[:-4]}AAAA.{signature}", f"{head}.{body}.{signature[:-8]}AAAAAAAA",
        "", "..", "é.é.é", "x" * 300_000, made[:-1], f"{head}.{body}",
    )  # fmt: skip
    for each in forged:
        refuses(each, "not a status list")
    refuses(made, "not a status list", by=ECKey.generate_key("P-256"))


def test_another_thing_that_our_key_signed_is_no_list(made):
    refuses(signing.sign_json({"v": 1}, kind="visa-trust+jws"), "not a status list")
    payload = {"sub": "https://x/v/status/0.jwt", "iat": 1, "exp": 2, "status_list": {"bits": 2}}
    refuses(signing.sign_json(payload, kind="visa-trust+jws"), "another list")
    refuses(signing.sign_json([1], kind="statuslist+jwt"), "not a status list")
    refuses(made, "another list", number=1)


def test_a_list_from_before_is_a_replay(made):
    newest = read(made, key(), number=0, now=timezone.now())["iat"]
    assert read(made, key(), number=0, now=timezone.now(), seen=newest)
    refuses(made, "older than the one before", seen=newest + 1)


@pytest.mark.parametrize(
    ("days", "words"), [(365, "out of date"), (8, "out of date"), (-1, "future"), (-365, "future")]
)
def test_a_clock_that_is_wrong_is_noticed(made, days, words):
    refuses(made, words, now=timezone.now() + dt.timedelta(days=days))


@pytest.mark.parametrize("times", [{"iat": "1"}, {"exp": None}, {"iat": True}, {"iat": 1.5}])
def test_times_that_are_none_are_refused(made, times):
    whole = {"sub": "/v/status/0.jwt", "iat": 1, "exp": 2, "status_list": {"bits": 2}, **times}
    refuses(signing.sign_json(whole, kind="statuslist+jwt"), "no times")


@pytest.mark.parametrize("index", [-1, LENGTH, 10**30])
def test_a_place_outside_the_list_is_no_answer(made, index):
    with pytest.raises(UnreliableError):
        mark_at(read(made, key(), number=0, now=timezone.now()), index)


def test_a_list_that_unpacks_to_a_gigabyte_is_read_to_its_length():
    bomb = base64.urlsafe_b64encode(zlib.compress(bytes(50_000_000), 9)).decode()
    assert mark_at({"status_list": {"lst": bomb}}, LENGTH - 1) == VALID
    for lst in ("", "é", "AAAA", 5, None, base64.urlsafe_b64encode(zlib.compress(b"")).decode()):
        with pytest.raises(UnreliableError):
            mark_at({"status_list": {"lst": lst}}, 0)


@pytest.mark.parametrize("path", ["1", "99999999999999999999", "-1", "x"])
def test_a_list_that_there_is_not_is_not_found(client, path):
    assert client.get(f"/v/status/{path}.jwt").status_code == 404
