"""What is let go of, and when: screenshots, API figures, visitors' unconfirmed words, addresses."""

from datetime import timedelta
from typing import Any

from tests.conftest import QUIET_DAY
from tests.hq.sightings.conftest import tiktok

from tractage.hq.sightings.keeping import ADDRESS_DAYS, PROOF_DAYS, UNCONFIRMED_DAYS, YOUTUBE_DAYS, purge
from tractage.hq.sightings.kinds import Source
from tractage.hq.sightings.models import Post, Reading, Sighting
from tractage.hq.sightings.selectors import seen_posts
from tractage.hq.sightings.services import add_reading


def test_nothing_goes_before_its_time(see: Any) -> None:
    see(views="3", proof=b"abc")
    assert set(purge().values()) == {0}


def test_figures_of_youtubes_api_live_thirty_days(see: Any, bob: Any, at: Any) -> None:
    sighting = see(link="https://youtu.be/dQw4w9WgXcQ", views="100")
    add_reading(bob, sighting.post, "120", Source.YOUTUBE)
    at(QUIET_DAY + timedelta(days=YOUTUBE_DAYS))
    assert purge()["youtube"] == 0
    at(QUIET_DAY + timedelta(days=YOUTUBE_DAYS + 1))
    assert purge()["youtube"] == 1
    assert Reading.objects.get().views == 100


def test_a_screenshot_goes_unless_another_keeps_the_same(
    see: Any, rachid: Any, at: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = see(proof=b"abc")
    at(QUIET_DAY + timedelta(days=PROOF_DAYS - 1))
    second = see(2, proof=b"abc", actor=rachid)
    assert first.proof.name == second.proof.name
    at(QUIET_DAY + timedelta(days=PROOF_DAYS + 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert purge()["screenshots"] == 1
    assert second.proof.storage.exists(second.proof.name)
    at(QUIET_DAY + timedelta(days=2 * PROOF_DAYS + 1))
    with django_capture_on_commit_callbacks(execute=True):
        purge()
    assert not second.proof.storage.exists(second.proof.name)


def test_what_no_member_confirmed_goes(see: Any, at: Any) -> None:
    see(1, actor=None)
    see(2)
    at(QUIET_DAY + timedelta(days=UNCONFIRMED_DAYS + 1))
    assert purge()["unconfirmed"] == 1
    assert (Sighting.objects.count(), Post.objects.count()) == (1, 1)


def test_an_old_address_becomes_a_fingerprint_that_still_counts(see: Any, campaign: Any, at: Any) -> None:
    see(views="7")
    at(QUIET_DAY + timedelta(days=ADDRESS_DAYS + 1))
    assert purge()["addresses"] == 1
    post = Post.objects.get()
    assert post.url == ""
    assert "7300" not in post.key
    assert [one.views for one in seen_posts(campaign)] == [7]
    see(link=tiktok(1), views="9")
    assert Post.objects.count() == 1
    assert set(purge().values()) == {0}
