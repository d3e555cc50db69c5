"""Read the environment once into typed values; a wrong value is one line that names the variable."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tractage.domain.errors import InputError

PARIS = ZoneInfo("Europe/Paris")
Parsed = TypeVar("Parsed")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Environment:
    """What an operator can set; docs/operator/settings.md has one line for each."""

    data_dir: Path
    secret_key: str | None
    debug: bool
    hosts: tuple[str, ...]
    site_url: str
    database_url: str | None
    https: bool
    language: str
    log_level: str
    as_of: datetime | None
    discord_client_id: str | None
    discord_client_secret: str | None
    discord_token: str | None
    discord_guild: int | None
    discord_message_content: bool
    discord_api: str | None
    discord_gateway: str | None


VARIABLES = {
    "TRACTAGE_DATA_DIR": "data_dir",
    "TRACTAGE_SECRET_KEY": "secret_key",
    "TRACTAGE_DEBUG": "debug",
    "TRACTAGE_HOSTS": "hosts",
    "TRACTAGE_SITE_URL": "site_url",
    "TRACTAGE_DATABASE_URL": "database_url",
    "TRACTAGE_HTTPS": "https",
    "TRACTAGE_LANGUAGE": "language",
    "TRACTAGE_LOG_LEVEL": "log_level",
    "TRACTAGE_AS_OF": "as_of",
    "TRACTAGE_DISCORD_CLIENT_ID": "discord_client_id",
    "TRACTAGE_DISCORD_CLIENT_SECRET": "discord_client_secret",
    "TRACTAGE_DISCORD_TOKEN": "discord_token",
    "TRACTAGE_DISCORD_GUILD": "discord_guild",
    "TRACTAGE_DISCORD_MESSAGE_CONTENT": "discord_message_content",
    "TRACTAGE_DISCORD_API": "discord_api",
    "TRACTAGE_DISCORD_GATEWAY": "discord_gateway",
}


def read_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """Parse every `TRACTAGE_…` variable.

    Raises InputError that names the variable, what was found and what is allowed; also for a variable that
    starts with `TRACTAGE_` and means nothing, since a misspelt setting is silent otherwise.
    """
    unknown = sorted(name for name in environ if name.startswith("TRACTAGE_") and name not in known_names())
    if unknown:
        raise InputError(f"{unknown[0]}: unknown variable; allowed: {', '.join(sorted(VARIABLES))}")
    site_url = _parse(environ, "TRACTAGE_SITE_URL", _url, "http://127.0.0.1:8000")
    found = Environment(
        data_dir=_parse(environ, "TRACTAGE_DATA_DIR", lambda text: Path(text).expanduser().resolve(), "var"),
        secret_key=_parse(environ, "TRACTAGE_SECRET_KEY", _secret, None),
        debug=_parse(environ, "TRACTAGE_DEBUG", _flag, "0"),
        hosts=_parse(environ, "TRACTAGE_HOSTS", _hosts, "127.0.0.1,localhost,[::1]"),
        site_url=site_url,
        database_url=_parse(environ, "TRACTAGE_DATABASE_URL", str, None),
        https=_parse(environ, "TRACTAGE_HTTPS", _flag, "1" if site_url.startswith("https:") else "0"),
        language=_parse(environ, "TRACTAGE_LANGUAGE", _one_of("fr", "en"), "fr"),
        log_level=_parse(environ, "TRACTAGE_LOG_LEVEL", _one_of(*LOG_LEVELS), "INFO"),
        as_of=_parse(environ, "TRACTAGE_AS_OF", parse_moment, None),
        discord_client_id=_parse(environ, "TRACTAGE_DISCORD_CLIENT_ID", _snowflake, None),
        discord_client_secret=_parse(environ, "TRACTAGE_DISCORD_CLIENT_SECRET", _discord_secret, None),
        discord_token=_parse(environ, "TRACTAGE_DISCORD_TOKEN", _bot_token, None),
        discord_guild=_parse(environ, "TRACTAGE_DISCORD_GUILD", _server_number, None),
        discord_message_content=_parse(environ, "TRACTAGE_DISCORD_MESSAGE_CONTENT", _flag, "1"),
        discord_api=_parse(environ, "TRACTAGE_DISCORD_API", _address("http", "https"), None),
        discord_gateway=_parse(environ, "TRACTAGE_DISCORD_GATEWAY", _address("ws", "wss"), None),
    )
    if (found.discord_client_id is None) != (found.discord_client_secret is None):
        raise InputError(
            "TRACTAGE_DISCORD_CLIENT_ID, TRACTAGE_DISCORD_CLIENT_SECRET: found one, expected both or none"
        )
    return found


def known_names() -> frozenset[str]:
    """Every name that starts with `TRACTAGE_` and that some part of the project reads."""
    return frozenset(VARIABLES) | {"TRACTAGE_GIPHY_KEY", "TRACTAGE_RAW", "TRACTAGE_BASELINE"}


def parse_moment(text: str) -> datetime:
    """A date (noon in Paris) or an ISO time (Paris when it names no offset)."""
    try:
        if len(text) == len("2024-06-20"):
            return datetime.combine(date.fromisoformat(text), time(12), PARIS)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("a date such as 2024-06-20 or an ISO time such as 2024-06-20T18:30+02:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def _parse(
    environ: Mapping[str, str], name: str, parser: Callable[[str], Parsed], default: str | None
) -> Parsed:
    text = environ.get(name, "").strip() or default
    if text is None:
        return None  # type: ignore[return-value]  # the field says so: only optional ones have no default
    try:
        return parser(text)
    except ValueError as error:
        shown = "(hidden)" if parser in (_secret, _discord_secret, _bot_token) else repr(text)
        raise InputError(f"{name}: found {shown}, expected {error}") from None


def _flag(text: str) -> bool:
    values = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in values:
        raise ValueError("1 or 0")
    return values[text.lower()]


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    if not hosts or any("/" in host or " " in host for host in hosts):
        raise ValueError("host names separated by commas, without https://")
    return hosts


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("an address such as https://example.org, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _secret(text: str) -> str:
    if len(text) < 40:
        raise ValueError("at least 40 characters chosen at random")
    return text


def _snowflake(text: str) -> str:
    if not (text.isascii() and text.isdigit() and 15 <= len(text) <= 22):
        raise ValueError("the number of a Discord application, 15 to 22 digits")
    return text


def _discord_secret(text: str) -> str:
    if len(text) < 20 or not text.isascii() or any(sign.isspace() for sign in text):
        raise ValueError("the client secret of a Discord application, at least 20 characters")
    return text


def _bot_token(text: str) -> str:
    if len(text) < 40 or not text.isascii() or any(sign.isspace() for sign in text):
        raise ValueError("the token of a Discord bot, at least 40 characters")
    return text


def _server_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 15 <= len(text) <= 22):
        raise ValueError("the number of a Discord server, 15 to 22 digits")
    return int(text)


def _address(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname or parts.query:
            raise ValueError(f"an address that begins with {schemes[0]}:// or {schemes[-1]}://")
        return text.rstrip("/")

    return parse


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(" or ".join(allowed))
        return text

    return parse
