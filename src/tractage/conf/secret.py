"""The key that signs sessions: from the environment, else made once and kept beside the data."""

import os
import secrets
from pathlib import Path


def secret_key(given: str | None, data_dir: Path) -> str:
    """Return `given`, or the key kept in `data_dir`: made on first use, readable by its owner only."""
    if given is not None:
        return given
    file = data_dir / "secret.key"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"secret.key.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(50))
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass  # two first starts at once: the first key wins
        finally:
            fresh.unlink()
    return file.read_text().strip()
