"""Reads about partners and what their exports told."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.exchange.models import ItemKind, Peer, PeerItem
from tractage.hq.library.models import Status

SHOWN = 12


@dataclass(frozen=True)
class PeerShelf:
    """A partner and the titles of its latest works."""

    peer: Peer
    items: list[PeerItem]


def peers(campaign: Campaign) -> QuerySet[Peer]:
    """The trusted communities with `works`, `briefs`, and `taken`, how much of it is here."""
    return Peer.objects.filter(campaign=campaign).annotate(
        works=Count("items", filter=Q(items__kind=ItemKind.WORK), distinct=True),
        briefs=Count("items", filter=Q(items__kind=ItemKind.BRIEF), distinct=True),
        taken=Count(
            "items", filter=Q(items__work__isnull=False) | Q(items__brief__isnull=False), distinct=True
        ),
    )


def shelves_of_partners(campaign: Campaign) -> list[PeerShelf]:
    """What the public page shows: released works that are not withdrawn; nothing read during a silence."""
    status = freeze(campaign)
    items = PeerItem.objects.filter(kind=ItemKind.WORK, recalled=False)
    if status.frozen:
        items = items.filter(seen_at__lt=status.since) if status.since else items.none()
    # A slice of each partner's, in one question for all of them.
    shown = Prefetch("items", items[:SHOWN], to_attr="shown")
    peers = Peer.objects.filter(campaign=campaign).prefetch_related(shown)
    return [PeerShelf(peer, peer.shown) for peer in peers]


def withdrawn_items(campaign: Campaign) -> QuerySet[PeerItem]:
    """Works that came here, are public here, and were withdrawn by who made them: a person decides."""
    return (
        PeerItem.objects.filter(peer__campaign=campaign, recalled=True, work__isnull=False)
        .exclude(work__status=Status.RECALLED)
        .select_related("peer", "work")
    )
