"""From one address to Django's database settings."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tractage.domain.errors import InputError

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"


def database_settings(url: str | None, data_dir: Path) -> dict[str, Any]:
    """SQLite in the data folder (write-ahead log, immediate transactions), or PostgreSQL by its address.

    url: `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://user:password@host:port/name?key=value`
    Raises InputError for another scheme or a missing name.
    """
    if url is None:
        return _sqlite(data_dir / "tractage.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and len(parts.path) > 1:
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme in ("postgres", "postgresql") and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    found = f"{parts.scheme}://…" if parts.scheme else "an address without a scheme"
    raise InputError(
        f"TRACTAGE_DATABASE_URL: found {found}, expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    )


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }
