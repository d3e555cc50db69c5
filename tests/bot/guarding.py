"""What the tests of the guard on the server share."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.bot.conftest import Room

from tractage.hq.safety.services import (
    GuardSettings,
    RuleContent,
    change_guard_settings,
    switch_rule,
    write_rule,
)

if TYPE_CHECKING:
    from tractage.hq.people.models import Member

START = datetime(2026, 1, 1, 0, 0, 30, tzinfo=UTC)
"""Half a minute after the simulator's accounts are born: they are young, as raiders' are."""


def rule(key: str, action: str, *, active: bool) -> None:
    """Write a rule, in shadow or switched on."""
    made = write_rule(None, RuleContent(key, "word", key, action))
    if active:
        switch_rule(None, made, active=True)


def settle(**values: Any) -> None:
    """Switch parts of the guard on."""
    change_guard_settings(None, replace(GuardSettings(), **values))


async def opened(room: Room, *people: "Member") -> Room:
    """Open the room and let the guard read its rules."""
    await room.open(*people)
    await room.server.env.advance_time(6)
    return room


def labels_of(message: Any) -> list[str]:
    """Labels of a message of the channel."""
    return [
        getattr(child, "label", "") for row in message.components for child in getattr(row, "children", ())
    ]
