"""The signed export that communities give one another: its bytes, its key, its reading."""

from tractage.adapters.exchange.document import (
    SCHEMA,
    Document,
    Recalled,
    SharedBrief,
    SharedFile,
    SharedWork,
    read_document,
)
from tractage.adapters.exchange.keys import PublicKey, load_key, public_key, signed

__all__ = [
    "SCHEMA",
    "Document",
    "PublicKey",
    "Recalled",
    "SharedBrief",
    "SharedFile",
    "SharedWork",
    "load_key",
    "public_key",
    "read_document",
    "signed",
]
