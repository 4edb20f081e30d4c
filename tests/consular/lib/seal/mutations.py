"""Seals and what goes wrong with them, drawn by a seed: for our own tests, and for a twin in another language.

`python -m tests.consular.lib.seal.mutations FILE [COUNT]` writes JSON: `trust`, the signers to believe
(`spki` is the public key in hexadecimal), `at`, and `seals`, each with `hex` and the `answer` of
`consular.lib.seal.verifying.verify`. A twin that gives the same answers has the same rules. The same seed gives
the same file.
"""

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from consular.lib.seal import visa
from consular.lib.seal.features import Feature
from consular.lib.seal.trust import Trust
from consular.lib.seal.verifying import verify
from tests.consular.lib.seal.samples import (
    TODAY,
    certificate,
    head,
    header_of_version_3,
    key,
    message,
    sealed,
    signed_anyhow,
    write,
    zone,
)

SEED, COUNT = 20261124, 10_000


def originals() -> list[bytes]:
    """Return good seals of several shapes, all on P-256, which browsers verify too."""
    status = Feature(0x90, bytes.fromhex("0001000002"))
    full = message(status, entries=0, type=b"TV", additional=b"\x01\x02")
    other = header_of_version_3(category=b"\xfc\x04") + zone((Feature(1, b"A1"), Feature(2, b"Oscar")))
    return [
        sealed(),
        sealed(full),
        sealed(tuple(reversed(full))),
        sealed((*message(), Feature(0x91, bytes(200)))),
        signed_anyhow(header_of_version_3() + zone(message())),
        signed_anyhow(other),
    ]


# What goes wrong: each takes the bytes and a source of chance


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(8 * len(data))
    return at(data, place // 8, data[place // 8] ^ 1 << place % 8)


def replace(data: bytes, chance: random.Random) -> bytes:
    return at(data, chance.randrange(len(data)), chance.randrange(256))


def at(data: bytes, place: int, value: int) -> bytes:
    return data[:place] + bytes([value]) + data[place + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def remove(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + data[place + 1 + chance.randrange(4) :]


def insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(1 + chance.randrange(4)) + data[place:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(data))
    end = begin + 1 + chance.randrange(10)
    return data[:end] + data[begin:]


def noise(data: bytes, chance: random.Random) -> bytes:
    return data[:2] + chance.randbytes(chance.randrange(200))


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [flip, replace, cut, remove, insert, repeat, noise]


def signed_anew(data: bytes, chance: random.Random) -> bytes:
    """Let something go wrong before it is signed: what is left to find is in the format and the values."""
    return signed_anyhow(chance.choice(MUTATIONS)(data[: -2 - 64], chance))


def shuffled(_: bytes, chance: random.Random) -> bytes:
    """Sign features of every kind, twice or missing, in any order."""
    pool = [*message(entries=1, type=b"C"), Feature(visa.ZONE_B, bytes(44)), Feature(0xA0, b"x")]
    return signed_anyhow(head() + zone(chance.choices(pool, k=chance.randrange(2, 9))))


def renamed(_: bytes, chance: random.Random) -> bytes:
    """Sign in the name of another certificate, or of the same in other words."""
    references = ["1A2B", "00001A2B", "1A2C", "1", "A" * 40, "1A2B0"]
    return sealed(reference=chance.choice(references), signer=chance.choice(["QNVS", "QNVS", "QNVX", "QQVS"]))


ANEW = [signed_anew, signed_anew, shuffled, renamed]  # what their signer has signed


def mutations(count: int = COUNT, seed: int = SEED) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield what was done, the seal as it was, and as it is."""
    chance, good = random.Random(seed), originals()  # noqa: S311 - the same in every run
    for data in good:
        yield "nothing", data, data
    for _ in range(count - len(good)):
        data, change = chance.choice(good), chance.choice([*MUTATIONS, *ANEW])
        yield change.__name__, data, change(data, chance)


def answers(trust: Trust, count: int = COUNT, seed: int = SEED) -> Iterator[dict[str, Any]]:
    for change, _, data in mutations(count, seed):
        yield {"hex": data.hex(), "change": change, "answer": verify(data, trust, at=TODAY).as_json()}


def signer(folder: Path) -> Trust:
    """Return the trust in whoever signed the seals."""
    return Trust.of(write(folder, certificate()))


def as_json(folder: Path, count: int = COUNT) -> str:
    trust = signer(folder)
    spki = (
        key()
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    listed = [
        {
            "signer": each.signer,
            "serial": f"{each.serial:X}",
            "first_day": each.first_day.isoformat(),
            "last_day": each.last_day.isoformat(),
            "spki": spki.hex(),
        }
        for each in trust.certificates
    ]
    whole = {"at": TODAY.isoformat(), "trust": listed, "seals": list(answers(trust, count))}
    return json.dumps(whole, indent=0, sort_keys=True)


def main() -> None:
    import tempfile

    target, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        target.write_text(as_json(Path(folder), count))


if __name__ == "__main__":
    main()
