"""A monitor that believes nothing: a log that is changed, cut, forked or signed by others is noticed, in words."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.consular.lib.seal.samples import sealed
from visas.registry import actions, heads, merkle, sources
from visas.registry.models import Head
from visas.seals import bundle, custody
from visas.seals.status import Use

pytestmark = pytest.mark.django_db
SEAL = sealed()


def grow(first, size):
    for place in range(first, size):
        actions.append_leaf(f"V{place:08}", SEAL)
    actions.sign_head(size)


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state.json"


def monitor(state, *more):
    out = StringIO()
    call_command("log_monitor", "--local", "--state", str(state), *more, stdout=out)
    return out.getvalue()


def notices(state, words, *more, code=1):
    with pytest.raises(CommandError, match=words) as error:
        monitor(state, *more)
    assert error.value.returncode == code


def untriggered(statement, *values):
    """Change what triggers protect, as somebody with the database's administrator could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_log_that_grows_is_right_from_run_to_run(state):
    assert "0 leaves" in monitor(state)
    grow(0, 5)
    assert "5 leaves (5 more than before)" in monitor(state)
    grow(5, 12)
    grow(12, 13)
    assert "13 leaves (8 more than before)" in monitor(state)
    assert "13 leaves (0 more than before)" in monitor(state)
    assert "13 leaves" in monitor(state, "--all")


def test_a_changed_leaf_is_noticed(state):
    grow(0, 5)
    untriggered("UPDATE registry_leaf SET kid = 'UT9999' WHERE index = 3")
    notices(state, "does not fit the leaves")


def test_a_leaf_changed_after_it_was_seen_is_noticed_by_who_replays_all(state):
    grow(0, 5)
    monitor(state)
    untriggered("UPDATE registry_leaf SET kid = 'UT9999' WHERE index = 3")
    assert "5 leaves" in monitor(state)
    notices(state, "does not fit the leaves", "--all")


def test_a_log_that_lost_leaves_is_noticed(state):
    grow(0, 3)
    grow(3, 5)
    monitor(state)
    untriggered("DELETE FROM registry_head WHERE size = 5")
    notices(state, "shorter than it was: 5 leaves before, 3 now")


def test_a_missing_leaf_is_noticed(state):
    grow(0, 5)
    untriggered("DELETE FROM registry_salt WHERE leaf_id = 4")
    untriggered("DELETE FROM registry_leaf WHERE index = 4")
    notices(state, "Leaf 4 is missing")


def test_another_log_in_the_place_of_the_one_that_was_seen_is_noticed(state):
    """All is signed and fits, but it is not what was seen before."""
    grow(0, 5)
    monitor(state)
    for table in ("salt", "leaf", "node", "head"):
        untriggered(f"DELETE FROM registry_{table}")  # noqa: S608 - names of ours
    for place in range(100, 107):
        actions.append_leaf(f"V{place:08}", SEAL)
    actions.sign_head(7)
    notices(state, "does not fit the leaves")
    notices(state, "no proof|another", "--all")


def test_a_head_that_nobody_of_ours_signed_is_noticed(state, monkeypatch):
    grow(0, 3)
    monitor(state)
    grow(3, 5)
    kept = json.loads(state.read_text())
    other = bundle._text(stranger())
    state.write_text(json.dumps({**kept, "authorities": [other]}))
    notices(state, "no authority of ours has certified")


def stranger():
    from django.utils import timezone

    from visas.seals import certifying

    return certifying.authority(custody.new_key(Use.SEAL), "UT", now=timezone.now())


def test_a_head_with_another_root_than_the_signed_one_is_noticed(state):
    grow(0, 3)
    head = Head.objects.get()
    untriggered("UPDATE registry_head SET signed = %s", heads.sign(3, merkle.EMPTY))
    notices(state, "not the one that was signed")
    untriggered("UPDATE registry_head SET signed = %s", head.signed[:-8] + "AAAAAAAA")
    notices(state, "not as described")


def test_status_lists_that_go_back_are_noticed(state):
    actions.allot("V22222222")
    monitor(state)
    kept = json.loads(state.read_text())
    state.write_text(json.dumps({**kept, "lists": {"0": kept["lists"]["0"] + 1}}))
    notices(state, "Status list 0 is not to be believed: older than the one before")
    state.write_text(json.dumps({**kept, "lists": {**kept["lists"], "1": 5}}))
    notices(state, "Status lists are missing: 1")


class Answering(sources.Local):
    """Answers something else than it should."""

    def __init__(self, **answers):
        self.__dict__.update({name: lambda *asked, answer=answer: answer for name, answer in answers.items()})


@pytest.mark.parametrize(
    "answers",
    [
        {"bundle": b""}, {"bundle": b"a.b.c"}, {"bundle": b"." * 1000},
        {"heads": [{}]}, {"heads": [{"size": "9", "root": ""}]}, {"heads": [None]}, {"heads": "x"},
        {"heads": [{"size": 0, "root": ""}]}, {"leaves": [{}]}, {"leaves": [{"commitment": 5}]},
        {"leaves": [{"v": 1, "kid": [[]], "time": None, "commitment": "00"}]},
    ],
)  # fmt: skip
def test_answers_that_are_none_are_noticed(state, monkeypatch, answers):
    grow(0, 3)
    monkeypatch.setattr("visas.registry.management.commands.log_monitor.Local", lambda: Answering(**answers))
    notices(state, r"\w")


def test_a_wrong_proof_of_consistency_is_noticed(state, monkeypatch):
    grow(0, 3)
    monitor(state)
    grow(3, 5)
    for wrong in ([], ["00" * 32], ["x"]):
        monkeypatch.setattr(sources.Local, "consistency", lambda *asked, wrong=wrong: wrong)
        notices(state, "no proof|not as described")


def test_nothing_is_remembered_of_a_run_that_found_something(state):
    grow(0, 3)
    monitor(state)
    before = state.read_text()
    grow(3, 5)
    untriggered("UPDATE registry_leaf SET kid = 'UT9999' WHERE index = 3")
    notices(state, "does not fit")
    assert state.read_text() == before


def test_a_command_that_cannot_read_says_so(state):
    with pytest.raises(CommandError, match="either an address or --local"):
        call_command("log_monitor")
    for address in ("ftp://example.org", "file:///etc/passwd", "http://127.0.0.1:9"):
        with pytest.raises(CommandError, match="Nothing could be checked") as error:
            call_command("log_monitor", address)
        assert error.value.returncode == 2
    state.write_text("[]")
    notices(state, "Nothing could be checked", code=2)


@pytest.mark.django_db(transaction=True)
def test_a_portal_is_watched_over_the_network(live_server, state):
    grow(0, 5)
    out = StringIO()
    call_command("log_monitor", live_server.url, "--state", str(state), stdout=out)
    assert "5 leaves" in out.getvalue()
    grow(5, 7)
    call_command("log_monitor", live_server.url, "--state", str(state), stdout=out)
    assert "7 leaves (2 more than before)" in out.getvalue()
