"""The reading processes: what they cannot do, and what happens when one dies or is late."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from benchmarks.media_fuzz import mutants, picture, run, samples

from tractage.adapters.media import Limits, MediaError, Reason, clean_copy, inspect_file
from tractage.adapters.media.reading import sandbox
from tractage.adapters.media.sandbox import _unwrap

PNG = samples()["a.png"]


@pytest.fixture(autouse=True)
def _one_reader() -> None:
    """Begin with no reader: other files may have left several."""
    sandbox().close()


def large() -> bytes:
    out = io.BytesIO()
    picture(3_600, 3_600).save(out, "PNG", compress_level=1)
    return out.getvalue()


def test_the_process_is_kept_warm() -> None:
    inspect_file(PNG, name="a.png")
    before = sandbox().pids()
    for _ in range(3):
        inspect_file(PNG, name="a.png")
    assert sandbox().pids() == before


def test_a_late_reader_is_killed_and_replaced() -> None:
    inspect_file(PNG, name="a.png")
    (pid,) = sandbox().pids()
    os.kill(pid, signal.SIGSTOP)  # a decoder that never answers
    before = time.monotonic()
    with pytest.raises(MediaError) as caught:
        inspect_file(PNG, name="a.png", limits=Limits(seconds=0.3))
    assert caught.value.reason is Reason.TIME
    assert time.monotonic() - before < 4
    assert not Path(f"/proc/{pid}").exists()
    assert inspect_file(PNG, name="a.png").kind == "png"


def test_a_reader_that_dies_is_replaced() -> None:
    inspect_file(PNG, name="a.png")
    (pid,) = sandbox().pids()
    os.kill(pid, signal.SIGSTOP)
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(MediaError) as caught:
        inspect_file(PNG, name="a.png")
    assert caught.value.reason is Reason.CRASHED
    assert inspect_file(PNG, name="a.png").kind == "png"


def test_a_file_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        clean_copy(large(), tmp_path, "work", name="a.png", limits=Limits(memory=330_000_000))
    assert caught.value.reason is Reason.MEMORY
    assert list(tmp_path.iterdir()) == []
    sandbox().close()


def test_a_refused_file_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        clean_copy(PNG[:-30], tmp_path, "work", name="a.png")
    assert list(tmp_path.iterdir()) == []


PROBE = """
import os, socket, sys
from tractage.adapters.media import confine
assert confine.close_doors()
for what in (lambda: socket.socket(), lambda: open(sys.argv[1], "w"), lambda: os.execv("/bin/true", ["true"]),
             lambda: os.unlink(sys.argv[2]), lambda: os.rename(sys.argv[2], sys.argv[1])):
    try:
        what()
    except PermissionError:
        continue
    sys.exit(1)
open(sys.argv[2]).read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the doors are those of Linux")
def test_a_reader_opens_no_socket_starts_nothing_and_writes_nowhere(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("here")
    probe = subprocess.run(
        [sys.executable, "-c", PROBE, tmp_path / "new", kept], check=False, capture_output=True, text=True
    )
    assert probe.returncode == 0, probe.stderr
    assert kept.read_text() == "here"


def test_a_reader_sees_no_secret_of_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACTAGE_SECRET_KEY", "do-not-tell")
    sandbox().close()
    inspect_file(PNG, name="a.png")
    (pid,) = sandbox().pids()
    assert b"do-not-tell" not in Path(f"/proc/{pid}/environ").read_bytes()


@pytest.mark.parametrize("answer", [{}, {"answer": 3}, {"refused": "nothing"}, {"refused": None}])
def test_an_answer_without_sense_is_a_crash(answer: dict[str, object]) -> None:
    with pytest.raises(MediaError) as caught:
        _unwrap(answer, "a.png")
    assert caught.value.reason is Reason.CRASHED


def test_threads_share_the_pool() -> None:
    kinds: list[str] = []
    threads = [threading.Thread(target=lambda: kinds.append(inspect_file(PNG).kind)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds == ["png"] * 8
    assert len(sandbox().pids()) <= 2


def test_mutated_files_never_break_the_parent() -> None:
    outcome, slowest = run(400, seed=7)
    assert sum(outcome.values()) == 400
    assert outcome["read"] > 10
    assert slowest < 12
    assert len(set(mutants(40, 7))) == 40


@pytest.mark.long
def test_ten_thousand_mutated_files_never_break_the_parent() -> None:
    outcome, slowest = run(10_000, seed=11)
    assert sum(outcome.values()) == 10_000
    assert slowest < 12
