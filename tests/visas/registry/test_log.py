"""The log: it only grows, whoever writes; its proofs hold; nobody can tell whose a leaf is."""

import hashlib
import json

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from consular.outbox.effects import pay_due
from consular.outbox.models import Effect
from tests.consular.lib.seal.samples import sealed
from tests.visas.registry.test_status_lists import run
from visas.registry import actions, heads, merkle, tasks, views
from visas.registry.entries import entry
from visas.registry.models import Head, Leaf, Node, Salt

pytestmark = pytest.mark.django_db
SEAL = sealed()


def number(place):
    return f"V{place:08}"


def append(times, first=0):
    return [actions.append_leaf(number(place), SEAL) for place in range(first, first + times)]


def proves(receipt, seal=SEAL):
    """Check a receipt as its holder does, with nothing else than it and the seal."""
    leaf = receipt["leaf"]
    committed = hashlib.sha256(bytes.fromhex(receipt["salt"]) + seal).digest()
    hashed = merkle.leaf_hash(entry(leaf["v"], leaf["kid"], leaf["time"], committed))
    path = [bytes.fromhex(each) for each in receipt["path"]]
    root = json.loads(decoded(receipt["head"].split(".")[1]))["root"]
    return merkle.includes(hashed, receipt["index"], receipt["size"], path, bytes.fromhex(root))


def decoded(text):
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text + "==")


def get(path, **parameters):
    cache.clear()
    response = Client().get(f"/v/log/{path}", parameters)
    return response.status_code, response.json()


def test_a_receipt_proves_its_seal_and_no_other():
    receipts = append(9)
    assert all(proves(receipt) for receipt in receipts)
    assert not any(proves(receipt, sealed(reference="1A2C")) for receipt in receipts)
    assert not proves({**receipts[3], "salt": receipts[4]["salt"]})


def test_a_seal_is_entered_once_however_often_it_comes():
    first, again = append(1) + append(1)
    assert Leaf.objects.count() == 1
    assert {**first, "head": ""} == {**again, "head": ""}
    actions.append_leaf(number(0), sealed(reference="1A2C"))
    assert Leaf.objects.count() == 2


def test_a_leaf_is_the_digest_that_the_design_says():
    """SHA-256(00 ‖ JCS{…}), by hand."""
    receipt = append(1)[0]
    leaf = receipt["leaf"]
    committed = hashlib.sha256(bytes.fromhex(receipt["salt"]) + SEAL).hexdigest()
    text = f'{{"commitment":"{committed}","kid":"{leaf["kid"]}","time":"{leaf["time"]}","v":1}}'
    assert bytes(Node.objects.get(level=0).hash) == hashlib.sha256(b"\0" + text.encode()).digest()


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_leave_no_gap_and_no_fork():
    run(50, lambda place: actions.append_leaf(number(place), SEAL))
    assert list(Leaf.objects.values_list("index", flat=True)) == list(range(50))
    hashed = [
        merkle.leaf_hash(entry(leaf.v, leaf.kid, leaf.time, bytes(leaf.commitment)))
        for leaf in Leaf.objects.all()
    ]
    nodes = {}
    for index, leaf in enumerate(hashed):
        nodes.update(merkle.completed(index, leaf, nodes))
    assert heads.root(50) == merkle.folded(0, 50, nodes)
    assert Node.objects.count() == len(nodes)


def test_the_database_lets_nobody_rewrite_the_log():
    append(2)
    actions.sign_head(2)
    leaf, node, head = Leaf.objects.first(), Node.objects.first(), Head.objects.get()
    wrong = (
        lambda: Leaf.objects.update(kid="X"),
        lambda: Leaf.objects.filter(index=1).delete(),
        lambda: Node.objects.update(hash=b""),
        lambda: Head.objects.update(root=b""),
        head.delete,
        lambda: Leaf.objects.create(index=5, v=1, kid="X", time="", commitment=b""),
        lambda: Leaf.objects.create(index=leaf.index, v=1, kid="X", time="", commitment=b""),
        lambda: Node.objects.create(level=node.level, place=node.place, hash=b""),
        lambda: Head.objects.create(size=2, root=b"", signed="fork"),
    )
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_is_forgotten_is_nobodys_leaf_and_the_log_still_holds():
    receipts = append(3)
    assert actions.forget(number(1)) == 1
    assert not Salt.objects.filter(visa=number(1)).exists()
    assert heads.root(3).hex() == json.loads(decoded(receipts[2]["head"].split(".")[1]))["root"]


