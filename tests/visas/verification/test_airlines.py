"""The end point of airlines: what to do with a traveller, and nothing about them; keys that are shown once."""

import base64
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from consular.audit.models import Entry
from embassy.api import board
from tests.consular.lib.seal.samples import sealed
from visas.issuance.actions.suspend import suspend
from visas.issuance.models import EVisa
from visas.verification import actions
from visas.verification.models import AirlineCount, AirlineKey
from visas.verification.rules import find

pytestmark = pytest.mark.django_db
BOARD = "/api/v1/board"


@pytest.fixture(autouse=True)
def _no_tries_yet(db):
    cache.clear()


@pytest.fixture
def key(head):
    return actions.make_key("Air Velmaris", by=head)[1]


@pytest.fixture
def post(client, key):
    def send(body, key=key, content_type="application/json", **headers):
        body = body if isinstance(body, (bytes, str)) else json.dumps(body)
        headers = {"authorization": f"Bearer {key}", **headers} if key else headers
        return client.post(BOARD, body, content_type=content_type, headers=headers)

    return send


@pytest.fixture
def in_force(evisa):
    EVisa.objects.update(valid_from=timezone.localdate())
    return EVisa.objects.select_related("application__traveller").get(pk=evisa.pk)


def numbers(evisa):
    return {"visa_number": evisa.number, "passport_number": evisa.application.traveller.passport_number}


def as_base64(evisa):
    return base64.b64encode(bytes(evisa.seal)).decode()


def test_a_seal_of_a_visa_in_force_boards(post, in_force):
    for seal in (as_base64(in_force), bytes(in_force.seal).hex(), bytes(in_force.seal).hex().upper()):
        answer = post({"seal": seal})
        assert (answer.status_code, answer.json()) == (
            200, {"answer": "board", "word": "VALID", "standing": "in_force"},
        )  # fmt: skip


def test_numbers_of_visa_and_passport_board(post, in_force):
    assert post(numbers(in_force)).json()["answer"] == "board"


def test_a_visa_that_is_not_yet_in_force_is_referred(post, evisa):
    EVisa.objects.update(valid_from=evisa.valid_until)
    assert post({"seal": as_base64(evisa)}).json() == {
        "answer": "refer",
        "word": "VALID",
        "standing": "not_yet",
    }


def test_a_revoked_visa_does_not_board(post, revoked):
    assert post(numbers(find(revoked.number))).json() == {
        "answer": "do_not_board",
        "word": "VALID",
        "standing": "revoked",
    }


def test_a_suspended_visa_is_referred(post, in_force, head):
    suspend(in_force, by=head)
    assert post({"seal": as_base64(in_force)}).json()["answer"] == "refer"


def test_an_expired_visa_does_not_board(post, in_force):
    yesterday = timezone.localdate() - timedelta(days=1)
    EVisa.objects.update(valid_from=yesterday, valid_until=yesterday)
    assert post(numbers(in_force)).json() == {
        "answer": "do_not_board",
        "word": "VALID",
        "standing": "expired",
    }


def test_another_passport_does_not_board(post, in_force):
    expected = {"answer": "do_not_board", "word": "SEAL_PASSPORT_MISMATCH", "standing": None}
    assert post({"seal": as_base64(in_force), "passport_number": "X1"}).json() == expected
    assert post({**numbers(in_force), "passport_number": "X1"}).json() == expected
    assert post({**numbers(in_force), "visa_number": "V22222222"}).json() == expected


def test_a_forged_seal_does_not_board(post, in_force):
    forged = bytearray(in_force.seal)
    forged[-1] ^= 1
    assert post({"seal": forged.hex()}).json() == {
        "answer": "do_not_board",
        "word": "INVALID_SIGNATURE",
        "standing": None,
    }
    assert post({"seal": sealed().hex()}).json()["answer"] != "board"
    assert post({"seal": bytes(in_force.seal)[:-5].hex()}).json()["answer"] != "board"


def test_a_genuine_seal_without_a_visa_is_referred(post, in_force):
    """Its record is gone, or its paper was never given out."""
    EVisa.objects.update(number="V99999999")
    assert post({"seal": as_base64(in_force)}).json() == {
        "answer": "refer",
        "word": "VALID",
        "standing": None,
    }


def test_the_answer_says_nothing_about_the_holder(post, in_force):
    text = post({"seal": as_base64(in_force)}).content.decode()
    person = in_force.application.traveller
    assert not any(each in text for each in (person.surname, person.passport_number, in_force.number))


