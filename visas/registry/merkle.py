"""The Merkle tree of RFC 9162 §2: hashes, proofs, and how proofs are checked. Pure: no database, no Django.

A tree of n leaves is made of complete subtrees; `Nodes` holds their hashes by level and place (level 0: the leaves).
Every range that a proof names begins where a complete subtree begins, so that a proof needs some log² n of them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

Node = tuple[int, int]  # level, place
Range = tuple[int, int]  # from, to (not included)
Nodes = Mapping[Node, bytes]

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


# The tree


def pieces(start: int, end: int) -> Iterator[Node]:
    """Yield the largest complete subtrees that a range is made of, from left to right."""
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        yield level, start >> level
        start += 1 << level


def folded(start: int, end: int, nodes: Nodes) -> bytes:
    """Return the hash of a range that a proof names; of the whole tree with `start` 0."""
    hashes = [nodes[piece] for piece in pieces(start, end)]
    if not hashes:
        return EMPTY
    found = hashes.pop()
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found


def completed(index: int, leaf: bytes, nodes: Nodes) -> Iterator[tuple[Node, bytes]]:
    """Yield the leaf and the complete subtrees that end with it. `nodes` has the pieces of the tree before."""
    level, place, found = 0, index, leaf
    yield (level, place), found
    while place & 1:
        found = node_hash(nodes[level, place - 1], found)
        level, place = level + 1, place >> 1
        yield (level, place), found


def needed(ranges: Iterable[Range]) -> set[Node]:
    return {piece for each in ranges for piece in pieces(*each)}


# Proofs


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the ranges whose hashes lead from a leaf to the root, from the leaf on (RFC 9162 §2.1.3.1)."""
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Return the ranges that prove a tree to be the beginning of a larger one (RFC 9162 §2.1.4.1)."""
    start, end, found, is_whole = 0, new, [], True
    while old != end:
        middle = start + split(end - start)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start, is_whole = middle, False
    return ([] if is_whole else [(start, end)]) + found[::-1]


def split(size: int) -> int:
    """Return the largest power of two that is smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


# Checks


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a leaf is in the tree with this root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(each, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, each)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the old tree is the beginning of the new one (RFC 9162 §2.1.4.2)."""
    if not 0 < old <= new:
        return old == 0 <= new and not proof and old_root == EMPTY
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and _leads_to_both(old - 1, new - 1, path, (old_root, new_root))


def _leads_to_both(place: int, last: int, path: Sequence[bytes], roots: tuple[bytes, bytes]) -> bool:
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = node_hash(each, older), node_hash(each, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, each)
        place, last = place >> 1, last >> 1
    return last == 0 and (older, newer) == roots
