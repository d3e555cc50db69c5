"""Seal what is personal with the instance's own key, and fingerprint messages without keeping them."""

import base64
import unicodedata

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

SALT = "tractage.safety"


def seal(text: str) -> str:
    """Return a text that only this instance can read; nothing stays nothing."""
    return _fernet().encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii") if text else ""


def unseal(sealed: str) -> str | None:
    """Return what was sealed; None when it has left, or the instance's secret has changed since."""
    if not sealed:
        return None
    try:
        return _fernet().decrypt(sealed.encode("ascii")).decode("utf-8", "surrogatepass")
    except (InvalidToken, ValueError):
        return None


def message_print(text: str) -> str:
    """Return the same keyed fingerprint for the same words, whatever their capitals and blanks."""
    same = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not same:
        return ""
    return salted_hmac(f"{SALT}.print", same.encode("utf-8", "replace"), algorithm="sha256").hexdigest()


def _fernet() -> Fernet:
    key = salted_hmac(f"{SALT}.seal", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
