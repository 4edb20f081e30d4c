"""Start the child that decodes files, wait for it no longer than it may take, and trust nothing that it says."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from consular.documents.reports import believable
from consular.documents.sandbox.protocol import GarbledError, Rendition, Report, Request, read_answer

ROOT = Path(__file__).resolve().parents[2]
LAST_WORDS = 200  # bytes of the child's standard error that are passed on
WALL_SECONDS = 150

# Signals by which a file brings its own decoder down: crashes, and the limits of time and output
FATAL_TO_DECODERS = frozenset({
    signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGABRT, signal.SIGFPE, signal.SIGTRAP, signal.SIGSYS,
    signal.SIGXCPU, signal.SIGXFSZ,
})  # fmt: skip


class SandboxError(Exception):
    """The child could not do its work, and the file is not to blame: try again."""


class TimedOutError(SandboxError):
    """The child ran out of wall-clock time though not of its own: the machine is too busy, or it hangs."""


@dataclass(frozen=True)
class Answer:
    """What came of a file: its pages (none when `report.refusal` says why), and the report on it."""

    pages: tuple[Rendition, ...]
    report: Report


@contextlib.contextmanager
def cleaned(original: IO[bytes], request: Request, *, wall_seconds: float = WALL_SECONDS) -> Iterator[Answer]:
    """Yield what the child makes of `original`; the pages can be read until the block ends.

    Raises SandboxError when the child was stopped from outside, made a mistake or answered nonsense.
    """
    with (
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as errors,
    ):
        shutil.copyfileobj(original, source)
        source.seek(0)
        code = run(command(request), source, answer, errors, wall_seconds=wall_seconds)
        if -code in FATAL_TO_DECODERS:
            yield Answer((), Report(refusal="too_complex"))
            return
        if code != 0:
            raise SandboxError(f"exit {code}: {_last_words(errors)}")
        try:
            yield answer_in(answer, request)
        except GarbledError as error:
            raise SandboxError(str(error)) from error


def run(
    command: list[str],
    source: IO[bytes],
    answer: IO[bytes],
    errors: IO[bytes] | int,
    *,
    wall_seconds: float,
) -> int:
    """Run a child to its end and return its exit code, negative for a signal, as `subprocess` has it."""
    child = subprocess.Popen(  # noqa: S603 - our own program; the request is one argument
        command,
        stdin=source,
        stdout=answer,
        stderr=errors,
        env=environment(),
        cwd="/",
        start_new_session=True,
    )
    try:
        return child.wait(timeout=wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise TimedOutError(f"after {wall_seconds} s") from error
    finally:
        if child.returncode is None:
            kill(child)


def command(request: Request) -> list[str]:
    return module("consular.documents.sandbox", request)


def module(name: str, request: Request) -> list[str]:
    """Return the command that runs a module of ours as a child, with nothing around it."""
    return [sys.executable, "-P", "-s", "-B", "-m", name, request.to_text()]


def kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it may have started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def environment() -> dict[str, str]:
    """Return all that the child learns about where it runs: no setting, no secret."""
    passed_on = {
        name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ
    }
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**passed_on, **one_thread, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def answer_in(answer: IO[bytes], request: Request) -> Answer:
    """Return what stands in a child's answer, believing no more of it than a child of ours can say."""
    pages, raw = read_answer(answer, request)
    report = believable(raw)
    if not (pages or report.refusal):
        raise GarbledError("neither pages nor a refusal")
    return Answer(() if report.refusal else tuple(pages), report)


def _last_words(errors: IO[bytes]) -> str:
    """Return what the child said of its mistake: a kind of error and a place, never the file's content."""
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - LAST_WORDS))
    return errors.read().decode("ascii", "replace").strip().rpartition("\n")[2]
