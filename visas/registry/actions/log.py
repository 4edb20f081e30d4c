"""Enter seals into the log, one after the other, and sign its heads."""

import secrets
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from consular.lib.seal.reading import read
from consular.outbox.actions import owe
from visas.registry import heads, merkle
from visas.registry.entries import commitment, entry
from visas.registry.models import DIGEST, Head, Leaf, Node, Salt
from visas.registry.status import LEAF_VERSION, LEAVES_A_HEAD

LOCK = 0x106 << 48  # of who appends, until their transaction ends


@transaction.atomic
def append_leaf(visa: str, seal: bytes) -> dict[str, Any]:
    """Enter a seal, unless it is in the log, and return what proves it: leaf, salt, path, and a head signed for it."""
    for known in Salt.objects.filter(visa=visa).select_related("leaf"):
        if commitment(bytes(known.salt), seal) == bytes(known.leaf.commitment):
            return _receipt(known.leaf, bytes(known.salt))
    _alone()
    salt = secrets.token_bytes(DIGEST)
    leaf = _append(heads.size(), _kid(seal), commitment(salt, seal))
    Salt.objects.create(leaf=leaf, visa=visa, salt=salt)
    if (leaf.index + 1) % LEAVES_A_HEAD == 0:
        owe("registry.sign_head", key=f"log:{leaf.index + 1}", size=leaf.index + 1)
    return _receipt(leaf, salt)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s::bigint)", [LOCK])


def _kid(seal: bytes) -> str:
    header = read(seal).header
    return header.signer + header.reference


def _append(index: int, kid: str, committed: bytes) -> Leaf:
    time = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    leaf = Leaf.objects.create(index=index, v=LEAF_VERSION, kid=kid, time=time, commitment=committed)
    known = heads.nodes(set(merkle.pieces(0, index)))
    hashed = merkle.leaf_hash(entry(leaf.v, kid, time, committed))
    Node.objects.bulk_create(
        Node(level=level, place=place, hash=made)
        for (level, place), made in merkle.completed(index, hashed, known)
    )
    return leaf


def _receipt(leaf: Leaf, salt: bytes) -> dict[str, Any]:
    """Return the proof in the tree that ends with this leaf, whose head is signed with it: it needs nobody else."""
    size = leaf.index + 1
    return {
        "leaf": heads.leaf(leaf),
        "salt": salt.hex(),
        "index": leaf.index,
        "size": size,
        "path": heads.inclusion(leaf.index, size),
        "head": heads.sign(size, heads.root(size)),
    }


@transaction.atomic
def sign_head(size: int) -> None:
    """Sign and publish the head of the log at this size; once."""
    _alone()
    size = min(size, heads.size())
    if size and not Head.objects.filter(size=size).exists():
        root = heads.root(size)
        Head.objects.create(size=size, root=root, signed=heads.sign(size, root))


@transaction.atomic
def owe_head() -> None:
    """Owe today's head. A second beat on one day changes nothing."""
    if size := heads.size():
        owe("registry.sign_head", key=f"log:{timezone.localdate()}", size=size)


@transaction.atomic
def forget(visa: str) -> int:
    """Erase what connects a visa with the log, and return how many leaves became nobody's."""
    return Salt.objects.filter(visa=visa).delete()[0]
