"""Settings, the data folder, the disk, fonts and time."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone

from tractage.conf.copies.names import STAGE
from tractage.conf.doctor.findings import Finding, fine, note, question, wrong
from tractage.conf.prepare import FONT

LEAST_FREE = 2 * 2**30
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@question("settings")
def settings_hold() -> Iterator[Finding]:
    """The address, its hosts, https, debug and the clock that stands still."""
    told = settings.TRACTAGE
    host = urlsplit(told.site_url).hostname or ""
    if told.debug:
        yield wrong(
            "settings", "debug pages are on: they show code and settings to everyone", "TRACTAGE_DEBUG=0"
        )
    if host not in {one.strip("[]") for one in told.hosts} and "*" not in told.hosts:
        yield wrong(
            "settings", f"the site does not answer to its own address {host}", f"add {host} to TRACTAGE_HOSTS"
        )
    if "*" in told.hosts:
        yield wrong("settings", "the site answers to any host name", "name its hosts in TRACTAGE_HOSTS")
    if host not in LOOPBACK and not told.https:
        yield wrong(
            "settings", f"{told.site_url} sends passwords in clear", "serve it by https, TRACTAGE_HTTPS=1"
        )
    if told.as_of:
        yield note("settings", f"the clock stands still at {told.as_of.isoformat()}", "unset TRACTAGE_AS_OF")
    if host in LOOPBACK:
        yield note(
            "settings", f"{told.site_url} is for this machine alone", "TRACTAGE_SITE_URL, once it is public"
        )
    yield fine("settings", f"read; the site is {told.site_url}")


@question("key")
def key_is_private() -> Iterator[Finding]:
    """The key that signs sessions, the signing identity: there, and readable by their owner alone."""
    data = Path(settings.TRACTAGE.data_dir)
    keys = [data / "secret.key", *sorted((data / "keys").glob("*"))]
    for file in keys:
        if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield wrong("key", f"{file.name} can be read by others", f"chmod 600 {file}")
    if len(set(settings.SECRET_KEY)) < 8:
        yield wrong("key", "the secret key is too regular to be a secret", "make it at random, 50 signs")
    source = "TRACTAGE_SECRET_KEY" if settings.TRACTAGE.secret_key else "secret.key"
    yield fine("key", f"taken from {source}")


@question("data folder")
def data_folder_is_ours() -> Iterator[Finding]:
    """Rights on the folder, a restore that did not end, what a kill may have left."""
    data = Path(settings.TRACTAGE.data_dir)
    for folder in (data, Path(settings.MEDIA_ROOT)):
        if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield wrong(
                "data folder", f"{folder} cannot be written to", f"give it to this user: chown -R … {folder}"
            )
    foreign = [one for one in data.iterdir() if one.stat().st_uid != os.geteuid()]
    if foreign and os.geteuid() != 0:
        yield wrong("data folder", f"{foreign[0].name} belongs to another user", f"chown -R … {data}")
    if (data / STAGE).exists():
        yield wrong("data folder", "a restore was begun and not ended", "run tractage restore again")
    yield fine("data folder", str(data))


@question("disk")
def disk_has_room() -> Iterator[Finding]:
    """Free bytes and free inodes beside the data."""
    data = settings.TRACTAGE.data_dir
    usage, system = shutil.disk_usage(data), os.statvfs(data)
    said = f"{usage.free / 2**30:.1f} GiB free of {usage.total / 2**30:.1f}"
    if usage.free < LEAST_FREE:
        yield wrong("disk", f"{said}: uploads and copies will fail", "make room, or move the data folder")
    elif system.f_files and system.f_favail < 10_000:
        yield wrong(
            "disk", f"only {system.f_favail:,} files more can be made", "make room for more files (inodes)"
        )
    else:
        yield fine("disk", said)


@question("built files")
def files_are_built() -> Iterator[Finding]:
    """The web font, the compiled messages, the hashed static files."""
    built = Path(settings.BUILT_DIR)
    wanted = {
        f"the web font {FONT}": built / "fonts" / FONT,
        "the French messages": built / "locale" / "fr" / "LC_MESSAGES" / "django.mo",
        "the static files": Path(settings.STATIC_ROOT) / ".collected",
    }
    lacking = [name for name, file in wanted.items() if not file.exists()]
    if lacking:
        yield wrong(
            "built files", f"not built: {', '.join(lacking)}", "start tractage serve once: it builds them"
        )
    else:
        yield fine("built files", "font, messages and static files are there")


@question("time")
def time_is_known() -> Iterator[Finding]:
    """Time-zone data, the machine's clock against the database's and the disk's."""
    try:
        offset = ZoneInfo("Europe/Paris").utcoffset(datetime(2027, 4, 18, 12))  # noqa: DTZ001 - local on purpose
        ZoneInfo("Pacific/Marquesas"), ZoneInfo("America/Miquelon")
    except ZoneInfoNotFoundError as error:
        yield wrong(
            "time", f"time-zone data lack {error.args[0]}: every work counts as frozen", "install tzdata"
        )
        return
    if offset is None or offset.total_seconds() != 7200:
        yield wrong("time", "time-zone data do not know French summer time", "update tzdata")
    if skew := _skew():
        yield wrong("time", skew, "set the machine's clock by NTP: the law counts in minutes")
    yield fine("time", f"{timezone.localtime():%Y-%m-%d %H:%M:%S %Z}")


def _skew() -> str:
    from django.db import connection

    now = datetime.now(UTC)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            theirs = cursor.fetchone()[0]
        if abs((theirs - now).total_seconds()) > 30:
            return (
                f"this machine's clock and the database's differ by {abs(theirs - now).total_seconds():.0f} s"
            )
    newest = max((file.stat().st_mtime for file in Path(settings.TRACTAGE.data_dir).iterdir()), default=0)
    if newest > now.timestamp() + 120:
        return "files of the data folder were written in the future: this machine's clock went back"
    return ""
