"""List A: the posts that people declared on the share sheet, brought in as sightings, once each."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction

from tractage.domain.reach.links import PostLink
from tractage.hq.campaigns.clock import now
from tractage.hq.library.models import Share
from tractage.hq.people.refusals import Refused
from tractage.hq.sightings.addresses import posts_of, read_link
from tractage.hq.sightings.kinds import How, SeenState
from tractage.hq.sightings.models import Post, Sighting

LOOKED_BACK = timedelta(days=30)
SLICE = 200
"""Shares of one transaction: a few hundredths of a second, so that nobody else who writes waits for long."""
PAUSE = 0.1
"""Seconds between two slices: SQLite has one writer at a time, and no queue before its door."""


def take_in_shares() -> int:
    """Make a sighting of each declared post that has a link which can count; return how many came in.

    A visitor's waits for a member, like all that visitors say.
    """
    recent = Share.objects.filter(at__gte=now() - LOOKED_BACK, sighting__isnull=True).exclude(address="")
    rows = recent.order_by("pk").values_list("pk", "address")
    waiting = [(pk, link) for pk, address in rows if (link := _link(address))]
    taken = 0
    for start in range(0, len(waiting), SLICE):
        if start:
            time.sleep(PAUSE)
        taken += _take_in(dict(waiting[start : start + SLICE]))
    return taken


def _link(address: str) -> PostLink | None:
    try:
        return read_link(address)
    except Refused:
        return None  # shortened, or a profile: it says nothing of one post


@transaction.atomic
def _take_in(links: Mapping[int, PostLink]) -> int:
    """Take in these shares (their numbers, with their links); return how many another worker had not."""
    # Two workers make their rounds: the one that waited here finds them done.
    locked = Share.objects.select_for_update(of=("self",)).filter(pk__in=links).order_by("pk")
    shares = {share.pk: share for share in locked.select_related("work")}
    done = Sighting.objects.filter(share__in=shares).values_list("share", flat=True)
    for pk in list(done):
        del shares[pk]
    posts = posts_of({(share.work.campaign_id, links[share.pk]) for share in shares.values()})
    told = _told_before(posts.values(), shares.values())
    fresh: list[Sighting] = []
    joined: list[Sighting] = []
    for share in shares.values():
        post = posts[share.work.campaign_id, links[share.pk]]
        mine = told[post.pk, share.member_id]
        (joined if mine else fresh).append(_seen(share, post, mine.pop() if mine else None))
    Sighting.objects.bulk_create(fresh)
    Sighting.objects.bulk_update(joined, ["share", "member", "work", "visitor"])
    return len(shares)


def _told_before(
    posts: Iterable[Post], shares: Iterable[Share]
) -> defaultdict[tuple[int, int | None], list[Sighting]]:
    """By post and member, what the member had said on “Seen!” of their own post, the latest last."""
    rows = Sighting.objects.filter(post__in=posts, how=How.SELF, share__isnull=True)
    members = {share.member_id for share in shares if share.member_id is not None}
    found: defaultdict[tuple[int, int | None], list[Sighting]] = defaultdict(list)
    for row in rows.filter(member__in=members).order_by("at", "pk"):
        found[row.post_id, row.member_id].append(row)
    return found


def _seen(share: Share, post: Post, mine: Sighting | None) -> Sighting:
    sighting = mine or Sighting(post=post, how=How.SELF, at=share.at)
    sighting.share, sighting.member_id = share, share.member_id
    sighting.work_id = sighting.work_id or share.work_id
    sighting.visitor = share.member_id is None
    if mine is None and share.member_id is not None:
        sighting.state, sighting.confirmed_by_id = SeenState.CONFIRMED, share.member_id
    return sighting
