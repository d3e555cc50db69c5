"""Read an export into typed values: the signature first, then every field, each refusal in one line."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tractage.adapters.exchange.keys import PublicKey, check_signature
from tractage.domain.errors import InputError

SCHEMA = "tractage.exchange/1"
MOST_BYTES = 512 * 2**20
MOST_ITEMS = 20_000
LONG = 8_000


@dataclass(frozen=True)
class SharedFile:
    """A file of a work; `content` is None when the export only names it. sha256 in hex; size in bytes."""

    media_type: str
    sha256: str
    size: int
    content: bytes | None = field(repr=False)


@dataclass(frozen=True)
class SharedBrief:
    """A mission of the other community; targets: (seat, candidate or nothing); facts: text, source, url."""

    key: str
    title: str
    goal: str
    craft: str
    minutes: int
    versions: int
    formats: tuple[str, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    rights_hints: str
    targets: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class SharedWork:
    """A released work of the other community, with its credit, licence, sources and rights sheet."""

    key: str
    kind: str
    title: str
    summary: str
    body: str
    link: str
    alt_text: str
    credit: str
    licence: str
    ai: str
    url: str
    released_at: datetime
    seats: tuple[str, ...]
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[dict[str, str], ...]
    rights: tuple[dict[str, str], ...]
    parent: str
    brief: str
    file: SharedFile | None
    captions: SharedFile | None


@dataclass(frozen=True)
class Recalled:
    """A work that its community has withdrawn, and why."""

    key: str
    reason: str


@dataclass(frozen=True)
class Document:
    """An export whose signature holds. `digest`: of its bytes, so that the same one is known again."""

    key: PublicKey
    name: str
    slug: str
    site: str
    exported_at: datetime
    briefs: tuple[SharedBrief, ...]
    works: tuple[SharedWork, ...]
    recalled: tuple[Recalled, ...]
    digest: str


def read_document(raw: bytes) -> Document:
    """Parse and check an export. Raises InputError: no JSON, another schema, changed, a wrong field."""
    if len(raw) > MOST_BYTES:
        raise InputError(f"the export weighs {len(raw)} bytes, expected at most {MOST_BYTES}")
    try:
        document = json.loads(raw.decode("utf-8"), parse_float=_no_float)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise InputError("the export is not a JSON text in UTF-8") from None
    if not isinstance(document, dict):
        raise InputError("the export is not a JSON object")
    if document.get("schema") != SCHEMA:
        raise InputError(f"schema: found {str(document.get('schema'))[:60]!r}, expected {SCHEMA!r}")
    key = check_signature(document)
    at = _Fields(document, "")
    campaign = at.table("campaign")
    return Document(
        key=key,
        name=campaign.text("name", 60),
        slug=campaign.text("slug", 50),
        site=campaign.address("site"),
        exported_at=at.moment("exported_at"),
        briefs=tuple(_brief(one) for one in at.tables("briefs")),
        works=tuple(_work(one) for one in at.tables("works")),
        recalled=tuple(
            Recalled(one.text("key", 80), one.text("reason", LONG, "")) for one in at.tables("recalled")
        ),
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _no_float(text: str) -> float:
    raise InputError(f"the export holds the number {text}: expected whole numbers only")


def _brief(at: "_Fields") -> SharedBrief:
    return SharedBrief(
        key=at.text("key", 80),
        title=at.text("title", 90),
        goal=at.text("goal", LONG),
        craft=at.text("craft", 12),
        minutes=at.whole("minutes", 1, 600),
        versions=at.whole("versions", 1, 500),
        formats=at.texts("formats"),
        do=at.texts("do"),
        dont=at.texts("dont"),
        rights_hints=at.text("rights_hints", LONG, ""),
        targets=tuple((one.text("seat", 6), one.text("candidate", 120, "")) for one in at.tables("targets")),
        facts=tuple(
            (one.text("text", LONG), one.text("source", 200), one.text("url", 400, ""))
            for one in at.tables("facts")
        ),
    )


def _work(at: "_Fields") -> SharedWork:
    return SharedWork(
        key=at.text("key", 80),
        kind=at.text("kind", 10),
        title=at.text("title", 120),
        summary=at.text("summary", LONG, ""),
        body=at.text("body", LONG, ""),
        link=at.text("link", 300, ""),
        alt_text=at.text("alt_text", LONG, ""),
        credit=at.text("credit", 120),
        licence=at.text("licence", 60),
        ai=at.text("ai", 10),
        url=at.address("url"),
        released_at=at.moment("released_at"),
        seats=at.texts("seats"),
        labels=at.texts("labels"),
        languages=at.texts("languages"),
        sources=at.rows("sources"),
        rights=at.rows("rights"),
        parent=at.text("parent", 80, ""),
        brief=at.text("brief", 80, ""),
        file=_file(at, "file"),
        captions=_file(at, "captions"),
    )


def _file(at: "_Fields", name: str) -> SharedFile | None:
    if at.values.get(name) is None:
        return None
    one = at.table(name)
    digest, content = one.text("sha256", 64), one.values.get("content")
    raw: bytes | None = None
    if content is not None:
        try:
            raw = base64.b64decode(str(content), validate=True)
        except (binascii.Error, ValueError):
            raise one.fail("content", "something else", "base64") from None
        if hashlib.sha256(raw).hexdigest() != digest:
            raise one.fail("content", "bytes of another fingerprint", f"sha256 {digest[:12]}…")
    return SharedFile(one.text("media_type", 40), digest, one.whole("bytes", 0, MOST_BYTES), raw)


class _Fields:
    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values, self.where = values, where

    def fail(self, name: str, found: object, expected: str) -> InputError:
        shown = "nothing" if found is None else repr(found)[:60]
        return InputError(f"{self.where}{name}: found {shown}, expected {expected}")

    def text(self, name: str, longest: int, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()) or "\x00" in value:
            raise self.fail(name, value, "a text")
        if len(value) > longest:
            raise self.fail(name, f"{len(value)} signs", f"at most {longest}")
        return value

    def whole(self, name: str, least: int, most: int) -> int:
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.fail(name, value, f"a whole number from {least} to {most}")
        return value

    def address(self, name: str) -> str:
        value = self.text(name, 400)
        if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
            raise self.fail(name, value, "an address in https")
        return value

    def moment(self, name: str) -> datetime:
        value = self.text(name, 40)
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise self.fail(name, value, "a moment such as 2027-03-01T12:00:00+00:00") from None
        if found.tzinfo is None:
            raise self.fail(name, value, "a moment with its offset")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and len(one) <= LONG for one in value):
            raise self.fail(name, value, "a list of texts")
        return tuple(value)

    def rows(self, name: str) -> tuple[dict[str, str], ...]:
        value = self.values.get(name, [])
        if not isinstance(value, list):
            raise self.fail(name, value, "a list")
        for row in value:
            if not isinstance(row, dict) or not all(isinstance(one, str) for one in row.values()):
                raise self.fail(name, row, "objects of texts")
        return tuple(value)

    def table(self, name: str) -> "_Fields":
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise self.fail(name, value, "an object")
        return _Fields(value, f"{self.where}{name}.")

    def tables(self, name: str) -> Sequence["_Fields"]:
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fail(name, value, "a list of objects")
        if len(value) > MOST_ITEMS:
            raise self.fail(name, f"{len(value)} of them", f"at most {MOST_ITEMS}")
        return [_Fields(one, f"{self.where}{name}[{number}].") for number, one in enumerate(value, 1)]
