"""List A: the posts that people declared on the share sheet, brought in as sightings, once each."""

from datetime import timedelta

from django.db import transaction

from tractage.hq.campaigns.clock import now
from tractage.hq.library.models import Share
from tractage.hq.people.refusals import Refused
from tractage.hq.sightings.addresses import post_of, read_link
from tractage.hq.sightings.kinds import How, SeenState
from tractage.hq.sightings.models import Sighting

LOOKED_BACK = timedelta(days=30)


def take_in_shares() -> int:
    """Make a sighting of each declared post that has a link which can count; return how many came in.

    A visitor's waits for a member, like all that visitors say.
    """
    recent = Share.objects.filter(at__gte=now() - LOOKED_BACK, sighting__isnull=True).exclude(address="")
    return sum(_take_in(share) for share in recent.select_related("work__campaign").order_by("pk"))


@transaction.atomic
def _take_in(share: Share) -> bool:
    try:
        link = read_link(share.address)
    except Refused:
        return False  # shortened, or a profile: it says nothing of one post
    # Two workers make their rounds: the one that waited here finds it done.
    Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if Sighting.objects.filter(share=share).exists():
        return False
    post = post_of(share.work.campaign, link)
    mine = Sighting.objects.filter(post=post, how=How.SELF, member=share.member, share__isnull=True)
    sighting = mine.filter(member__isnull=False).first() or Sighting(post=post, how=How.SELF, at=share.at)
    sighting.share, sighting.member, sighting.work = share, share.member, sighting.work or share.work
    sighting.visitor = share.member_id is None
    if share.member_id is not None and sighting.pk is None:
        sighting.state, sighting.confirmed_by = SeenState.CONFIRMED, share.member
    sighting.save()
    return True
