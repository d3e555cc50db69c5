"""The latest export of each partner, kept between the page that shows it and the one that takes from it."""

from pathlib import Path

from django.conf import settings

from tractage.adapters.exchange import Document, read_document
from tractage.conf.prepare import write_whole
from tractage.domain.errors import InputError
from tractage.hq.exchange.models import Peer


def keep(peer: Peer, raw: bytes) -> None:
    """Write it whole, in place of the one before."""
    write_whole(_path(peer), raw)


def kept_document(peer: Peer) -> Document | None:
    """What was kept, checked again; None when it is gone or is not the latest one."""
    try:
        document = read_document(_path(peer).read_bytes())
    except (OSError, InputError):
        return None
    return document if document.digest == peer.digest else None


def drop(peer: Peer) -> None:
    """Let it go."""
    _path(peer).unlink(missing_ok=True)


def _path(peer: Peer) -> Path:
    return Path(settings.TRACTAGE.data_dir) / "exchange" / f"{peer.pk}.json"
