"""Writes about works: permission, transaction, audit line, then a task on commit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tractage.domain.law.pack import rule
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import AiPolicy, Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import AiDeclaration, Edition, Kind, Press, SeatTarget, Status, Work
from tractage.hq.library.refusals import Frozen, ReleaseRefused
from tractage.hq.people.models import Member
from tractage.hq.people.rules import require

FILELESS = frozenset({Kind.TEXT, Kind.GAME})
"""Kinds that go out without a file: a text is copied from its page, a game is opened by its link."""


@dataclass(frozen=True)
class WorkFacts:
    """What is said about a work that comes from outside; `origin` is its key there, so that it comes once."""

    origin: str
    kind: str
    title: str
    alt_text: str
    credit: str
    summary: str = ""
    body: str = ""
    link: str = ""
    licence: str = "CC BY-SA 4.0"
    sources: Sequence[dict[str, str]] = ()
    rights: Sequence[dict[str, str]] = ()
    seats: Sequence[str] = ()
    labels: Sequence[str] = ()
    languages: Sequence[str] = ("fr",)
    ai: str = AiDeclaration.NONE


@dataclass(frozen=True)
class EditionFile:
    """One file of a work, ready to be kept."""

    format: str
    content: bytes = field(repr=False)
    extension: str
    media_type: str
    width: int | None = None
    height: int | None = None
    preview: bool = False


@transaction.atomic
def import_work(
    actor: Member | None, campaign: Campaign, facts: WorkFacts, files: Sequence[EditionFile]
) -> Work:
    """Keep a finished work with its editions, accepted but not released; a known origin is updated."""
    require(actor, "library.import_work", campaign)
    work = Work.objects.filter(campaign=campaign, origin=facts.origin).first()
    created = work is None
    work = work or Work(
        campaign=campaign, origin=facts.origin, slug=free_slug(campaign, facts.title), status=Status.ACCEPTED
    )
    for name in ("kind", "title", "alt_text", "credit", "summary", "body", "link", "licence", "ai"):
        setattr(work, name, getattr(facts, name))
    for name in ("sources", "rights", "labels", "languages"):
        setattr(work, name, list(getattr(facts, name)))
    work.author = actor
    work.save()
    work.targets.all().delete()
    SeatTarget.objects.bulk_create(SeatTarget(work=work, seat=seat) for seat in facts.seats)
    for file in files:
        keep_edition(work, file)
    if work.status == Status.RELEASED:
        touch_campaign(campaign)
    write_audit_line(actor, "work.import" if created else "work.update", work, origin=facts.origin)
    return work


def keep_edition(work: Work, file: EditionFile) -> Edition:
    """Store a file and its row, inside the caller's transaction; the same format is replaced."""
    values: dict[str, Any] = {
        "preview": file.preview,
        "media_type": file.media_type,
        "width": file.width,
        "height": file.height,
        "bytes": len(file.content),
        "sha256": hashlib.sha256(file.content).hexdigest(),
    }
    edition = Edition.objects.filter(work=work, format=file.format).first()
    if edition and edition.sha256 == values["sha256"]:
        return edition
    edition = edition or Edition(work=work, format=file.format)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.file.save(f"{Path(file.format).name}.{file.extension}", ContentFile(file.content), save=False)
    edition.save()
    return edition


@transaction.atomic
def release_work(actor: Member | None, work: Work, at: datetime | None = None) -> Work:
    """Make an accepted work public. Raises ReleaseRefused with every reason, or Frozen by the law."""
    work = Work.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=work.pk)
    require(actor, "library.release_work", work)
    if work.status == Status.RELEASED:
        return work
    moment = at or now()
    if reasons := release_obstacles(work):
        raise ReleaseRefused(reasons)
    status = release_status(work, moment)
    if status.frozen:
        article = rule(status.rules[0]).article
        raise Frozen(status, _("Not during the electoral silence (%(article)s).") % {"article": article})
    work.status, work.released_at, work.release_after = Status.RELEASED, moment, None
    work.save(update_fields=["status", "released_at", "release_after"])
    touch_campaign(work.campaign)
    write_audit_line(actor, "work.release", work)
    return work


