"""Static files: hashed names, compressed once; the operator's admin is left uncompressed to start quickly."""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

OPERATOR = "admin/"


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """What visitors load goes compressed by gzip and brotli."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress all but what only operators load."""
        yield from super().compress_files([path for path in paths if not path.startswith(OPERATOR)])
