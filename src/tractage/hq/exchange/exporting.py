"""What this community gives: its open missions and its released works, signed."""

import base64
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from tractage.adapters.exchange import SCHEMA, PublicKey, load_key, public_key, signed
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.library.models import Edition, Status, Work
from tractage.hq.library.submission import CAPTIONS, ORIGINAL
from tractage.hq.missions.models import Brief
from tractage.hq.missions.selectors import open_briefs, with_pieces

RECEIVED = "exchange:"
"""How the origin of what came from a partner begins: it is not given on, each community gives its own."""
RIGHT = ("what", "ground", "owner", "licence", "basis", "tests", "proof")
SOURCE = ("title", "url")


def own_key() -> PublicKey:
    """The key that partners need to trust this instance."""
    return public_key(_key())


def export_document(campaign: Campaign, *, with_files: bool = False) -> dict[str, Any]:
    """The signed export. Without files it names them; during a silence it holds no mission newer than it."""
    moment = now()
    document = {
        "schema": SCHEMA,
        "campaign": {"name": campaign.name, "slug": campaign.slug, "site": settings.TRACTAGE.site_url},
        "exported_at": moment.isoformat(),
        "briefs": [_brief(one) for one in _briefs(campaign, moment)],
        "works": [_work(one, with_files) for one in _works(campaign)],
        "recalled": [
            {"key": f"work-{pk}", "reason": reason}
            for pk, reason in Work.objects.filter(campaign=campaign, status=Status.RECALLED)
            .exclude(origin__startswith=RECEIVED)
            .order_by("pk")
            .values_list("pk", "recall_reason")
        ],
    }
    return signed(document, _key())


def _key() -> Any:
    return load_key(Path(settings.TRACTAGE.data_dir) / "keys")


def _briefs(campaign: Campaign, moment: datetime) -> Any:
    found = open_briefs(campaign, moment).filter(first=False).exclude(origin__startswith=RECEIVED)
    status = freeze(campaign, at=moment)
    if status.frozen:
        found = found.filter(created_at__lt=status.since) if status.since else found.none()
    return with_pieces(found).order_by("pk")


def _brief(brief: Brief) -> dict[str, Any]:
    return {
        "key": f"brief-{brief.pk}",
        "title": brief.title,
        "goal": brief.goal,
        "craft": brief.craft,
        "minutes": brief.minutes,
        "versions": brief.versions,
        "formats": list(brief.formats),
        "do": list(brief.do),
        "dont": list(brief.dont),
        "rights_hints": brief.rights_hints,
        "targets": [{"seat": one.seat, "candidate": one.candidate} for one in brief.targets.all()],
        "facts": [{"text": one.text, "source": one.source, "url": one.url} for one in brief.facts.all()],
    }


def _works(campaign: Campaign) -> Any:
    released = Work.objects.filter(campaign=campaign, status=Status.RELEASED)
    return (
        released.exclude(origin__startswith=RECEIVED).prefetch_related("editions", "targets").order_by("pk")
    )


def _work(work: Work, with_files: bool) -> dict[str, Any]:
    assert work.released_at is not None  # asked for
    editions = {one.format: one for one in work.editions.all() if not one.preview}
    captions = editions.pop(CAPTIONS, None)
    return {
        "key": f"work-{work.pk}",
        "kind": work.kind,
        "title": work.title,
        "summary": work.summary,
        "body": work.body,
        "link": work.link,
        "alt_text": work.alt_text,
        "credit": work.credit,
        "licence": work.licence,
        "ai": work.ai,
        "url": f"{settings.TRACTAGE.site_url}{work.get_absolute_url()}",
        "released_at": work.released_at.isoformat(),
        "seats": [one.seat for one in work.targets.all()],
        "labels": list(work.labels),
        "languages": list(work.languages),
        "sources": [_texts(row, SOURCE) for row in work.sources],
        "rights": [_texts(row, RIGHT) for row in work.rights],
        "parent": f"work-{work.parent_id}" if work.parent_id else "",
        "brief": f"brief-{work.brief_id}" if work.brief_id else "",
        "file": _file(_best(editions), with_files),
        "captions": _file(captions, with_files),
    }


def _texts(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(row[name]) for name in names if row.get(name)}


def _best(editions: dict[str, Edition]) -> Edition | None:
    """The file that the others were made from; a work that came ready has its portrait one."""
    for name in (ORIGINAL, "portrait"):
        if name in editions:
            return editions[name]
    return next(iter(editions.values()), None)


def _file(edition: Edition | None, with_files: bool) -> dict[str, Any] | None:
    if edition is None:
        return None
    told: dict[str, Any] = {
        "media_type": edition.media_type,
        "sha256": edition.sha256,
        "bytes": edition.bytes,
        "url": f"{settings.TRACTAGE.site_url}{edition.get_absolute_url()}",
    }
    if with_files:
        with edition.file.open("rb") as stream:
            told["content"] = base64.b64encode(stream.read()).decode("ascii")
    return told
