"""Machine code that is kept: used when whole, made again when not, and never fed what it cannot read."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tractage.domain.radar import kernels, machine

TWO_SHARES = (np.zeros(2, dtype=np.int32), np.array([3.0, 4.0]))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(machine, "_folders", lambda: [tmp_path])
    return tmp_path


def test_what_was_compiled_is_kept_and_read_again(kept: Path) -> None:
    code = machine._compiled()
    (file,) = kept.iterdir()
    assert machine._kept() == code
    file.write_bytes(file.read_bytes()[:-1])
    assert machine._kept() == b""


def test_a_cache_nobody_can_write_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(machine, "_folders", lambda: [tmp_path / "file"])
    assert machine._kept() == b""
    assert machine._compiled()


def test_arrays_of_another_kind_are_refused() -> None:
    objects, times = TWO_SHARES
    assert kernels.count_window(objects, times, 1.0) == 1
    with pytest.raises(TypeError, match="i4 f8, got i8 f8"):
        kernels.count_window(objects.astype(np.int64), times, 1.0)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="scattered"):
        kernels.count_window(objects, np.zeros((2, 2))[:, 0], 1.0)


def test_numba_sleeps_when_the_code_is_kept() -> None:
    kernels.count_window(*TWO_SHARES, 1.0)  # compiles if need be
    program = (
        "import sys, numpy as np; from tractage.domain.radar import kernels; "
        "print(kernels.count_window(np.zeros(3, np.int32), np.zeros(3), 1.0), 'numba' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["3", "False"]
