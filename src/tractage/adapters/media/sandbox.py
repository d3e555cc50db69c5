"""A few warm reading processes, each in its own group, killed and replaced when they fail or are late."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tractage.adapters.media import wire
from tractage.adapters.media.limits import Limits
from tractage.adapters.media.refusals import MediaError, Reason
from tractage.domain.errors import TractageError

START_SECONDS: Final = 30.0
JOBS_PER_PROCESS: Final = 500
GRACE: Final = 1.0
_ENVIRONMENT: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TZ")


class Reader:
    """One reading process and the socket to it."""

    def __init__(self, limits: Limits) -> None:
        """Start the process; it sees no secret of the environment and holds no file of the parent."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self.line, self.jobs, self.limits = ours, 0, (limits.memory, limits.out_bytes)
        environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
        command = [sys.executable, "-I", "-B", "-m", "tractage.adapters.media.worker"]
        with theirs:
            self.process = subprocess.Popen(
                [*command, str(theirs.fileno()), str(limits.memory), str(limits.out_bytes)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=environment | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
                cwd="/",
            )
        try:
            self.shut = bool(wire.receive(ours, time.monotonic() + START_SECONDS).get("shut"))
        except (wire.HangupError, wire.LateError) as error:
            self.kill()
            raise TractageError("the process that reads media files did not start") from error

    def ask(self, message: Mapping[str, Any], files: Sequence[int], seconds: float) -> dict[str, Any]:
        """Send one job and wait for its answer; raises wire.HangupError or wire.LateError."""
        self.jobs += 1
        try:
            wire.send(self.line, message, files)
        except OSError as error:
            raise wire.HangupError from error
        return wire.receive(self.line, time.monotonic() + seconds + GRACE)

    @property
    def fit(self) -> bool:
        """Whether the process can take another job."""
        return self.process.poll() is None and self.jobs < JOBS_PER_PROCESS

    def kill(self) -> None:
        """End the process and everything it started."""
        self.line.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)


class Sandbox:
    """A pool of readers, safe to use from several threads; a fork starts with an empty one."""

    def __init__(self, size: int = 2, wait: float = 120.0) -> None:
        """Keep at most `size` processes; a job waits `wait` seconds for its turn."""
        self.size, self.wait = size, wait
        self._reset()
        os.register_at_fork(after_in_child=self._reset)
        atexit.register(self.close)

    def _reset(self) -> None:
        self._turns = threading.BoundedSemaphore(self.size)
        self._lock = threading.Lock()
        self._idle: list[Reader] = []

    def run(
        self,
        operation: str,
        files: Sequence[int],
        *,
        name: str,
        limits: Limits,
        seconds: float,
        options: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Do one operation on open files; returns its answer or raises MediaError."""
        message = {
            "operation": operation,
            "name": name,
            "limits": limits.to_wire(),
            "seconds": seconds,
            "options": dict(options),
        }
        if not self._turns.acquire(timeout=self.wait):
            raise MediaError(Reason.BUSY, name=name)
        reader: Reader | None = None
        try:
            reader = self._take(limits)
            answer = self._ask(reader, message, files, seconds, name)
            with self._lock:
                self._idle.append(reader)
            reader = None
        finally:
            if reader is not None:
                reader.kill()
            self._turns.release()
        return _unwrap(answer, name)

    def _ask(
        self, reader: Reader, message: Mapping[str, Any], files: Sequence[int], seconds: float, name: str
    ) -> dict[str, Any]:
        try:
            return reader.ask(message, files, seconds)
        except wire.LateError:
            raise MediaError(Reason.TIME, name=name, limit=round(seconds)) from None
        except wire.HangupError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = reader.process.wait(timeout=1)
                if code in (-signal.SIGXCPU, -signal.SIGALRM):
                    raise MediaError(Reason.TIME, name=name, limit=round(seconds)) from None
            raise MediaError(Reason.CRASHED, name=name) from None

    def _take(self, limits: Limits) -> Reader:
        wanted = (limits.memory, limits.out_bytes)
        while True:
            with self._lock:
                reader = self._idle.pop() if self._idle else None
            if reader is None:
                return Reader(limits)
            if reader.fit and reader.limits == wanted:
                return reader
            reader.kill()

    def pids(self) -> tuple[int, ...]:
        """Return the processes that wait for a job."""
        with self._lock:
            return tuple(reader.process.pid for reader in self._idle)

    def close(self) -> None:
        """End every idle process."""
        with self._lock:
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.kill()


def _unwrap(answer: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Trust nothing of the shape of an answer: the process that wrote it has read a hostile file."""
    body = answer.get("answer")
    if isinstance(body, dict):
        return body
    try:
        reason = Reason(str(answer.get("refused")))
    except ValueError:
        raise MediaError(Reason.CRASHED, name=name) from None
    values = answer.get("values")
    kept = values if isinstance(values, dict) else {}
    clean = {
        str(key): value if isinstance(value, int) else str(value)[:80]
        for key, value in kept.items()
        if key in ("found", "claimed", "limit", "line")
    }
    raise MediaError(reason, **{**clean, "name": name})
