"""A template: a folder with `template.html`, `template.toml` and a preview."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tractage.domain.errors import InputError, nearest
from tractage.domain.studio.fields import Field, parse_field, read_field
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import OTHERS, PAPERS, Kit

MANIFEST = "template.toml"
PAGE = "template.html"
KEY = "id"


@dataclass(frozen=True)
class Template:
    """A template as its folder declares it."""

    name: str
    title: str
    summary: str
    author: str
    licence: str
    alt: str
    formats: tuple[str, ...]
    colours: tuple[str, ...]
    varying: tuple[str, ...]
    fields: dict[str, Field] = field(hash=False)
    folder: Path
    transparent: bool = False
    seconds: float = 0.0
    fps: int = 15
    still: float = 0.0

    @cached_property
    def digest(self) -> str:
        """The sha256 of all that the template's pictures depend on, in its folder and the shared pages."""
        total = hashlib.sha256()
        shared = sorted(templates_folder().glob("*.html"))
        own = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".webp")
        for path in [*shared, *own]:
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return total.hexdigest()

    def example(self) -> dict[str, str]:
        """Return the row that the examples of the fields make."""
        return {name: item.example for name, item in self.fields.items() if item.example}

    def read(self, row: Mapping[str, str], kit: Kit, where: str = "row") -> dict[str, Any]:
        """Return the values of all fields for `row`. Raises InputError that names the row and the field."""
        unknown = sorted(key for key in row if key and key not in self.fields and key != KEY)
        if unknown and where.startswith("example"):
            raise InputError(
                f"{where}: unknown field {unknown[0]!r}; expected one of: {', '.join(self.fields)}"
            )
        return {name: read_field(item, row, kit, where) for name, item in self.fields.items()}


def templates_folder() -> Path:
    """Return the folder of the templates that ship."""
    return Path(str(files("tractage.domain.studio") / "templates"))


def template_names() -> list[str]:
    """Return the names of the templates that ship."""
    return sorted(path.parent.name for path in templates_folder().glob(f"*/{MANIFEST}"))


@lru_cache(maxsize=64)
def load_template(source: str) -> Template:
    """Return the template that ships under this name, or the one in the folder at this path.

    Raises InputError that names the file and the key.
    """
    folder = templates_folder() / source
    if source not in template_names():
        folder = Path(source)
    manifest = folder / MANIFEST
    if not manifest.is_file() or not (folder / PAGE).is_file():
        raise InputError(
            f"no template {source!r}{nearest(str(source), template_names())}; "
            f"expected a folder with {PAGE} and {MANIFEST}, or one of: {', '.join(template_names())}"
        )
    try:
        data = tomllib.loads(manifest.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{manifest}: not valid TOML: {error}") from error
    return _parse(data, folder, str(manifest))


def _parse(data: dict[str, Any], folder: Path, where: str) -> Template:
    for key in ("name", "title", "author", "licence", "formats", "fields", "alt"):
        if not data.get(key):
            raise InputError(f"{where}: {key}: missing")
    for name in data["formats"]:
        find_format(name)
    for colour in data.get("colours", ()):
        if colour not in PAPERS + OTHERS:
            raise InputError(f"{where}: colours: {colour!r}; expected among {', '.join(PAPERS + OTHERS)}")
    return Template(
        name=str(data["name"]),
        title=str(data["title"]),
        summary=str(data.get("summary", "")),
        author=str(data["author"]),
        licence=str(data["licence"]),
        alt=str(data["alt"]),
        formats=tuple(data["formats"]),
        colours=tuple(data.get("colours", PAPERS + OTHERS)),
        varying=tuple(data.get("varying", ())),
        fields={name: parse_field(name, item, where) for name, item in data["fields"].items()},
        folder=folder.resolve(),
        transparent=bool(data.get("transparent", False)),
        seconds=float(data.get("seconds", 0)),
        fps=int(data.get("fps", 15)),
        still=float(data.get("still", 0)),
    )
