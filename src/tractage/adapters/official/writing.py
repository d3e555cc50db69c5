"""Write files whole or not at all."""

import os
from pathlib import Path

from tractage.domain.errors import TractageError


def write_whole(contents: dict[Path, bytes]) -> None:
    """Write every file under a temporary name, then give each its own: nothing is ever half-written.

    Raises:
        TractageError: a file cannot be written, such as on a full disk; those that were there are untouched.
    """
    parts = {path: path.with_name(f".{path.name}.part") for path in contents}
    try:
        for path, content in contents.items():
            with parts[path].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise TractageError(f"{path}: cannot be written ({error.strerror}); nothing was changed") from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
