"""GIPHY's documented upload endpoint: a POST of the file, its tags and its source, with the channel's key.

Nothing calls this on its own: no task, no schedule. The command asks the person who runs it first.
"""

import json
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tractage.domain.errors import InputError, TractageError
from tractage.domain.studio.gif_library import Animation

ENDPOINT = "https://upload.giphy.com/v1/gifs"
TIMEOUT = 60.0  # seconds


@dataclass(frozen=True)
class Uploaded:
    """The library's identifier of an upload."""

    id: str


def upload(
    file: Path, animation: Animation, key: str, *, username: str = "", endpoint: str = ENDPOINT
) -> Uploaded:
    """Send one file to the channel of `key`; `username` for channels that the library approved.

    Raises InputError for an empty key or an address that is neither https nor this machine's, TractageError
    with the library's own words when it refuses, or when it cannot be reached. The key is never shown.
    """
    if not key.strip():
        raise InputError("TRACTAGE_GIPHY_KEY: empty, expected the upload key of the community's own channel")
    address = urlsplit(endpoint)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise InputError(f"endpoint {endpoint}: expected https")
    fields = {
        "api_key": key,
        "username": username,
        "tags": ",".join(animation.tags),
        "source_post_url": animation.source,
    }
    body, boundary = _multipart({k: v for k, v in fields.items() if v}, file, animation.media_type)
    request = urllib.request.Request(endpoint, data=body, method="POST")  # noqa: S310 - the scheme is checked above
    request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            said = json.load(answer)
    except urllib.error.HTTPError as error:
        raise TractageError(f"GIPHY refused {file.name}: {_words(error.read(), error.reason, key)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise TractageError(f"GIPHY could not be reached: {str(reason).replace(key, '…')}") from None
    number = (said.get("data") or {}).get("id") if isinstance(said, dict) else None
    if not number:
        raise TractageError(f"GIPHY answered without an identifier for {file.name}")
    return Uploaded(str(number))


def _multipart(fields: dict[str, str], file: Path, media_type: str) -> tuple[bytes, str]:
    boundary = f"tractage-{secrets.token_hex(12)}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="work{file.suffix}"\r\n'
    parts += [f"{head}Content-Type: {media_type}\r\n\r\n".encode(), file.read_bytes(), b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), boundary


def _words(body: bytes, reason: object, key: str) -> str:
    try:
        said = json.loads(body)["meta"]["msg"]
    except (ValueError, KeyError, TypeError):
        said = reason
    return str(said).replace(key, "…")[:200]
