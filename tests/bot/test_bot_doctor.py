"""`tractage doctor` about the bot."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.bot.conftest import NUMBER

from tractage.bot.beat import last_beat, leave_beat
from tractage.bot.doctor import bot_is_well
from tractage.hq.server.services import keep_piece


@pytest.fixture
def told(settings: Any, tmp_path: Path, db: None) -> Any:
    """What the doctor says with these settings, as level and words."""

    def ask(**values: Any) -> list[tuple[str, str]]:
        settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path, **values)
        return [(one.level.value, one.words) for one in bot_is_well()]

    return ask


def test_without_a_token_there_is_nothing_to_mend(told: Any) -> None:
    assert told() == [("note", "no bot: its token or its server is not set")]


def test_a_bot_that_is_silent_or_half_made_is_to_be_mended(told: Any) -> None:
    found = told(discord_token="x" * 60, discord_guild=NUMBER)
    assert ("wrong", "it has never run here") in found
    assert ("wrong", "no role is known for the quarantine") in found


def test_a_bot_that_runs_is_fine_and_says_what_is_off(told: Any) -> None:
    for key in ("announcements", "moderation", "counter"):
        keep_piece("channel", key, 1, made=True)
    keep_piece("role", "quarantine", 1, made=True)
    told(discord_token="x" * 60, discord_guild=NUMBER, discord_message_content=False)
    leave_beat()
    found = told()
    assert [level for level, _words in found] == ["ok", "note"]
    assert "messages are not read" in found[1][1]


def test_an_old_sign_of_life_is_told(told: Any, tmp_path: Path) -> None:
    told(discord_token="x" * 60, discord_guild=NUMBER)
    leave_beat()
    assert last_beat()
    old = time.time() - 600
    os.utime(tmp_path / "bot.beat", (old, old))
    assert any("its last sign was on" in words for _level, words in told())
