"""How the child shuts itself in before it looks at the file. Each lock is used where the kernel has it."""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38  # linux/prctl.h
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h

# linux/landlock.h and the table of system calls, which is the same on all architectures for these
LANDLOCK_CREATE, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT = 444, 445, 446
LANDLOCK_VERSION, LANDLOCK_PATH_BENEATH = 1, 1
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
ALL_OF_FIRST_ABI, TRUNCATE, DEVICES = (1 << 13) - 1, 1 << 14, 1 << 15
BIND_AND_CONNECT, ABSTRACT_SOCKETS_AND_SIGNALS = 0b11, 0b11

# linux/seccomp.h, linux/audit.h, linux/bpf_common.h; socket(2) as each machine numbers it, io_uring_setup(2) as all do
SECCOMP_MODE_FILTER, REFUSE, ALLOW = 2, 0x00050000 | 13, 0x7FFF0000  # 13: EACCES
MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
IO_URING_SETUP, FIRST_OF_X32 = 425, 0x40000000
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE = 0, 4  # where they stand in `struct seccomp_data`

SYSTEM_FOLDERS = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
)  # fmt: skip


def confine(*, cpu_seconds: int, memory: int, output: int) -> None:
    """Shut this process in for good: limits in seconds and bytes, no network, no sockets, no files but Python's own.

    Limits hold on every Unix; the other walls are Linux's.
    """
    set_limits(cpu_seconds=cpu_seconds, memory=memory, output=output)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        die_with_parent(libc)
        leave_network(libc)
        hide_files(libc, readable_folders())
        forbid_sockets(libc)


def die_with_parent(libc: ctypes.CDLL) -> None:
    """Let a worker that is killed take its child along, and let nobody gain rights."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def set_limits(*, cpu_seconds: int, memory: int, output: int) -> None:
    """Past the seconds comes SIGXCPU, past the memory MemoryError, past the output SIGXFSZ; never a core dump."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network namespace of our own, without any interface; False where that is not allowed."""
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def forbid_sockets(libc: ctypes.CDLL) -> bool:
    """Refuse to open any socket: neither a network namespace nor Landlock keeps from the database's own, a file.

    False on machines whose numbers we do not know, and where the kernel has no filters.
    """
    known = MACHINES.get(platform.machine())
    if known is None:
        return False
    code = b"".join(struct.pack("=HBBI", *each) for each in _no_sockets(*known))
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(held))
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0)


def _no_sockets(architecture: int, socket: int) -> list[tuple[int, int, int, int]]:
    """Return a filter as (operation, steps to skip if so, if not, value): system calls of other machines go too."""
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 0, 5, architecture),
        (LOAD, 0, 0, NUMBER),
        (IF_EQUAL, 3, 0, socket),
        (IF_EQUAL, 2, 0, IO_URING_SETUP),
        (IF_AT_LEAST, 1, 0, FIRST_OF_X32),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]


def readable_folders() -> list[str]:
    """Return what decoding needs to read: Python, its packages, this program, shared libraries."""
    ours = Path(__file__).resolve().parents[2]  # consular/: the program, and the model that reads passports
    libraries = [each for each in os.environ.get("LD_LIBRARY_PATH", "").split(":") if each]
    return [*SYSTEM_FOLDERS, sys.prefix, sys.base_prefix, str(ours), *libraries]


def hide_files(libc: ctypes.CDLL, readable: Iterable[str]) -> bool:
    """Forbid with Landlock every file but `readable` ones, every write, and TCP; False where there is none."""
    version = libc.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), LANDLOCK_VERSION)
    if version < 1:
        return False
    attributes = _handled(version)
    ruleset = libc.syscall(LANDLOCK_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return False
    for path in readable:
        _allow_reading(libc, ruleset, path)
    shut = bool(libc.syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0)
    os.close(ruleset)
    return shut


def _handled(version: int) -> bytes:
    """Return `struct landlock_ruleset_attr` with all that this version of Landlock can forbid."""
    files = ALL_OF_FIRST_ABI | (TRUNCATE if version >= 3 else 0) | (DEVICES if version >= 5 else 0)  # noqa: PLR2004
    network = BIND_AND_CONNECT if version >= 4 else 0  # noqa: PLR2004
    scoped = ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0  # noqa: PLR2004
    size = 8 if version < 4 else 16 if version < 6 else 24  # noqa: PLR2004 - the structure grew with the versions
    return struct.pack("=QQQ", files, network, scoped)[:size]


def _allow_reading(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        access = EXECUTE | READ_FILE | (READ_DIR if Path(path).is_dir() else 0)
        rule = struct.pack("=Qi", access, handle)
        libc.syscall(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_PATH_BENEATH, rule, 0)
        os.close(handle)
