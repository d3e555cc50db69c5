"""The file of a copy: a tar that begins with a header and ends with the fingerprint of everything in it.

`tractage.json` comes first (what this is), then `database.ndjson.gz`, the files under `files/`, and last
`manifest.json`, so that an archive cut short anywhere is seen to be.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tractage.domain.errors import InputError

FORMAT = 1
HEADER, DATABASE, FILES, MANIFEST = "tractage.json", "database.ndjson.gz", "files/", "manifest.json"
CHUNK = 2**20
Advance = Callable[[int], None]
"""Called with the bytes handled since the last call."""


@dataclass(frozen=True)
class Header:
    """What an archive says of itself: made when (ISO, UTC), by which version, on which engine, its schema.

    migrations: `app.name` of each one that the database had.
    """

    made: str
    version: str
    engine: str
    secrets: bool
    migrations: tuple[str, ...]
    rows: int
    format: int = FORMAT
    missing: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Contents:
    """A checked archive: its header and the size of each member, in bytes."""

    header: Header
    sizes: dict[str, int]


class Writer:
    """Adds members to an open tar and remembers their fingerprints."""

    def __init__(self, tar: tarfile.TarFile, advance: Advance) -> None:
        self._tar, self._advance = tar, advance
        self._seen: dict[str, dict[str, Any]] = {}

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add a small member."""
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, file: Path) -> bool:
        """Add a file; False when it went away meanwhile. One that grows is cut at the size it had."""
        try:
            stream = file.open("rb")
        except FileNotFoundError:
            return False
        with stream:
            self._add(name, stream, os.fstat(stream.fileno()).st_size)
        return True

    def finish(self) -> None:
        """Write the manifest: nothing may be added after it."""
        document = json.dumps({"members": self._seen}, indent=1).encode()
        self._tar.addfile(_member(MANIFEST, len(document)), io.BytesIO(document))

    def _add(self, name: str, stream: IO[bytes], size: int) -> None:
        watched = _Watched(stream, size, self._advance)
        self._tar.addfile(_member(name, size), watched)
        self._seen[name] = {"bytes": size, "sha256": watched.digest.hexdigest()}


class _Watched(io.RawIOBase):
    """Exactly `size` bytes of a stream, fingerprinted as they are read; a file that shrank ends in zeros."""

    def __init__(self, stream: IO[bytes], size: int, advance: Advance) -> None:
        self.digest = hashlib.sha256()
        self._stream, self._left, self._advance = stream, size, advance

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        chunk = self._stream.read(wanted).ljust(wanted, b"\0")
        self._left -= len(chunk)
        self.digest.update(chunk)
        self._advance(len(chunk))
        return chunk


@contextmanager
def new_archive(target: Path, header: Header, advance: Advance) -> Iterator[Writer]:
    """Write `target` whole or not at all, readable by its owner only."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    packed = target.suffix in (".gz", ".tgz")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            with (
                tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1)
                if packed
                else tarfile.open(fileobj=stream, mode="w")
            ) as tar:
                writer = Writer(tar, advance)
                writer.add_bytes(HEADER, json.dumps(asdict(header), indent=1).encode())
                yield writer
                writer.finish()
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
        sync_folder(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk before going on."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_header(archive: Path) -> Header:
    """What the archive says of itself. Raises InputError when it is no copy, or one of a later format."""
    with _opened(archive) as tar:
        return _header(archive, tar)


def check_archive(archive: Path, advance: Advance) -> Contents:
    """Read all, compare fingerprints. Raises InputError that names what is cut, altered or too much."""
    found: dict[str, dict[str, Any]] = {}
    document = b""
    with _opened(archive) as tar:
        header = _header(archive, tar)
        for member, stream in _members(archive, tar):
            if member.name == MANIFEST:
                document = stream.read()
            else:
                found[member.name] = {"bytes": member.size, "sha256": _digest(stream, advance)}
    if not document:
        raise InputError(f"{archive.name}: cut short: its last part is missing")
    try:
        promised = json.loads(document)["members"]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{archive.name}: damaged: its manifest cannot be read") from None
    promised.pop(HEADER, None)
    if wrong := sorted(
        name for name in promised.keys() | found.keys() if promised.get(name) != found.get(name)
    ):
        what = "altered" if wrong[0] in promised and wrong[0] in found else "missing or not announced"
        raise InputError(f"{archive.name}: damaged: {wrong[0]} is {what} ({len(wrong)} in all)")
    if DATABASE not in found:
        raise InputError(f"{archive.name}: damaged: it holds no database")
    return Contents(header, {name: one["bytes"] for name, one in found.items()})


def unpack(archive: Path, files: Path, database: Path, advance: Advance) -> None:
    """Write the files under `files` and the packed database to `database`; the archive has been checked."""
    with _opened(archive) as tar:
        _header(archive, tar)
        for member, stream in _members(archive, tar):
            if member.name == DATABASE:
                target = database
            elif member.name.startswith(FILES):
                target = files / PurePosixPath(member.name.removeprefix(FILES))
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                while chunk := stream.read(CHUNK):
                    out.write(chunk)
                    advance(len(chunk))
                out.flush()
                os.fsync(out.fileno())
            target.chmod(member.mode & 0o777)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    secret = PurePosixPath(name).suffix in (".key", ".pem") or name == DATABASE
    member.mode = 0o600 if secret else 0o644
    return member


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        stream = archive.open("rb")
    except OSError as error:
        raise InputError(f"{archive.name}: cannot be read ({error.strerror})") from None
    with stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|*") as tar:
                yield tar
        except (tarfile.ReadError, EOFError, OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk's own trouble, such as a full one
            raise InputError(f"{archive.name}: {_why(error)}") from None


def _why(error: Exception) -> str:
    text = str(error)
    if "could not be opened" in text or "file could not" in text or "not a gzip" in text.lower():
        return "not a copy made by tractage backup"
    return f"cut short or damaged ({text or type(error).__name__})"


def _header(archive: Path, tar: tarfile.TarFile) -> Header:
    first = tar.next()
    stream = tar.extractfile(first) if first and first.name == HEADER and first.size < CHUNK else None
    if stream is None:
        raise InputError(f"{archive.name}: not a copy made by tractage backup")
    try:
        values = json.loads(stream.read())
        if values["format"] > FORMAT:
            raise InputError(
                f"{archive.name}: format {values['format']}, made by Tractage {values['version']}; "
                f"this one reads up to {FORMAT}: install that version first"
            )
        lists = {key: tuple(values[key]) for key in ("migrations", "missing")}
        return Header(**(values | lists))
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{archive.name}: damaged: its header cannot be read") from None


def _members(archive: Path, tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in iter(tar.next, None):
        path = PurePosixPath(member.name)
        stream = tar.extractfile(member) if member.isreg() else None
        if stream is None or path.is_absolute() or ".." in path.parts:
            raise InputError(f"{archive.name}: damaged: {member.name!r} has no place in a copy")
        yield member, stream


def _digest(stream: IO[bytes], advance: Advance) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        advance(len(chunk))
    return digest.hexdigest()