def test_key_result_and_day_are_counted_and_no_person(post, in_force):
    post(numbers(in_force))
    post(numbers(in_force))
    count = AirlineCount.objects.get()
    assert (count.answer, count.word, count.count) == ("board", "VALID", 2)
    assert AirlineKey.objects.get().last_used_on == timezone.localdate()
    assert {field.name for field in AirlineCount._meta.fields} == {
        "id",
        "key",
        "on",
        "answer",
        "word",
        "count",
    }


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic eDp5", "Bearer wrong", "Bearer \xe9", "x" * 5000]
)
def test_without_a_key_there_is_no_answer(client, in_force, header):
    headers = {"authorization": header} if header is not None else {}
    response = client.post(
        BOARD, json.dumps(numbers(in_force)), content_type="application/json", headers=headers
    )
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_revoked_key_opens_nothing(post, in_force, head):
    actions.revoke_key(AirlineKey.objects.get(), by=head)
    assert post(numbers(in_force)).status_code == 401


def test_wrong_keys_are_counted(post, in_force):
    answers = [post(numbers(in_force), key=f"wrong{place}").status_code for place in range(12)]
    assert answers == [401] * board.WRONG_KEYS + [429] * 2
    assert post(numbers(in_force)).status_code == 200


def test_a_key_has_its_limit(post, in_force, monkeypatch):
    monkeypatch.setattr(board, "REQUESTS", 2)
    monkeypatch.setattr(board, "SECONDS", 3600)
    assert [post(numbers(in_force)).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b'"seal"', b"\xff\xfe", b"[" * 4000, b"{" + b'"a":{' * 600, b"1" * 4096,
        b'{"seal":"' + b"A" * 5000 + b'"}', b" " * 100_000 + b"{}",
        {}, {"seal": 5}, {"seal": ["DC"]}, {"seal": None}, {"seal": "é"}, {"seal": "DC0"}, {"seal": "not base64!"},
        {"visa_number": "V22222222"}, {"passport_number": "X1"}, {"visa_number": "v2", "passport_number": "X1"},
        {"visa_number": "V\u0000", "passport_number": "X1"}, {"visa_number": "٣", "passport_number": "X1"},
        {"visa_number": {}, "passport_number": []}, {"seal": "DC", "name": "SMITH"},
        {"seal": "DC", "visa_number": "V22222222"}, {"visa_number": "V" * 21, "passport_number": "X1"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told(post, body):
    response = post(body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("seal", ["", "DC", "AAAA", "DC" * 900])
def test_bytes_that_are_no_seal_do_not_board(post, seal):
    assert post({"seal": seal}).json()["answer"] != "board"


def test_other_methods_and_types_are_refused(client, post, in_force):
    response = client.get(BOARD)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert post(json.dumps(numbers(in_force)), content_type="text/plain").status_code == 400


def test_the_document_describes_it(client):
    document = client.get("/api/v1/openapi.json").json()
    operation = document["paths"]["/board"]["post"]
    assert operation["security"] == [{"airline": []}]
    assert {"/log/head", "/log/heads", "/log/leaves", "/log/inclusion", "/log/consistency"} <= document[
        "paths"
    ].keys()


# Keys


def test_a_consul_makes_a_key_that_is_shown_once(signed_in, head, client, in_force):
    staff = signed_in(head)
    add, listing = (reverse(f"admin:verification_airlinekey_{name}") for name in ("add", "changelist"))
    page = staff.post(add, {"name": "Air Velmaris"}, follow=True).content.decode()
    secret = page[page.index("board_") :][: len("board_") + 43]
    assert secret not in staff.get(listing).content.decode()
    assert secret not in str(vars(AirlineKey.objects.get()))
    assert Entry.objects.filter(verb="airline_key.made", actor=head).exists()
    headers = {"authorization": f"Bearer {secret}"}
    sent = {"data": json.dumps(numbers(in_force)), "content_type": "application/json", "headers": headers}
    assert client.post(BOARD, **sent).status_code == 200
    staff.post(listing, {"action": "revoke", "_selected_action": [AirlineKey.objects.get().pk]})
    assert client.post(BOARD, **sent).status_code == 401
    assert AirlineKey.objects.get().revoked_by == head


def test_nobody_else_makes_keys(signed_in, applicant, approved):
    from tests.factories.missions import PostingFactory

    officer = PostingFactory(mission=approved.mission).user
    for name in ("add", "changelist"):
        address = reverse(f"admin:verification_airlinekey_{name}")
        assert signed_in(officer).get(address).status_code in {302, 403, 404}
    with pytest.raises(actions.PermissionDenied):
        actions.make_key("Mine", by=officer)
