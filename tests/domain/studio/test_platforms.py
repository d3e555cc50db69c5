"""Which file goes where: from the table, never above a limit, never of a family that is not taken."""

import re

import pytest

from tractage.domain.studio.formats import formats
from tractage.domain.studio.platforms import Offer, choose, platforms

PRESS = ("portrait", "carre", "story", "large", "bluesky", "whatsapp", "whatsapp-statut")
STILLS = [Offer(name, 400_000, "image/jpeg") for name in PRESS]
WANTED = {
    "story": "story",
    "instagram": "portrait",
    "facebook": "portrait",
    "x": "large",
    "bluesky": "bluesky",
    "mastodon": "large",
    "whatsapp": "whatsapp",
    "telegram": "portrait",
    "tiktok": "story",
    "discord": "large",
    "ailleurs": "portrait",
}


@pytest.mark.parametrize("name", list(platforms()))
def test_a_platform_names_known_formats_and_says_where_its_tips_come_from(name: str) -> None:
    platform = platforms()[name]
    assert platform.formats
    assert all(one in formats() for one in platform.formats)
    assert platform.tips
    for tip in platform.tips:
        assert tip.confidence in {"V", "S", "M", "P"}
        assert tip.source
        assert tip.fr != tip.en
        assert not re.search(r"\w ?[;!?](?=\s|$)|\w :|« |'", tip.fr), tip.fr


@pytest.mark.parametrize("name", list(platforms()))
def test_the_press_makes_a_file_for_every_platform(name: str) -> None:
    offer = choose(platforms()[name], STILLS)
    assert offer is not None
    assert offer.format == WANTED[name]


def test_a_file_above_the_limit_is_never_chosen() -> None:
    heavy = [Offer("bluesky", 1_000_001, "image/jpeg"), Offer("portrait", 999_999, "image/png")]
    chosen = choose(platforms()["bluesky"], heavy)
    assert chosen is not None
    assert chosen.format == "portrait"
    assert choose(platforms()["bluesky"], heavy[:1]) is None


def test_the_original_serves_when_its_family_is_taken() -> None:
    gif, film = Offer("original", 9_000, "image/gif"), Offer("original", 9_000, "video/mp4")
    assert choose(platforms()["instagram"], [gif]) is None
    assert choose(platforms()["x"], [gif]) == gif
    assert choose(platforms()["instagram"], [film]) == film
    assert choose(platforms()["ailleurs"], [Offer("captions", 90, "text/vtt")]) is None
