"""How long things are kept: screenshots, figures of YouTube's API, addresses, what nobody confirmed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils.timezone import localtime

from tractage.hq.campaigns.clock import now
from tractage.hq.sightings.addresses import sealed
from tractage.hq.sightings.kinds import SeenState, Source
from tractage.hq.sightings.models import Post, Reading, Sighting

PROOF_DAYS = 90
YOUTUBE_DAYS = 30
"""YouTube API Services terms, III.E.4: figures of others' videos are refreshed or deleted within 30 days."""
UNCONFIRMED_DAYS = 30
ADDRESS_DAYS = 180


def drop_proof(sighting: Sighting) -> None:
    """Remove a screenshot; the bytes go when no other sighting keeps the same picture."""
    name = sighting.proof.name
    storage = sighting.proof.storage
    sighting.proof = ""
    sighting.save(update_fields=["proof"])
    if name and not Sighting.objects.filter(proof=name).exists():
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def purge() -> dict[str, int]:
    """Let go of what is past its time; run every hour, and twice changes nothing. Returns how much went."""
    moment = now()
    old = moment - timedelta(days=PROOF_DAYS)
    proofs = list(Sighting.objects.filter(at__lt=old).exclude(proof=""))
    for one in proofs:
        drop_proof(one)
    day = localtime(moment).date() - timedelta(days=YOUTUBE_DAYS)
    figures, _kinds = Reading.objects.filter(source=Source.YOUTUBE, day__lt=day).delete()
    never = Q(state=SeenState.PENDING) | Q(state=SeenState.WITHDRAWN)
    stale = Sighting.objects.filter(never, visitor=True, at__lt=moment - timedelta(days=UNCONFIRMED_DAYS))
    for one in stale.exclude(proof=""):
        drop_proof(one)
    unconfirmed = stale.count()
    stale.delete()
    Post.objects.filter(sightings__isnull=True, readings__isnull=True, duplicates__isnull=True).delete()
    return {
        "screenshots": len(proofs),
        "youtube": figures,
        "unconfirmed": unconfirmed,
        "addresses": _seal_addresses(),
    }


def _seal_addresses() -> int:
    """Replace the address of posts that nobody has seen for long by a fingerprint: counts stay."""
    limit = now() - timedelta(days=ADDRESS_DAYS)
    old = (
        Post.objects.exclude(url="")
        .annotate(last=Max("sightings__at"))
        .filter(Q(last__lt=limit) | Q(last__isnull=True, first_seen__lt=limit))
    )
    number = 0
    for post in old:
        post.key, post.url = sealed(post.platform, post.key), ""
        post.save(update_fields=["key", "url"])
        number += 1
    return number
