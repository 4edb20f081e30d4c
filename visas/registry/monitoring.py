"""How somebody who does not trust us watches the log: replay it, and compare it with what was signed and seen before."""

import base64
import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from visas.registry import merkle, status_lists
from visas.registry.entries import entry
from visas.registry.heads import KIND
from visas.registry.status_lists import UnreliableError
from visas.seals import bundle

LONGEST_HEADER = 8000  # characters: it carries a certificate
MALFORMED = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, JoseError)


class Source(Protocol):
    """Where the log is read: over the network, or in this database."""

    def bundle(self) -> bytes: ...
    def heads(self, after: int) -> list[dict[str, Any]]: ...
    def leaves(self, start: int, end: int) -> list[dict[str, Any]]: ...
    def consistency(self, old: int, new: int) -> list[str]: ...


class BrokenLogError(Exception):
    """The log, a head or a list is not what it has to be: in words, for whoever is called about it."""


@dataclass
class State:
    """What a monitor remembers from one run to the next."""

    size: int = 0
    root: str = merkle.EMPTY.hex()
    nodes: dict[merkle.Node, bytes] = field(default_factory=dict)
    authorities: list[str] = field(default_factory=list)
    lists: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> str:
        nodes = [[level, place, found.hex()] for (level, place), found in self.nodes.items()]
        return json.dumps({**self.__dict__, "nodes": nodes}, indent=1)

    @classmethod
    def of(cls, text: str) -> "State":
        kept = json.loads(text)
        nodes = {(level, place): bytes.fromhex(found) for level, place, found in kept.pop("nodes")}
        return cls(nodes=nodes, **kept)

    def add(self, leaf: bytes) -> None:
        """Grow the tree by one leaf, keeping no more of it than the next one needs."""
        grown = {**self.nodes, **dict(merkle.completed(self.size, leaf, self.nodes))}
        self.size += 1
        self.nodes = {piece: grown[piece] for piece in merkle.pieces(0, self.size)}
        self.root = merkle.folded(0, self.size, self.nodes).hex()


def watch(source: Source, state: State, now: dt.datetime) -> State:
    """Return what is to be remembered after everything was found right; `BrokenLogError` when something was not."""
    try:
        _trust(source.bundle(), state, now)
        before = (state.size, state.root)
        while heads := source.heads(state.size):
            for head in heads:
                _follow(source, head, state)
        is_the_beginning(source, before, state)
    except MALFORMED as error:
        raise BrokenLogError(f"An answer is not as described: {error!r}.") from error
    return state


# Whom to believe, and the lists


def _trust(made: bytes, state: State, now: dt.datetime) -> None:
    """Check the bundle, its head and its lists with the authorities that were believed first."""
    claimed = json.loads(_decoded(made.split(b".")[1]))
    if not state.authorities:
        state.authorities = list(claimed["authorities"])
    key = _certified(claimed["signer"], state)
    said = bundle.opened(made, key.as_dict(private=False))
    head = said["tree_head"]
    if head and head["size"] < state.size:
        raise BrokenLogError(
            f"The log is shorter than it was: {state.size} leaves before, {head['size']} now."
        )
    for each in said["status_lists"]:
        number = str(each["list"])
        try:
            found = status_lists.read(
                each["jwt"], key, number=each["list"], now=now, seen=state.lists.get(number, 0)
            )
        except UnreliableError as error:
            raise BrokenLogError(f"Status list {number} is not to be believed: {error}.") from error
        state.lists[number] = found["iat"]
    if missing := set(state.lists) - {str(each["list"]) for each in said["status_lists"]}:
        raise BrokenLogError(f"Status lists are missing: {', '.join(sorted(missing))}.")


def _decoded(text: bytes) -> bytes:
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))


def _certified(certificate: str, state: State) -> ECKey:
    """Return the key of a certificate by one of the authorities that this monitor believes."""
    found = x509.load_der_x509_certificate(base64.b64decode(certificate))
    for each in state.authorities:
        try:
            found.verify_directly_issued_by(x509.load_der_x509_certificate(base64.b64decode(each)))
        except (InvalidSignature, ValueError, TypeError):
            continue
        public: Any = found.public_key()
        return ECKey.import_key(public)
    raise BrokenLogError("Something was signed by a key that no authority of ours has certified.")


# The log


def _follow(source: Source, head: dict[str, Any], state: State) -> None:
    """Replay the leaves up to a head, and check that it is the head of what was replayed."""
    size, root = head["size"], head["root"]
    if type(size) is not int or size <= state.size:
        raise BrokenLogError(f"A head of {size!r} leaves follows one of {state.size}.")
    _is_signed(head, state)
    while state.size < size:
        found = source.leaves(state.size, size)
        if not found:
            raise BrokenLogError(
                f"Leaf {state.size} is missing, although a head of {size} leaves was signed."
            )
        for leaf in _hashes(found[: size - state.size]):
            state.add(leaf)
    if state.root != root:
        raise BrokenLogError(
            f"The head of {size} leaves does not fit the leaves: {root} was signed, {state.root} is right."
        )


def _hashes(leaves: Iterable[dict[str, Any]]) -> Iterable[bytes]:
    for each in leaves:
        committed = bytes.fromhex(each["commitment"])
        yield merkle.leaf_hash(entry(each["v"], each["kid"], each["time"], committed))


def _is_signed(head: dict[str, Any], state: State) -> None:
    made = str(head["signed"])
    header = json.loads(_decoded(made.split(".", maxsplit=1)[0].encode()))
    key = _certified(header["x5c"][0], state)
    registry = jws.JWSRegistry()
    registry.max_header_length = LONGEST_HEADER
    said = json.loads(jws.deserialize_compact(made, key, algorithms=["ES256"], registry=registry).payload)
    if header.get("typ") != KIND or (said["size"], said["root"]) != (head["size"], head["root"]):
        raise BrokenLogError(f"The head of {head['size']} leaves is not the one that was signed.")


def is_the_beginning(source: Source, before: tuple[int, str], state: State) -> None:
    """Ask for the proof that what was seen before is the beginning of what there is now."""
    old, root = before
    if not old or old == state.size:
        return
    proof = [bytes.fromhex(each) for each in source.consistency(old, state.size)]
    if not merkle.is_consistent(old, bytes.fromhex(root), state.size, bytes.fromhex(state.root), proof):
        raise BrokenLogError(
            f"There is no proof that the log of {old} leaves is the beginning of {state.size}."
        )
