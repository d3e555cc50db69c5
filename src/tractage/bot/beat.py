"""The bot's sign of life, a file in the data folder, for `tractage doctor`."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

EVERY_SECONDS = 30


def _file() -> Path:
    return Path(settings.TRACTAGE.data_dir) / "bot.beat"


def leave_beat() -> None:
    """Say that the bot is alive and sees its server."""
    if (last := last_beat()) is not None and (datetime.now(UTC) - last).total_seconds() < EVERY_SECONDS:
        return
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().touch()


def last_beat() -> datetime | None:
    """When the bot last said so, None when it never did."""
    try:
        return datetime.fromtimestamp(_file().stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
