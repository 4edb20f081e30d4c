"""Writing and checking the seal of a visa, beside one raw signature and one raw verification on P-256."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from benchmarks.bench import Bench
from benchmarks.measuring import Time, interleaved
from benchmarks.table import Row
from tests.consular.lib.seal.samples import (
    HOLDER,
    NAMED,
    SIGNED,
    authority,
    certificate,
    feature,
    key,
    published_trust,
    raw,
    trusting,
)

TODAY = dt.date(2026, 11, 24)
MANY = 200  # in one measurement: one takes less than the clock can tell
OF_SIGNING, OF_VERIFYING = 10, 3
ALGORITHM = ec.ECDSA(hashes.SHA256())


def run(bench: Bench) -> Iterator[Row]:
    seal, signed = written(), written()[:-66]
    trust = trusting(Path(bench.scratch) / "seal-trust", certificate(), authority())
    public, signature = key().public_key(), key().sign(signed, ALGORITHM)
    write, sign, check, verify, foreign = interleaved(
        bench.times(15),
        repeated(written),
        repeated(lambda: key().sign(signed, ALGORITHM)),
        repeated(lambda: checked(seal, trust)),
        repeated(lambda: public.verify(signature, signed, ALGORITHM)),
        repeated(lambda: checked(raw("visa_dets32_p224"), published_trust(), at=None)),
    )
    yield row("seal of a visa, written and signed", write, "one P-256 signature", sign, OF_SIGNING)
    yield row("seal of a visa, read and verified", check, "one P-256 verification", verify, OF_VERIFYING)
    yield row("seal on brainpoolP224r1, in integers", foreign, "one P-256 verification", verify)


def row(name: str, ours: Time, part: str, alone: Time, goal: float | None = None) -> Row:
    told, peer = (f"{1000 * each.cpu / MANY:.0f} µs CPU" for each in (ours, alone))
    return Row(name, told, f"{part}: {peer}", ours.cpu / alone.cpu, goal)


def repeated(work: Callable[[], Any]) -> Callable[[], None]:
    def all_of_them() -> None:
        for _ in range(MANY):
            work()

    return all_of_them


def written() -> bytes:
    """Make a seal from a person's fields, with a status reference, as issuing does."""
    from consular.lib import mrz
    from consular.lib.seal import ecdsa, visa, writing

    lines = mrz.mrv_a(**HOLDER)
    said = visa.Visa((lines[0], lines[1][: visa.SECOND_LINE]), (30, 0, 0), "A12345678", entries=0)
    signed = writing.to_be_signed(visa.encode(said, [feature(0x90, "0001000002")]), **NAMED, **SIGNED)
    return writing.seal(signed, lambda data: ecdsa.sign(key(), data))


def checked(seal: bytes, trust: Any, at: dt.date | None = TODAY) -> None:
    from consular.lib.seal.verifying import verify

    verdict = verify(seal, trust, at=at)
    if not verdict.is_valid:
        raise RuntimeError(f"the seal is {verdict.result}")
