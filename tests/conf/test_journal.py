"""A restore killed anywhere is either not begun or finished by the next start."""

from contextlib import suppress
from pathlib import Path

import pytest

from tractage.conf.copies.journal import Move, check_moves, keep_promise, promise, promised, sweep
from tractage.conf.copies.names import STAGE
from tractage.domain.errors import TractageError

NEW = {"media/a": "new", "tractage.sqlite3": "new", "secret.key": "new"}
OLD = {
    "media/a": "old",
    "media/b": "old",
    "tractage.sqlite3": "old",
    "tractage.sqlite3-wal": "old",
    "mine": "x",
}


class Killed(BaseException):
    """The process ends here."""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def read(folder: Path) -> dict[str, str]:
    return {str(one.relative_to(folder)): one.read_text() for one in folder.rglob("*") if one.is_file()}


def prepared(data: Path) -> list[Move]:
    fresh = data / STAGE / "new"
    write(data, OLD)
    write(fresh, NEW)
    names = ("tractage.sqlite3", "media", "secret.key")
    return [Move(None, data / "tractage.sqlite3-wal"), *(Move(fresh / one, data / one) for one in names)]


@pytest.mark.parametrize("killed_after", range(14))
def test_a_kill_anywhere_is_finished_by_the_next_start(
    tmp_path: Path, killed_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(tmp_path, prepared(tmp_path), "token", "")
    real, left = {name: getattr(Path, name) for name in ("rename", "unlink")}, killed_after

    def until_the_kill(name: str) -> object:
        def act(path: Path, *given: object, **named: object) -> object:
            nonlocal left
            if left == 0:
                raise Killed
            left -= 1
            return real[name](path, *given, **named)

        return act

    with monkeypatch.context() as patched:
        for name in real:
            patched.setattr(Path, name, until_the_kill(name))
        with suppress(Killed):
            keep_promise(tmp_path)
    keep_promise(tmp_path)
    sweep(tmp_path)
    assert read(tmp_path) == NEW | {"mine": "x"}


def test_without_a_promise_nothing_has_happened(tmp_path: Path) -> None:
    prepared(tmp_path)
    assert keep_promise(tmp_path) is False
    sweep(tmp_path)
    assert read(tmp_path) == OLD


def test_a_promise_that_the_database_never_took_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tractage.conf.copies.journal._bears", lambda _address, token: token == "kept")
    promise(tmp_path, prepared(tmp_path), "lost", "postgresql://nowhere/none")
    assert keep_promise(tmp_path)
    assert read(tmp_path) == OLD
    promise(tmp_path, prepared(tmp_path), "kept", "postgresql://nowhere/none")
    assert keep_promise(tmp_path)
    assert read(tmp_path) == NEW | {"mine": "x"}
    assert promised(tmp_path) is None


def test_what_would_change_disk_is_refused_before(tmp_path: Path) -> None:
    (tmp_path / STAGE).mkdir()
    with pytest.raises(TractageError, match="another disk"):
        check_moves(tmp_path, [Move(tmp_path / STAGE / "new", Path("/proc/self"))])
