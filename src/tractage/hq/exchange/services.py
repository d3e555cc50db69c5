"""Writes about exchange: an export is checked and noted, then a person takes what they choose of it."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.adapters.exchange import Document, PublicKey, SharedBrief, SharedWork
from tractage.adapters.exchange.keys import parse_key
from tractage.domain.errors import InputError
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.exchange.exporting import own_key
from tractage.hq.exchange.models import ItemKind, Peer, PeerItem
from tractage.hq.exchange.taking import Taken, take_brief, take_work
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require

PERMISSION = "exchange.receive"
AHEAD = timedelta(hours=24)
"""How far a partner's clock may run ahead of ours before its export is refused."""


@transaction.atomic
def receive(actor: Member | None, campaign: Campaign, document: Document, trust: str = "") -> Peer:
    """Note what an export tells. Raises Refused: its key is not trusted, it is older than one already read.

    trust: a key that the person vouches for, the first time; later its exports are known by their signature.
    """
    require(actor, PERMISSION, campaign)
    peer = _trusted(actor, campaign, document, trust.strip())
    if peer.digest != document.digest:
        _refuse_replay(peer, document)
        peer.name, peer.slug, peer.site = document.name, document.slug, document.site
        peer.exported_at, peer.digest, peer.read_at = document.exported_at, document.digest, now()
        peer.save()
        _note(peer, document)
        touch_campaign(campaign)
        write_audit_line(
            actor, "exchange.receive", peer, works=len(document.works), briefs=len(document.briefs)
        )
    return peer


def take(
    actor: Member | None, peer: Peer, document: Document, chosen: Collection[str] | None = None
) -> list[Taken]:
    """Bring in the chosen items (all when None), each whole or not at all; a known one is left as it is.

    Briefs arrive as drafts. Works arrive unreleased and are read by two here; parents before their versions.
    """
    require(actor, PERMISSION, peer)
    if peer.digest != document.digest:
        raise Refused(_("This is not the latest export of this community that was read here."))
    taken = [take_brief(actor, peer, one) for one in document.briefs if _wanted(one, chosen)]
    return taken + [take_work(actor, peer, one) for one in in_order(document.works) if _wanted(one, chosen)]


@transaction.atomic
def distrust(actor: Member | None, peer: Peer) -> None:
    """No longer trust a community: its exports are refused, its titles leave our page; what came stays."""
    require(actor, PERMISSION, peer)
    campaign = peer.campaign
    write_audit_line(actor, "exchange.distrust", peer, name=peer.name, key=peer.key)
    peer.delete()
    touch_campaign(campaign)


def in_order(works: Collection[SharedWork]) -> Iterator[SharedWork]:
    """Parents before their versions; a circle is cut where it closes."""
    by_key = {one.key: one for one in works}
    done: set[str] = set()
    for one in works:
        line = []
        step: SharedWork | None = one
        while step and step.key not in done and step not in line:
            line.append(step)
            step = by_key.get(step.parent)
        for found in reversed(line):
            done.add(found.key)
            yield found


def _wanted(one: SharedBrief | SharedWork, chosen: Collection[str] | None) -> bool:
    return chosen is None or one.key in chosen


def _trusted(actor: Member | None, campaign: Campaign, document: Document, trust: str) -> Peer:
    if document.key == own_key():
        raise Refused(_("This export is our own."))
    if trust:
        _check_key(trust)
        if trust != document.key:
            words = _("The export is signed with %(found)s, not with the key that you trust.")
            raise Refused(words % {"found": _short(document.key)})
    known = Peer.objects.select_for_update(of=("self",)).filter(campaign=campaign, key=document.key).first()
    if known:
        return known
    if not trust:
        words = _("Nobody here trusts the key %(key)s: give the key that %(name)s handed you by another way.")
        raise Refused(words % {"key": _short(document.key), "name": document.name})
    peer = Peer.objects.create(
        campaign=campaign,
        key=document.key,
        name=document.name,
        slug=document.slug,
        site=document.site,
        trusted_at=now(),
    )
    write_audit_line(actor, "exchange.trust", peer, key=document.key)
    return peer


def _check_key(text: str) -> None:
    try:
        parse_key(text)
    except InputError as error:
        raise Refused(str(error)) from None


def _short(key: PublicKey) -> str:
    return f"{key[:20]}…"


def _refuse_replay(peer: Peer, document: Document) -> None:
    if document.exported_at > now() + AHEAD:
        words = _("This export says that it is of %(moment)s, which is still to come.")
        raise Refused(words % {"moment": f"{document.exported_at:%Y-%m-%d %H:%M}"})
    if peer.exported_at and document.exported_at <= peer.exported_at:
        words = _("This export (%(found)s) is not newer than the one already read (%(known)s).")
        found, known = (f"{one:%Y-%m-%d %H:%M:%S}" for one in (document.exported_at, peer.exported_at))
        raise Refused(words % {"found": found, "known": known})


def _note(peer: Peer, document: Document) -> None:
    moment = now()
    known = {(str(one.kind), one.key): one for one in peer.items.all()}
    fresh = [_item(peer, known, ItemKind.BRIEF, one.key, one.title, moment) for one in document.briefs]
    for work in document.works:
        item = _item(peer, known, ItemKind.WORK, work.key, work.title, moment)
        item.credit, item.url, item.released_at = work.credit, work.url, work.released_at
        fresh.append(item)
    withdrawn = {one.key: one.reason for one in document.recalled}
    for (kind, key), item in known.items():
        if kind == ItemKind.WORK and key in withdrawn:
            item.recalled, item.reason = True, withdrawn[key]
            fresh.append(item)
    PeerItem.objects.bulk_create(
        [one for one in fresh if one.pk is None], ignore_conflicts=True, batch_size=500
    )
    names = ["title", "recalled", "reason", "credit", "url", "released_at"]
    PeerItem.objects.bulk_update([one for one in fresh if one.pk], names, batch_size=500)


def _item(
    peer: Peer,
    known: dict[tuple[str, str], PeerItem],
    kind: ItemKind,
    key: str,
    title: str,
    seen_at: datetime,
) -> PeerItem:
    item = known.get((kind.value, key)) or PeerItem(peer=peer, kind=kind, key=key, seen_at=seen_at)
    item.title, item.recalled, item.reason = title, False, ""
    return item
