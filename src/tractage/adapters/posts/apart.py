"""A detection in a process of its own: its memory goes when it ends, and it can be stopped at any moment.

The job goes in as one line of JSON; lines of JSON come out: `{"done", "total"}` while it runs, then
`{"summary", "notes"}`, or `{"wrong"}` for the person who gave the file: a message and its values, as notes.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tractage.adapters.posts.running import Job, run_job
from tractage.domain.errors import InputError, TractageError
from tractage.domain.radar.settings import Correction, Settings
from tractage.domain.worded import gettext_noop

Heard = Callable[[int, int], bool]
"""Told rows done and rows in all; False stops the detection."""


class StoppedError(TractageError):
    """The detection was stopped before its end; nothing is left of it."""


def run_apart(job: Job, settings: Settings, out: Path, heard: Heard) -> dict[str, Any]:
    """Detect in another process; returns `summary` (see results.summary) and `notes`.

    Raises: InputError in the words of the command, StoppedError when `heard` says so, TractageError
    """
    order = {"job": asdict(job) | {"posts": str(job.posts)}, "settings": asdict(settings), "out": str(out)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tractage.adapters.posts.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        for line in process.stdout:
            said = json.loads(line)
            if "wrong" in said:
                message, values = said["wrong"]
                raise InputError(message, **values)
            if "summary" in said:
                return dict(said)
            if not heard(said["done"], said["total"]):
                raise StoppedError("the analysis was stopped")
    finally:
        # Interrupted, it removes its hidden folder itself; it is killed only if it does not end.
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
    raise TractageError(
        gettext_noop("the analysis broke off: its file may need more memory than this machine has")
    )


def main() -> None:
    """Do the job on standard input, and say how far it is."""
    order = json.load(sys.stdin)
    job = Job(
        **order["job"] | {"posts": Path(order["job"]["posts"]), "layers": tuple(order["job"]["layers"])}
    )
    chosen = order["settings"]
    settings = Settings(**chosen | {"correction": Correction(chosen["correction"])})
    try:
        done = run_job(job, settings, Path(order["out"]), _counter, lambda _line: None)
    except TractageError as error:
        _say({"wrong": error.worded})
        return
    from tractage.adapters.posts.results import summary

    _say({"summary": summary(done.analysis), "notes": list(done.notes)})


def _counter(total: int) -> Callable[[int], None]:
    done = told = 0
    _say({"done": 0, "total": total})

    def advance(step: int) -> None:
        nonlocal done, told
        done += step
        if done - told >= total / 100:
            told = done
            _say({"done": min(done, total), "total": total})

    return advance


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
