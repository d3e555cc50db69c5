"""What the reading process gives up before it sees a file: memory, sockets, programs, writing files."""

import ctypes
import platform
import resource
import signal
import struct
import sys
import time
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_LOAD, _JUMP_EQ, _JUMP_SET, _JUMP_GE, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW: Final = 0x7FFF0000
_DENY: Final = 0x00050001  # the call fails with EPERM
_KILL: Final = 0x80000000
_WRITES: Final = 0o1 | 0o2 | 0o100  # O_WRONLY, O_RDWR, O_CREAT
_X32: Final = 0x40000000

# Linux system call numbers: sockets, programs, tracing, signals, and every way to change a file by its name.
_DENIED: Final[dict[str, tuple[int, frozenset[int], tuple[tuple[int, int], ...]]]] = {
    "x86_64": (
        0xC000003E,
        frozenset(
            (41, 42, 49, 57, 58, 59, 62, 76, 101, 165, 200, 234, 272, 298, 310, 311, 321, 322, 425, 434)
        )
        | frozenset((82, 83, 84, 85, 86, 87, 88, 90, 92, 133, 258, 259, 263, 264, 265, 266, 268, 316, 437)),
        ((2, 1), (257, 2)),
    ),
    "aarch64": (
        0xC00000B7,
        frozenset((40, 97, 117, 129, 130, 131, 198, 200, 203, 221, 241, 270, 271, 280, 281, 425, 434))
        | frozenset((33, 34, 35, 36, 37, 38, 45, 53, 54, 276, 437)),
        ((56, 2),),
    ),
}


def limit_memory(memory: int, out_bytes: int) -> None:
    """Bound the address space and the size of what is written, in bytes; no core dump."""
    for what, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, out_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 128),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def limit_time(seconds: float) -> None:
    """Allow `seconds` more of processor time, twice that on the clock; then the system kills."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 2, hard))
    signal.setitimer(signal.ITIMER_REAL, 2 * seconds + 5)


def close_doors() -> bool:
    """Forbid sockets, programs and writing by name (Linux, 64 bits); return whether it took."""
    rules = _DENIED.get(platform.machine())
    if sys.platform != "linux" or rules is None:
        return False
    program = b"".join(_filter(*rules))
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0) == 0)


def _filter(machine: int, denied: frozenset[int], opens: tuple[tuple[int, int], ...]) -> list[bytes]:
    def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    steps = [step(_LOAD, 4), step(_JUMP_EQ, machine, 1, 0), step(_RETURN, _KILL), step(_LOAD, 0)]
    steps += [step(_JUMP_GE, _X32, 0, 1), step(_RETURN, _DENY)]
    for number in sorted(denied):
        steps += [step(_JUMP_EQ, number, 0, 1), step(_RETURN, _DENY)]
    for number, position in opens:  # opening to read stays allowed: lazy imports need it
        steps += [step(_JUMP_EQ, number, 0, 4), step(_LOAD, 16 + 8 * position)]
        steps += [step(_JUMP_SET, _WRITES, 0, 1), step(_RETURN, _DENY), step(_RETURN, _ALLOW)]
    return [*steps, step(_RETURN, _ALLOW)]
