"""The file of a copy: whole or not there, and every wound is seen before anything is put back."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tractage.conf.copies.archive import (
    DATABASE,
    FILES,
    HEADER,
    Header,
    check_archive,
    new_archive,
    read_header,
    unpack,
)
from tractage.domain.errors import InputError

MADE = Header("2027-03-01T02:00:00+00:00", "0.1.0", "sqlite", True, ("library.0001_initial",), 3)
NAMES = {"media/a.png": b"P" * 700, "secret.key": b"k" * 67}


def nothing(_size: int) -> None:
    """A bar that nobody looks at."""


def a_copy(folder: Path, name: str = "copy.tar") -> Path:
    target = folder / name
    (folder / "db").write_bytes(b"rows" * 300)
    with new_archive(target, MADE, nothing) as writer:
        assert writer.add_file(DATABASE, folder / "db")
        assert not writer.add_file("files/gone", folder / "gone")
        for path, content in NAMES.items():
            writer.add_bytes(FILES + path, content)
    return target


@pytest.mark.parametrize("name", ["copy.tar", "copy.tar.gz"])
def test_what_goes_in_comes_out(tmp_path: Path, name: str) -> None:
    archive, out = a_copy(tmp_path, name), tmp_path / "out"
    assert read_header(archive) == MADE
    contents = check_archive(archive, nothing)
    assert contents.sizes == {DATABASE: 1200, FILES + "media/a.png": 700, FILES + "secret.key": 67}
    unpack(archive, out, tmp_path / "packed", nothing)
    assert {str(one.relative_to(out)): one.read_bytes() for one in out.rglob("*") if one.is_file()} == NAMES
    assert (out / "secret.key").stat().st_mode & 0o777 == 0o600
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError), new_archive(tmp_path / "copy.tar", MADE, nothing) as writer:
        writer.add_bytes("files/a", None)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return a_copy(tmp_path_factory.mktemp("copy")).read_bytes()


@given(part=st.floats(0, 1))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_copy_cut_short_is_refused(sound: bytes, tmp_path: Path, part: float) -> None:
    cut = tmp_path / "cut.tar"
    end = sound.rstrip(b"\0")  # a tar ends in zeros that say nothing
    cut.write_bytes(end[: int(part * (len(end) - 1))])
    with pytest.raises(InputError, match=r"cut\.tar: (cut short|damaged|not a copy)"):
        check_archive(cut, nothing)


@given(place=st.floats(0, 1), bit=st.integers(0, 7))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_bit_that_turns_is_seen_or_changes_nothing(
    sound: bytes, tmp_path: Path, place: float, bit: int
) -> None:
    wounded = bytearray(sound)
    wounded[int(place * (len(sound) - 1))] ^= 1 << bit
    file = tmp_path / "wounded.tar"
    file.write_bytes(wounded)
    try:
        check_archive(file, nothing)
        read_header(file)
    except InputError:
        return
    out = tmp_path / "out"
    unpack(file, out, tmp_path / "packed", nothing)
    assert {str(one.relative_to(out)): one.read_bytes() for one in out.rglob("*") if one.is_file()} == NAMES


@pytest.mark.parametrize("content", [b"", b"not a tar at all" * 99, b"\x1f\x8b\x08" + b"\0" * 99])
def test_another_file_is_named_as_such(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "holidays.tar"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"holidays\.tar: (not a copy|cut short)"):
        read_header(file)


def tar_of(file: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(file, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file


def header(**changes: object) -> bytes:
    return json.dumps(
        {"made": "x", "version": "9.9", "engine": "sqlite", "secrets": True, "migrations": [], "rows": 0,
         "format": 1, "missing": []} | changes
    ).encode()  # fmt: skip


def test_another_tar_a_later_format_and_a_member_that_climbs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a copy"):
        read_header(tar_of(tmp_path / "a.tar", {"photo.png": b"x"}))
    with pytest.raises(InputError, match=r"format 2, made by Tractage 9\.9"):
        read_header(tar_of(tmp_path / "b.tar", {HEADER: header(format=2)}))
    climbing = tar_of(tmp_path / "c.tar", {HEADER: header(), "files/../../etc/passwd": b"x"})
    with pytest.raises(InputError, match="has no place in a copy"):
        check_archive(climbing, nothing)
    with pytest.raises(InputError, match="cannot be read"):
        read_header(tmp_path / "nowhere.tar")
