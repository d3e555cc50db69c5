"""What `tractage doctor` asks about the bot; it needs no Discord library."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

from django.conf import settings

from tractage.bot.beat import last_beat
from tractage.conf.doctor.findings import Finding, fine, note, question, wrong

SUBJECT = "discord"
SILENT = timedelta(minutes=3)


@question(SUBJECT, on_database=True)
def bot_is_well() -> Iterator[Finding]:
    """Its settings, its sign of life, its server, and what it could not do."""
    found = settings.TRACTAGE
    if found.discord_token is None or found.discord_guild is None:
        yield note(SUBJECT, "no bot: its token or its server is not set", "docs/operator/discord.md")
        return
    if find_spec("discord") is None:
        yield wrong(SUBJECT, "its library is missing", "pip install 'tractage[bot]'")
    yield from _alive()
    if not found.discord_message_content:
        yield note(
            SUBJECT,
            "messages are not read: only AutoMod reads words; disguised ones and known pictures pass",
            "allow the intent and set TRACTAGE_DISCORD_MESSAGE_CONTENT=1, or leave it so",
        )
    yield from _server()
    yield from _left_undone()


def _alive() -> Iterator[Finding]:
    beat = last_beat()
    if beat is None:
        yield wrong(SUBJECT, "it has never run here", "start tractage bot")
    elif datetime.now(UTC) - beat > SILENT:
        yield wrong(SUBJECT, f"its last sign was on {beat:%Y-%m-%d at %H:%M} UTC", "start tractage bot")
    else:
        yield fine(SUBJECT, "alive")


def _server() -> Iterator[Finding]:
    from tractage.hq.server.models import PieceKind
    from tractage.hq.server.selectors import pieces

    lacking = {"announcements", "moderation", "counter"} - set(pieces(PieceKind.CHANNEL))
    if lacking:
        yield wrong(SUBJECT, f"no channel is known for: {', '.join(sorted(lacking))}", "tractage bot apply")
    if "quarantine" not in pieces(PieceKind.ROLE):
        yield wrong(SUBJECT, "no role is known for the quarantine", "tractage bot apply")


def _left_undone() -> Iterator[Finding]:
    from tractage.hq.safety.selectors import calls_that_failed
    from tractage.hq.server.selectors import waiting_announcements

    if failed := calls_that_failed().count():
        yield wrong(
            SUBJECT,
            f"{failed:,} decisions were refused by the server",
            "put the bot's role above those it gives, then decide again on the desk",
        )
    waiting = waiting_announcements()
    held = [one.held_until for one in waiting if one.held_until is not None]
    if held:
        yield fine(
            SUBJECT, f"{len(held)} announcements are held by the law until {min(held):%Y-%m-%d %H:%M} UTC"
        )
