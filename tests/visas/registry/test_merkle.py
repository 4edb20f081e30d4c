"""The tree against the vectors of RFC 6962's reference code, a naive tree, and every change of a proof."""

import hashlib

import pytest
from hypothesis import given, strategies as st

from visas.registry import merkle

ENTRIES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {  # leaf (from 0) and size: path, from the reference code
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def grown(leaves):
    """Return every node of the tree, grown leaf by leaf as the log grows."""
    nodes = {}
    for index, leaf in enumerate(leaves):
        nodes.update(merkle.completed(index, leaf, nodes))
    return nodes


def naive(leaves):
    """Return the root by the definition of RFC 9162 §2.1.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    middle = merkle.split(len(leaves))
    return merkle.node_hash(naive(leaves[:middle]), naive(leaves[middle:]))


LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
NODES = grown(LEAVES)
MANY = [merkle.leaf_hash(str(number).encode()) for number in range(70)]
MANY_NODES = grown(MANY)


def proof(ranges, nodes=MANY_NODES):
    return [merkle.folded(*each, nodes) for each in ranges]


def root(size):
    return merkle.folded(0, size, MANY_NODES)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference(size):
    expected = ROOTS[size - 1] if size else hashlib.sha256(b"").hexdigest()
    assert merkle.folded(0, size, NODES).hex() == expected


@pytest.mark.parametrize("leaf_and_size", INCLUSION)
def test_inclusion_proofs_are_those_of_the_reference(leaf_and_size):
    found = proof(merkle.inclusion_ranges(*leaf_and_size), NODES)
    assert [each.hex() for each in found] == INCLUSION[leaf_and_size]


@pytest.mark.parametrize("sizes", CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference(sizes):
    found = proof(merkle.consistency_ranges(*sizes), NODES)
    assert [each.hex() for each in found] == CONSISTENCY[sizes]


@pytest.mark.parametrize("size", range(1, 70))
def test_every_root_and_every_proof_of_seventy_trees_holds(size):
    assert root(size) == naive(MANY[:size])
    for index in range(size):
        path = proof(merkle.inclusion_ranges(index, size))
        assert merkle.includes(MANY[index], index, size, path, root(size))
    for old in range(1, size + 1):
        path = proof(merkle.consistency_ranges(old, size))
        assert merkle.is_consistent(old, root(old), size, root(size), path)


@given(st.data())
def test_a_changed_proof_never_holds(data):
    size = data.draw(st.integers(2, 70))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size - 1))
    path, steps = proof(merkle.inclusion_ranges(index, size)), proof(merkle.consistency_ranges(old, size))
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != index))
    assert not merkle.includes(MANY[other], index, size, path, root(size))
    assert not merkle.includes(MANY[index], index, size, path[:-1], root(size))
    assert not merkle.includes(MANY[index], index, size, [*path, path[-1]], root(size))
    assert not merkle.includes(MANY[index], index, size, path, root(old))
    assert not merkle.is_consistent(old, root(old), size, root(size), steps[:-1])
    assert not merkle.is_consistent(old, root(old), size, root(size), [*steps, root(old)])
    place = data.draw(st.integers(0, len(steps) - 1))
    changed = [bytes(32) if at == place else each for at, each in enumerate(steps)]
    assert not merkle.is_consistent(old, root(old), size, root(size), changed)
    assert not merkle.is_consistent(old, merkle.leaf_hash(b"fork"), size, root(size), steps)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (10**30, 3)])
def test_places_outside_the_tree_are_in_no_tree(index, size):
    assert not merkle.includes(MANY[0], index, size, [], MANY[0])


def test_sizes_that_cannot_be_are_inconsistent():
    assert not merkle.is_consistent(3, root(3), 2, root(2), [])
    assert not merkle.is_consistent(-1, root(3), 2, root(2), [])
    assert merkle.is_consistent(0, merkle.EMPTY, 5, root(5), [])
    assert not merkle.is_consistent(0, root(1), 5, root(5), [])
