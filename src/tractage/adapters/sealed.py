"""Short texts that are kept sealed: a key in a file of the instance, Fernet (AES-128-CBC and HMAC-SHA256)."""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from tractage.domain.errors import InputError


class Box:
    """Seals and opens texts with the instance's key for one purpose."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def seal(self, text: str) -> bytes:
        """Return `text` sealed: another value each time, so that two equal texts do not look alike."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Return the text. Raises InputError when it was sealed with another key."""
        try:
            return self._fernet.decrypt(bytes(sealed)).decode()
        except InvalidToken:
            raise InputError(
                "a sealed text does not open: expected the key of this instance, restored with its backup"
            ) from None


def load_box(folder: Path, name: str) -> Box:
    """Return the box whose key is `folder`/`name`.key, made on first use, readable by its owner only."""
    file = folder / f"{name}.key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(Fernet.generate_key())
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass  # two first uses at once: the first key wins
        finally:
            fresh.unlink()
    try:
        return Box(file.read_bytes().strip())
    except ValueError:
        raise InputError(f"{file.name}: expected a Fernet key, 32 bytes in base64") from None
