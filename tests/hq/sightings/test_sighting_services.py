"""Log, confirm, take back, merge: the bad inputs of the field, the wrong person, and undo."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import QUIET_DAY, _member
from tests.hq.sightings.conftest import tiktok

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.people.refusals import Refused
from tractage.hq.sightings.kinds import How, SeenState, Source
from tractage.hq.sightings.models import Post, Reading, Sighting
from tractage.hq.sightings.refusals import FieldRefused
from tractage.hq.sightings.selectors import seen_posts, usable
from tractage.hq.sightings.services import (
    Seen,
    add_reading,
    confirm_sighting,
    dismiss_sighting,
    log_sighting,
    merge_posts,
    name_work,
    reopen_sighting,
    unmerge_post,
    withdraw_sighting,
)

See = Callable[..., Sighting]


def test_a_member_who_names_the_work_is_enough(see: See, campaign: Any, bob: Any) -> None:
    sighting = see(views="1,2 M")
    assert sighting.state == SeenState.CONFIRMED
    assert sighting.confirmed_by == bob
    [post] = seen_posts(campaign)
    assert (post.platform, post.views, post.lists) == ("tiktok", 1_200_000, {"B"})
    assert Reading.objects.get().rounding == 50_000
    assert AuditLine.objects.filter(verb="sighting.log", actor=bob).count() == 1


@pytest.mark.parametrize(
    ("views", "number"), [("1,2 M", 1_200_000), ("12 k", 12_000), ("1.2M", 1_200_000), ("3 456 vues", 3456)]
)
def test_views_as_platforms_write_them(see: See, views: str, number: int) -> None:
    see(views=views)
    assert Reading.objects.get().views == number
    assert Reading.objects.get().day == QUIET_DAY.date()


@pytest.mark.parametrize(
    ("views", "words"),
    [("-12", "jamais négatif"), ("beaucoup", "12 k ou 1,2 M"), ("999999999999", "autant de vues")],
)
def test_absurd_views_are_refused_in_words_and_nothing_is_kept(see: See, views: str, words: str) -> None:
    with pytest.raises(FieldRefused, match=words) as refusal:
        see(views=views)
    assert refusal.value.field == "views"
    assert not Sighting.objects.exists()
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://vm.tiktok.com/ZMabc/", "raccourci"),
        ("https://t.co/abc", "raccourci"),
        ("https://www.instagram.com/stories/quelquun/12345/", "pas public"),
        ("https://t.me/c/1234/5", "pas public"),
        ("https://x.com/quelquun", "un profil ou un site entier"),
        ("bonjour", "n’est pas un lien"),
    ],
)
def test_a_link_that_cannot_count_is_refused_in_words(
    campaign: Any, bob: Any, quiet_day: None, link: str, words: str
) -> None:
    with pytest.raises(FieldRefused, match=words) as refusal:
        log_sighting(bob, campaign, Seen(link=link))
    assert refusal.value.field == "link"
    assert not Post.objects.exists()


def test_the_same_post_by_three_links_is_one(see: See, campaign: Any, rachid: Any, rosa: Any) -> None:
    see(link="https://twitter.com/quelquun/status/123456789?s=20&t=abc", views="100")
    see(
        link="https://x.com/i/web/status/123456789", actor=rachid, how=How.SEARCH, query="#tract", views="120"
    )
    see(link="https://mobile.twitter.com/quelquun/status/123456789/photo/1", actor=rosa)
    assert Post.objects.count() == 1
    [post] = seen_posts(campaign)
    assert (post.views, post.lists) == (120, {"B", "C"})


def test_no_name_of_an_account_is_kept(see: See) -> None:
    see(link="https://www.tiktok.com/@quelquun/video/7301234567890123456")
    see(link="https://bsky.app/profile/quelquun.bsky.social/post/3kxyz")
    see(link="https://bsky.app/profile/Quelquun.bsky.social/post/3kxyz?ref=1")
    see(link="https://mastodon.example/@quelquun/110")
    assert Post.objects.count() == 3
    for post in Post.objects.all():
        assert "quelquun" not in f"{post.key} {post.url}".casefold()


def test_a_second_tap_changes_what_the_first_said(see: See) -> None:
    first = see(views="10")
    again = see(views="30")
    assert (first.pk, Sighting.objects.count(), Reading.objects.count()) == (again.pk, 1, 2)


def test_a_visitor_waits_for_a_member(see: See, campaign: Any, bob: Any, dan: Any, make_work: Any) -> None:
    work = make_work()
    sighting = see(actor=None, work=work, views="12 k")
    assert (sighting.state, sighting.visitor, seen_posts(campaign)) == (SeenState.PENDING, True, [])
    with pytest.raises(PermissionDenied):
        confirm_sighting(dan, sighting, work)
    confirm_sighting(bob, sighting, work)
    [post] = seen_posts(campaign)
    assert (post.views, post.works) == (12_000, {work.pk})
    with pytest.raises(Refused, match="Un membre l’a regardé"):
        withdraw_sighting(None, sighting)


def test_a_visitor_cannot_declare_posts(see: See) -> None:
    with pytest.raises(Refused):
        see(actor=None, how=How.SELF)
    with pytest.raises(Refused):
        see(actor=None, source=Source.AUTHOR, views="3")


def test_a_search_says_what_was_searched(see: See) -> None:
    with pytest.raises(FieldRefused, match="hashtag"):
        see(how=How.SEARCH)
    with pytest.raises(FieldRefused, match="jamais le nom d’un compte"):
        see(how=How.SEARCH, query="@quelquun")
    assert see(how=How.SEARCH, query="#tract").query == "#tract"


def test_without_a_link_the_platform_is_asked_and_the_post_stays_out(see: See, campaign: Any) -> None:
    with pytest.raises(FieldRefused) as refusal:
        see(link="")
    assert refusal.value.field == "platform"
    see(link="", platform="tiktok", views="40")
    see(link="", platform="tiktok", views="40")
    kept, left = usable(seen_posts(campaign))
    assert (kept, left.unaddressed) == ([], 2)


def test_a_work_that_is_not_on_the_wall_is_refused(see: See, make_work: Any) -> None:
    with pytest.raises(FieldRefused, match="mur"):
        see(work=make_work(released=False))


def test_a_sighting_is_taken_back_by_its_author_alone(see: See, campaign: Any, bob: Any, rachid: Any) -> None:
    sighting = see(views="5")
    with pytest.raises(PermissionDenied):
        withdraw_sighting(rachid, sighting)
    withdraw_sighting(bob, sighting)
    assert seen_posts(campaign) == []
    reopen_sighting(bob, sighting)
    [post] = seen_posts(campaign)
    assert post.views == 5


def test_a_coordinator_takes_back_anyones(see: See, campaign: Any, alice: Any) -> None:
    withdraw_sighting(alice, see())
    assert seen_posts(campaign) == []


def test_a_member_dismisses_and_reopens(see: See, campaign: Any, rachid: Any, dan: Any) -> None:
    sighting = see()
    with pytest.raises(PermissionDenied):
        dismiss_sighting(dan, sighting)
    dismiss_sighting(rachid, sighting)
    assert seen_posts(campaign) == []
    assert reopen_sighting(rachid, sighting).state == SeenState.CONFIRMED


def test_who_saw_it_names_the_work_afterwards(see: See, bob: Any, rachid: Any, make_work: Any) -> None:
    sighting, work = see(work=None), make_work()
    assert sighting.state == SeenState.PENDING
    with pytest.raises(PermissionDenied):
        name_work(rachid, sighting, work)
    assert name_work(bob, sighting, work).state == SeenState.CONFIRMED


def test_two_posts_merge_and_unmerge_exactly(see: See, campaign: Any, bob: Any, dan: Any) -> None:
    first, second = see(1, views="10"), see(2, views="30", how=How.SEARCH, query="mot")
    before = seen_posts(campaign)
    with pytest.raises(PermissionDenied):
        merge_posts(dan, second.post, tiktok(1))
    merge_posts(bob, second.post, tiktok(1))
    [post] = seen_posts(campaign)
    assert (post.pk, post.views, post.lists) == (first.post_id, 30, {"B", "C"})
    with pytest.raises(FieldRefused, match="déjà"):
        merge_posts(bob, first.post, tiktok(2))
    with pytest.raises(FieldRefused, match="déjà"):
        merge_posts(bob, first.post, tiktok(1))
    unmerge_post(bob, second.post)
    assert seen_posts(campaign) == before


def test_posts_of_two_platforms_stay_two(see: See, bob: Any) -> None:
    sighting = see(1)
    with pytest.raises(FieldRefused, match="deux plateformes"):
        merge_posts(bob, sighting.post, "https://x.com/i/status/123456789")


def test_a_screenshot_alone_gets_its_address_by_a_merge(see: See, campaign: Any, bob: Any) -> None:
    sighting = see(link="", platform="x", views="40")
    merge_posts(bob, sighting.post, "https://x.com/i/status/123456789")
    kept, left = usable(seen_posts(campaign))
    assert (len(kept), left.unaddressed, kept[0].views) == (1, 0, 40)


def test_figures_of_the_api_are_shown_and_never_mixed(see: See, campaign: Any, bob: Any) -> None:
    sighting = see(link="https://youtu.be/dQw4w9WgXcQ", views="100")
    add_reading(bob, sighting.post, "5000", Source.YOUTUBE)
    [post] = seen_posts(campaign)
    assert post.views == 100


def test_the_latest_reading_counts_with_its_age(see: See, campaign: Any, bob: Any, at: Any) -> None:
    sighting = see(views="100", published=date(2027, 2, 20))
    at(QUIET_DAY + timedelta(days=3))
    add_reading(bob, sighting.post, "90")
    [post] = seen_posts(campaign)
    assert (post.views, post.age) == (90, 12)


def test_erasing_a_member_keeps_counts_and_drops_screenshots(see: See, campaign: Any, bob: Any) -> None:
    from tractage.hq.people.personal import everything_about, keepers

    sighting = see(views="3", proof=b"abc")
    told = everything_about(bob)["sightings"]["seen"]
    assert [one["screenshot_kept"] for one in told] == [True]
    keepers["sightings"].let_go(bob, "")
    sighting.refresh_from_db()
    assert not sighting.proof
    bob.delete()
    assert len(seen_posts(campaign)) == 1


def test_queries_do_not_grow_with_posts(
    see: See, campaign: Any, django_assert_max_num_queries: Any, make_work: Any
) -> None:
    work = make_work()
    for number in range(6):
        see(number, work=work, views="5", actor=_member(f"Vigie {number}", "member"))
    with django_assert_max_num_queries(4):
        assert len(seen_posts(campaign)) == 6
