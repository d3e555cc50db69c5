"""What the tests of sightings share: a link a number, a confirmed sighting, a world of posts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tractage.hq.sightings.models import Sighting


def tiktok(number: int) -> str:
    """The address of an invented post."""
    return f"https://www.tiktok.com/@quelquun/video/{7_300_000_000_000_000_000 + number}"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


@pytest.fixture
def see(campaign: Any, bob: Any, make_work: Callable[..., Any]) -> "Callable[..., Sighting]":
    """Bob logs a post: `see(3, views="12 k", how="B")`; a work is made unless one is given (or work=None)."""
    from tractage.hq.sightings.services import Seen, log_sighting

    made: list[Any] = []

    def log(number: int = 1, *, actor: Any = bob, **words: Any) -> "Sighting":
        if "work" not in words:
            made[:] = made or [make_work()]
            words["work"] = made[0]
        return log_sighting(actor, campaign, Seen(**({"link": tiktok(number)} | words)))

    return log


@pytest.fixture
def world(campaign: Any, bob: Any, make_work: Callable[..., Any]) -> Callable[..., Any]:
    """Posts of a simulated world as confirmed sightings: `world("size", posts=400)`; returns the work."""
    from datetime import date

    from tractage.domain.reach.worlds import simulate
    from tractage.hq.campaigns.clock import now
    from tractage.hq.sightings.models import Post, Reading, Sighting

    def make(name: str = "size", posts: int = 1500, work: Any = None, platform: str = "tiktok") -> Any:
        drawn, work = simulate(name, 3, posts), work or make_work()
        rows = [
            Post(campaign=campaign, platform=platform, key=f"{platform}{n}", url="", first_seen=now())
            for n in range(len(drawn.found.views))
        ]
        Post.objects.bulk_create(rows)
        Reading.objects.bulk_create(
            Reading(post=post, views=round(views), day=date(2027, 3, 1))
            for post, views in zip(rows, drawn.found.views, strict=True)
        )
        Sighting.objects.bulk_create(
            Sighting(post=post, how=how, state="confirmed", work=work, member=bob, confirmed_by=bob, at=now())
            for post, seen in zip(rows, drawn.found.seen, strict=True)
            for how, there in zip("ABC", seen, strict=True)
            if there
        )
        return work

    return make
