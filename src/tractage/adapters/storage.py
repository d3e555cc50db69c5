"""Keep files on disk by their fingerprint: written whole or not at all, the same file once."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.core.files import File
from django.core.files.storage import FileSystemStorage

CHUNK = 2**20


class EditionStorage(FileSystemStorage):
    """A file lives at `<folder>/<first two>/<sha256>.<ext>`: no name chosen by a user reaches the disk."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        """Leave the name: `_save` replaces it by the fingerprint."""
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        folder = PurePosixPath(name).parent
        suffix = PurePosixPath(name).suffix.lower()
        root = Path(self.path(str(folder)))
        root.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        descriptor, temporary = tempfile.mkstemp(dir=root, prefix=".part-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                for chunk in _chunks(content):
                    digest.update(chunk)
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
            key = digest.hexdigest()
            target = root / key[:2] / f"{key}{suffix}"
            target.parent.mkdir(exist_ok=True)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return str(folder / key[:2] / target.name)


def _chunks(content: File[bytes]) -> Iterator[bytes]:
    content.seek(0)
    while chunk := content.read(CHUNK):
        yield chunk
