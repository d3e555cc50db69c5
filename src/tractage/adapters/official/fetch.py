"""Fetch the official files from data.gouv.fr: whole, checked, and where it stopped last time."""

import hashlib
import http.client
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tractage import __version__
from tractage.adapters.official.sources import Source
from tractage.domain.errors import InputError, TractageError

API = "https://www.data.gouv.fr/api/1"
TIMEOUT = 30.0
CHUNK = 1 << 16

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Resource:
    """A published file: its address, and its checksum (kind and hexadecimal value) when one is published."""

    url: str
    size: int | None
    checksum: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file on disk; `changed` when it is not the one that the shipped results were built from."""

    path: Path
    sha256: str
    changed: bool
    downloaded: bool


def find_resource(source: Source, api: str = API) -> Resource:
    """Where `source` is published now: addresses change with each upload, the data set's name does not.

    Raises:
        TractageError: no network, the data set is unknown, or it holds no such file.
    """
    url = f"{api}/datasets/{source.dataset}/"
    with _open(url) as answer:
        try:
            published = json.load(answer)["resources"]
        except (ValueError, KeyError, TypeError) as error:
            raise TractageError(f"{url}: found no list of resources in the answer") from error
    for entry in published:
        if _checksum(entry) == ("sha256", source.sha256):
            return _resource(entry)
    for entry in published:
        if re.search(source.resource, str(entry.get("url", "")).lower()):
            return _resource(entry)
    raise TractageError(f"{url}: no resource matches {source.resource!r} ({source.file})")


def fetch(source: Source, folder: Path, *, api: str = API, advance: Advance = lambda _: None) -> Fetched:
    """Bring one official file into `folder`, under its own name; a file that is right already is kept.

    What an interrupted download left is resumed. `advance` is called with the number of bytes received.

    Raises:
        TractageError: no network, a broken download, or a checksum that differs from the published one.
    """
    path = folder / source.file
    if path.is_file() and _digest(path, "sha256") == source.sha256:
        return Fetched(path, source.sha256, changed=False, downloaded=False)
    resource = find_resource(source, api)
    stamp = hashlib.sha256(resource.url.encode()).hexdigest()[:8]
    part = folder / f".{source.file}.{stamp}.part"
    _download(resource, part, advance)
    _verify(resource, part)
    found = _digest(part, "sha256")
    part.replace(path)
    return Fetched(path, found, changed=found != source.sha256, downloaded=True)


def _download(resource: Resource, part: Path, advance: Advance) -> None:
    start = part.stat().st_size if part.exists() else 0
    if resource.size is not None and start == resource.size:
        return
    with _open(resource.url, start) as answer:
        resumed = answer.status == http.client.PARTIAL_CONTENT
        expected = int(answer.headers.get("Content-Length") or 0)
        received = 0
        advance(start if resumed else 0)
        with part.open("ab" if resumed else "wb") as file:
            try:
                while chunk := answer.read(CHUNK):
                    file.write(chunk)
                    received += len(chunk)
                    advance(len(chunk))
            except (http.client.HTTPException, TimeoutError, ConnectionError) as error:
                raise _stopped(resource, received, expected) from error
            except OSError as error:
                raise TractageError(f"{part}: cannot be written ({error.strerror})") from error
    if received < expected:
        raise _stopped(resource, received, expected)


def _stopped(resource: Resource, received: int, expected: int) -> TractageError:
    counted = f"{received} of {expected} bytes" if expected else f"{received} bytes"
    return TractageError(f"{resource.url}: the download stopped after {counted}; run again to resume it")


def _verify(resource: Resource, part: Path) -> None:
    if resource.checksum is None:
        return
    kind, expected = resource.checksum
    found = _digest(part, kind)
    if found != expected:
        part.unlink()
        raise TractageError(f"{resource.url}: found {kind} {found}, expected the published {expected}")


def _open(url: str, start: int = 0) -> http.client.HTTPResponse:
    if urlsplit(url).scheme not in ("http", "https"):
        raise InputError(f"{url}: expected an address in http or https")
    headers = {"User-Agent": f"tractage/{__version__}"}
    if start:
        headers["Range"] = f"bytes={start}-"
    try:
        answer: http.client.HTTPResponse = urlopen(Request(url, headers=headers), timeout=TIMEOUT)  # noqa: S310
    except HTTPError as error:
        if start and error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            return _open(url)
        raise TractageError(f"{url}: the server answered {error.code} {error.reason}") from error
    except (URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        host = urlsplit(url).hostname
        raise TractageError(f"offline: {host} cannot be reached ({reason}); nothing was fetched") from error
    return answer


def _resource(entry: dict[str, Any]) -> Resource:
    size = entry.get("filesize")
    return Resource(str(entry["url"]), size if isinstance(size, int) else None, _checksum(entry))


def _checksum(entry: dict[str, Any]) -> tuple[str, str] | None:
    published = entry.get("checksum") or {}
    kind, value = str(published.get("type", "")).lower(), str(published.get("value", "")).lower()
    return (kind, value) if kind in ("sha1", "sha256", "md5") and value else None


def _digest(path: Path, kind: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, kind).hexdigest()