def test_a_head_is_signed_every_hundred_leaves_and_every_day():
    append(99)
    assert not Effect.objects.filter(topic="registry.sign_head").exists()
    append(1, first=99)
    pay_due()
    assert Head.objects.get().size == 100
    append(1, first=100)
    tasks.owe_head()
    tasks.owe_head()
    pay_due()
    assert list(Head.objects.values_list("size", flat=True)) == [101, 100]
    actions.sign_head(101)
    assert Head.objects.count() == 2


def test_an_empty_log_has_no_head():
    actions.owe_head()
    actions.sign_head(0)
    assert get("head") == (200, {"head": None})
    assert heads.root(0) == merkle.EMPTY


def test_everybody_can_read_leaves_heads_and_proofs():
    append(7)
    actions.sign_head(5)
    actions.sign_head(7)
    head = get("head")[1]["head"]
    assert head["size"] == 7
    assert [each["size"] for each in get("heads", after=0)[1]["heads"]] == [5, 7]
    assert get("heads", after=5)[1]["heads"] == [head]
    leaves = get("leaves", start=2, end=4)[1]
    assert (leaves["start"], len(leaves["leaves"])) == (2, 2)
    assert leaves["leaves"][0].keys() == {"v", "kid", "time", "commitment"}
    path = [bytes.fromhex(each) for each in get("inclusion", index=2, size=7)[1]["path"]]
    assert merkle.includes(bytes(Node.objects.get(level=0, place=2).hash), 2, 7, path, heads.root(7))
    proof = [bytes.fromhex(each) for each in get("consistency", old=5, new=7)[1]["path"]]
    assert merkle.is_consistent(5, heads.root(5), 7, heads.root(7), proof)


def test_a_huge_range_is_answered_with_a_part_of_it(monkeypatch):
    monkeypatch.setattr(views, "MOST_LEAVES", 3)
    append(5)
    assert len(get("leaves", start=0, end=10**14)[1]["leaves"]) == 3
    assert get("leaves", start=10**14, end=10**14)[1]["leaves"] == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("leaves", {}),
        ("leaves", {"start": "-1", "end": "3"}),
        ("leaves", {"start": "3", "end": "1"}),
        ("leaves", {"start": "1e3", "end": "٣"}),
        ("leaves", {"start": "0", "end": "9" * 5000}),
        ("heads", {"after": "x"}),
        ("inclusion", {"index": "2", "size": "2"}),
        ("inclusion", {"index": "0", "size": "3"}),
        ("inclusion", {"index": "0", "size": "0"}),
        ("consistency", {"old": "2", "new": "1"}),
        ("consistency", {"old": "0", "new": str(2**62)}),
    ],
)
def test_numbers_that_make_no_sense_are_told(path, wrong):
    append(2)
    status, body = get(path, **wrong)
    assert status == 400
    assert "give a whole number" in body["error"]


def test_a_proof_costs_a_handful_of_queries(django_assert_num_queries):
    append(40)
    with django_assert_num_queries(1):
        heads.inclusion(13, 40)
    with django_assert_num_queries(1):
        heads.consistency(13, 40)


def test_an_address_may_ask_so_often_and_no_more(client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(views, "REQUESTS", 2)
    assert [client.get("/v/log/head").status_code for _ in range(3)] == [200, 200, 429]
    assert client.post("/v/log/head").status_code in {403, 405}


def test_an_issued_visa_carries_its_proof(evisa):
    assert proves(evisa.log_entry, bytes(evisa.seal))
    assert heads.size() == 1
