"""Bring in one item of an export: a brief as a draft, a work for the reviewers, credit and origin kept."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tractage.adapters.exchange import SharedBrief, SharedFile, SharedWork
from tractage.adapters.media import Family, MediaError
from tractage.adapters.media.kinds import KINDS
from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.hq.exchange.exporting import RECEIVED
from tractage.hq.exchange.models import ItemKind, Peer, PeerItem
from tractage.hq.library.legal import MONTAGE_LABEL, POLL_LABEL, RESULT_LABEL
from tractage.hq.library.models import AiDeclaration, Kind, Work
from tractage.hq.library.submission import FAMILIES, CleanFile, WorkContent, read_upload, receive_work
from tractage.hq.missions.models import Brief
from tractage.hq.missions.services import BriefContent, Fact, Target, write_brief
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused

LABELS = frozenset({MONTAGE_LABEL, POLL_LABEL, RESULT_LABEL})
LANGUAGES = frozenset({"fr", "en"})


class Outcome(StrEnum):
    """What became of an item."""

    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True)
class Taken:
    """One item and what became of it; `reason`: why it was refused, in words."""

    kind: str
    key: str
    title: str
    outcome: Outcome
    reason: str = ""


def origin_of(peer: Peer, key: str) -> str:
    """The key here of what comes from a partner: it comes once."""
    return f"{RECEIVED}{peer.key.removeprefix('ed25519:')[:16]}:{key}"


def take_brief(actor: Member | None, peer: Peer, shared: SharedBrief) -> Taken:
    """A draft, that a coordinator opens once they have read it."""
    origin = origin_of(peer, shared.key)

    def told(outcome: Outcome, reason: str = "") -> Taken:
        return Taken(ItemKind.BRIEF, shared.key, shared.title, outcome, reason)

    if Brief.objects.filter(campaign=peer.campaign, origin=origin).exists():
        return told(Outcome.KNOWN)
    content = BriefContent(
        title=shared.title,
        goal=shared.goal,
        craft=shared.craft,
        minutes=shared.minutes,
        versions=shared.versions,
        formats=shared.formats,
        do=shared.do,
        dont=shared.dont,
        rights_hints=shared.rights_hints,
        targets=[Target(code, candidate) for code, candidate in shared.targets],
        facts=[Fact(text, source, url) for text, source, url in shared.facts],
    )
    try:
        with transaction.atomic():
            brief = write_brief(actor, peer.campaign, content, origin=origin, draft=True)
            _items(peer, ItemKind.BRIEF, shared.key).update(brief=brief)
    except Refused as refusal:
        return told(Outcome.REFUSED, str(refusal))
    return told(Outcome.TAKEN)


def take_work(actor: Member | None, peer: Peer, shared: SharedWork) -> Taken:
    """A work for the reviewers, under its own credit and licence, its origin among its sources."""
    origin = origin_of(peer, shared.key)

    def told(outcome: Outcome, reason: str = "") -> Taken:
        return Taken(ItemKind.WORK, shared.key, shared.title, outcome, reason)

    if Work.objects.filter(campaign=peer.campaign, origin=origin).exists():
        return told(Outcome.KNOWN)
    try:
        content = _content(peer, shared)
        families = FAMILIES[Kind(shared.kind)]
        file = _clean(shared.file, families) if families else None
        captions = _clean(shared.captions, frozenset({Family.CAPTIONS}))
        with transaction.atomic():
            work = receive_work(peer.campaign, content, file, captions, origin=origin, receiver=actor)
            _items(peer, ItemKind.WORK, shared.key).update(work=work)
    except MediaError as refusal:
        return told(Outcome.REFUSED, refusal.in_words(_))
    except (Refused, InputError) as refusal:
        return told(Outcome.REFUSED, str(refusal))
    return told(Outcome.TAKEN)


def _content(peer: Peer, shared: SharedWork) -> WorkContent:
    if shared.kind not in Kind.values or shared.ai not in AiDeclaration.values:
        raise Refused(_("This kind of work, or what it says of AI, is not known here."))
    if Kind(shared.kind) not in FAMILIES:
        raise Refused(_("This kind of work does not come in by this door."))
    where = {"title": _("Work of %(name)s") % {"name": peer.name}, "url": shared.url}
    return WorkContent(
        kind=shared.kind,
        title=shared.title,
        alt_text=shared.alt_text,
        credit=shared.credit,
        summary=shared.summary,
        body=shared.body,
        link=shared.link,
        licence=shared.licence,
        rights=shared.rights,
        sources=[where, *shared.sources],
        labels=[one for one in shared.labels if one in LABELS],
        languages=[one for one in shared.languages if one in LANGUAGES] or ["fr"],
        seats=[str(seat(code).code) for code in shared.seats],
        ai=shared.ai,
        brief=_brief_of(peer, shared.brief),
        parent=_parent_of(peer, shared.parent),
    )


def _clean(shared: SharedFile | None, families: frozenset[Family]) -> CleanFile | None:
    """The file, read in the sandbox like any other from outside."""
    if shared is None:
        return None
    if shared.content is None:
        raise Refused(_("Its file is not in this export: ask for the one with files."))
    kind = next((one for one in KINDS.values() if one.mime == shared.media_type), None)
    return read_upload(shared.content, f"oeuvre{kind.suffixes[0] if kind else ''}", families)


def _brief_of(peer: Peer, key: str) -> Brief | None:
    return Brief.objects.filter(campaign=peer.campaign, origin=origin_of(peer, key)).first() if key else None


def _parent_of(peer: Peer, key: str) -> Work | None:
    return Work.objects.filter(campaign=peer.campaign, origin=origin_of(peer, key)).first() if key else None


def _items(peer: Peer, kind: ItemKind, key: str) -> QuerySet[PeerItem]:
    return PeerItem.objects.filter(peer=peer, kind=kind, key=key)
