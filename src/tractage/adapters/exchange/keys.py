"""The instance's Ed25519 key, and signatures over the canonical bytes of a document."""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NewType

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tractage.domain.errors import InputError

PublicKey = NewType("PublicKey", str)
"""`ed25519:` and 43 letters of URL-safe base64: what communities give one another to be trusted."""

PREFIX = "ed25519:"
NAME = "exchange-key"


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: UTF-8 JSON, keys sorted, no space, no float (RFC 8785 without numbers).

    Raises InputError for a float: two machines may write it differently.
    """
    _refuse_floats(document)
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def load_key(folder: Path) -> Ed25519PrivateKey:
    """The key kept in `folder`, made on first use and readable by its owner alone."""
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Ed25519PrivateKey.generate().private_bytes_raw()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process made it meanwhile
            return load_key(folder)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(fresh)
    raw = path.read_bytes()
    if len(raw) != 32:
        raise InputError(f"{path.name}: found {len(raw)} bytes, expected the 32 of an Ed25519 key")
    return Ed25519PrivateKey.from_private_bytes(raw)


def public_key(key: Ed25519PrivateKey) -> PublicKey:
    """What others need to trust the key."""
    return PublicKey(PREFIX + _letters(key.public_key().public_bytes_raw()))


def signed(document: Mapping[str, Any], key: Ed25519PrivateKey) -> dict[str, Any]:
    """The document with the key that signs it and its `signature`."""
    said = {name: value for name, value in document.items() if name != "signature"} | {"key": public_key(key)}
    return said | {"signature": _letters(key.sign(canonical(said)))}


def check_signature(document: Mapping[str, Any]) -> PublicKey:
    """The key that a document is signed with. Raises InputError when it was changed, or is not signed."""
    key, signature = document.get("key"), document.get("signature")
    if not isinstance(key, str) or not isinstance(signature, str):
        raise InputError("the export is not signed: expected a key and a signature")
    said = {name: value for name, value in document.items() if name != "signature"}
    try:
        parse_key(key).verify(_bytes(signature), canonical(said))
    except (InvalidSignature, binascii.Error, ValueError):
        raise InputError("the export was changed after it was signed: its signature does not hold") from None
    return PublicKey(key)


def parse_key(text: str) -> Ed25519PublicKey:
    """Read a public key. Raises InputError with what was found and what is expected."""
    try:
        if not text.startswith(PREFIX):
            raise ValueError
        return Ed25519PublicKey.from_public_bytes(_bytes(text.removeprefix(PREFIX)))
    except (ValueError, binascii.Error):
        raise InputError(
            f"key {text[:60]!r}: expected {PREFIX} and 43 letters, as `exchange key` prints"
        ) from None


def _refuse_floats(value: object, where: str = "") -> None:
    if isinstance(value, float):
        raise InputError(f"{where or 'document'}: found {value!r}, expected a whole number or a text")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _refuse_floats(inner, f"{where}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _refuse_floats(inner, f"{where}[{number}]")


def _letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii", "strict") + b"=" * (-len(text) % 4), b"-_", validate=True)