@transaction.atomic
def schedule_release(actor: Member | None, work: Work) -> Work:
    """Let an accepted work that the law holds come out by itself when the silence ends.

    Raises ReleaseRefused when something else is in the way, when nothing holds it, or when no end is known.
    """
    work = Work.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=work.pk)
    require(actor, "library.release_work", work)
    if reasons := release_obstacles(work):
        raise ReleaseRefused(reasons)
    status = release_status(work)
    if not status.frozen:
        raise ReleaseRefused([_("Nothing holds this work: it can be released now.")])
    if status.until is None:
        raise ReleaseRefused([_("The law pack knows no end to this silence: release it by hand later.")])
    work.release_after = status.until
    work.save(update_fields=["release_after"])
    write_audit_line(actor, "work.schedule", work, after=status.until.isoformat())
    return work


@transaction.atomic
def unschedule_release(actor: Member | None, work: Work) -> Work:
    """Undo: the work stays accepted and waits for a person."""
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    require(actor, "library.release_work", work)
    if work.release_after is not None:
        work.release_after = None
        work.save(update_fields=["release_after"])
        write_audit_line(actor, "work.unschedule", work)
    return work


@transaction.atomic
def restart_press(actor: Member | None, work: Work) -> Work:
    """Take up the making of a work's files where it stopped."""
    from tractage.hq.library import tasks

    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    require(actor, "library.release_work", work)
    if work.press == Press.FAILED:
        work.press = Press.WAITING
        work.save(update_fields=["press"])
        write_audit_line(actor, "work.press", work)
        again = tasks.make_editions if work.status == Status.ACCEPTED else tasks.make_previews
        transaction.on_commit(lambda: again.enqueue(work.pk))
    return work


def release_obstacles(work: Work) -> list[str]:
    """What keeps a work from being released, whatever the hour; empty when nothing does."""
    reasons = []
    if work.status != Status.ACCEPTED:
        reasons.append(_("Only an accepted work can be released."))
    if work.kind != Kind.TEXT and not work.alt_text.strip():
        reasons.append(_("It lacks an alternative text for people who do not see it."))
    if lack := content_obstacle(work):
        reasons.append(lack)
    elif work.kind not in FILELESS and not work.editions.filter(preview=False).exists():
        reasons.append(_("It has no file to pass on."))
    if work.press not in ("", Press.DONE):
        reasons.append(_("Its files are still on the press."))
    if work.campaign.ai_policy == AiPolicy.NONE and work.ai != AiDeclaration.NONE:
        reasons.append(_("This campaign does not take works made with generative AI."))
    return reasons


def content_obstacle(work: Work) -> str:
    """What a work without a file lacks: the words of a text, the address of a game; else nothing."""
    if work.kind == Kind.TEXT and not work.body.strip():
        return _("It has no words yet: write the text itself.")
    if work.kind == Kind.GAME and not work.link.startswith("https://"):
        return _("A game needs the address where it is played, in https.")
    return ""


@transaction.atomic
def recall_work(actor: Member | None, work: Work, reason: str) -> Work:
    """Withdraw a released work: its files are no longer served, its page says why. Always possible."""
    work = Work.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=work.pk)
    require(actor, "library.recall_work", work)
    if work.status != Status.RELEASED:
        raise ReleaseRefused([_("Only a released work can be recalled.")])
    if not reason.strip():
        raise ReleaseRefused([_("A recall needs a reason, which everyone can read.")])
    work.status, work.recalled_at, work.recall_reason = Status.RECALLED, now(), reason.strip()
    work.save(update_fields=["status", "recalled_at", "recall_reason"])
    touch_campaign(work.campaign)
    write_audit_line(actor, "work.recall", work, reason=work.recall_reason)
    return work


def free_slug(campaign: Campaign, title: str) -> str:
    """An address made from the title that no other work of the campaign has."""
    stem = slugify(title.replace("œ", "oe").replace("Œ", "Oe").replace("’", "-"))[:70].strip("-") or "oeuvre"
    taken = set(Work.objects.filter(campaign=campaign, slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for number in range(2, 10**6) if (slug := f"{stem}-{number}") not in taken)
