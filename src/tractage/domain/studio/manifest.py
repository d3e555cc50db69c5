"""What a run made: one line per work while it runs, one sorted manifest when it ends."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tractage.domain.errors import InputError

NAME = "manifest.json"
JOURNAL = ".manifest.jsonl"


@dataclass(frozen=True)
class Entry:
    """One file of a run: what it is, its sha256, and the digest of all that made it (`source`)."""

    file: str
    sha256: str
    bytes: int
    template: str
    row: str
    format: str
    type: str
    width: int
    height: int
    alt: str
    source: str


def digest(parts: Mapping[str, Any]) -> str:
    """Return the sha256 of a mapping written as sorted JSON."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def write_file(path: Path, data: bytes) -> None:
    """Write `data` under a temporary name in the same folder, then rename it: whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def read_entries(folder: Path) -> dict[str, Entry]:
    """Return the entries of the manifest and of the journal of a run that was cut, by file.

    A last line that was cut is left out. Raises InputError when the manifest is not ours.
    """
    entries: dict[str, Entry] = {}
    manifest, journal = folder / NAME, folder / JOURNAL
    if manifest.is_file():
        try:
            entries = {item["file"]: Entry(**item) for item in json.loads(manifest.read_bytes())["works"]}
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{manifest}: not a manifest of the studio; expected {{'works': […]}}"
            ) from error
    if journal.is_file():
        for line in journal.read_text("utf-8").splitlines():
            try:
                entry = Entry(**json.loads(line))
            except (ValueError, TypeError):
                continue
            entries[entry.file] = entry
    return entries


def still_good(folder: Path, entry: Entry) -> bool:
    """Return whether the file is there with the bytes that the entry says."""
    try:
        return hashlib.sha256((folder / entry.file).read_bytes()).hexdigest() == entry.sha256
    except OSError:
        return False


def append_journal(folder: Path, entries: Iterable[Entry]) -> None:
    """Note finished works, so that a run that is killed can resume."""
    lines = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    with (folder / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(lines)


def write_manifest(folder: Path, entries: Mapping[str, Entry], engine: str) -> Path:
    """Write the manifest, sorted by file, then drop the journal."""
    works = [asdict(entries[name]) for name in sorted(entries)]
    text = json.dumps({"engine": engine, "works": works}, ensure_ascii=False, indent=1)
    write_file(folder / NAME, text.encode() + b"\n")
    (folder / JOURNAL).unlink(missing_ok=True)
    return folder / NAME
