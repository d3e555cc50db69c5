"""Writes about sightings: log, confirm, take back, merge; each is undone by another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tractage.domain.reach.links import PLATFORMS
from tractage.domain.reach.views import ViewsError, parse_views
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.library.models import Status, Work
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.sightings.addresses import post_of, post_without_link, read_link, root_of
from tractage.hq.sightings.kinds import How, SeenState, Source
from tractage.hq.sightings.models import AuditTask, Post, Reading, Sighting
from tractage.hq.sightings.refusals import FieldRefused, views_refusal

COUNTED = (SeenState.PENDING, SeenState.CONFIRMED)
PLATFORM_NAMES = (*PLATFORMS, "web")


@dataclass(frozen=True)
class Seen:
    """What somebody says they saw. `matches`: what the prints said of the screenshot, as plain values."""

    how: str = How.PASSING
    link: str = ""
    platform: str = ""
    work: Work | None = None
    views: str = ""
    source: str = Source.SCREEN
    query: str = ""
    published: date | None = None
    matches: Sequence[dict[str, Any]] = ()
    proof: bytes | None = field(default=None, repr=False)
    proof_suffix: str = ".png"
    task: AuditTask | None = None


@transaction.atomic
def log_sighting(actor: Member | None, campaign: Campaign, seen: Seen) -> Sighting:
    """Note that a post carries one of our works; `actor` None is a visitor, whose word a member confirms.

    The same person, post and list come once: a second tap changes what the first said.
    Raises FieldRefused in words for a link or a number that cannot count.
    """
    if actor is not None:
        require(actor, "sightings.log")
    _check(actor, campaign, seen)
    post = _post(campaign, seen)
    if seen.published and (post.published is None or seen.published < post.published):
        post.published = seen.published
        post.save(update_fields=["published"])
    sighting = _again(actor, post, seen) or Sighting(post=post, how=seen.how, member=actor, at=now())
    sighting.visitor = actor is None
    sighting.work = seen.work or sighting.work
    sighting.matches = list(seen.matches) or sighting.matches
    sighting.query = seen.query.strip()[:120]
    sighting.task = seen.task or sighting.task
    if actor is not None and sighting.work is not None:
        sighting.state, sighting.confirmed_by = SeenState.CONFIRMED, actor
    if seen.proof is not None:
        sighting.proof.save(f"capture{seen.proof_suffix}", ContentFile(seen.proof), save=False)
    sighting.save()
    if seen.views.strip():
        _keep_reading(actor, post, seen.views, seen.source, sighting)
    write_audit_line(actor, "sighting.log", sighting, list=seen.how, platform=post.platform)
    return sighting


@transaction.atomic
def confirm_sighting(actor: Member, sighting: Sighting, work: Work) -> Sighting:
    """Say which work a post carries: from now on the sighting counts."""
    sighting = _locked(sighting)
    require(actor, "sightings.confirm")
    _check_work(sighting.post.campaign, work)
    sighting.work, sighting.state, sighting.confirmed_by = work, SeenState.CONFIRMED, actor
    sighting.save(update_fields=["work", "state", "confirmed_by"])
    write_audit_line(actor, "sighting.confirm", sighting, work=work.pk)
    return sighting


@transaction.atomic
def name_work(actor: Member | None, sighting: Sighting, work: Work) -> Sighting:
    """Who saw it says which work it is; a visitor's answer still waits for a member."""
    sighting = _locked(sighting)
    if actor is None:
        if not sighting.visitor or sighting.state != SeenState.PENDING:
            raise Refused(_("A member has looked at it since: nothing was changed."))
    else:
        require(actor, "sightings.undo", sighting)
    _check_work(sighting.post.campaign, work)
    sighting.work = work
    if actor is not None:
        sighting.state, sighting.confirmed_by = SeenState.CONFIRMED, actor
    sighting.save(update_fields=["work", "state", "confirmed_by"])
    write_audit_line(actor, "sighting.name", sighting, work=work.pk)
    return sighting


@transaction.atomic
def dismiss_sighting(actor: Member, sighting: Sighting) -> Sighting:
    """Say that the post carries none of our works; `reopen_sighting` undoes it."""
    sighting = _locked(sighting)
    require(actor, "sightings.confirm")
    return _set_state(actor, sighting, SeenState.NOT_OURS, "sighting.dismiss")


@transaction.atomic
def withdraw_sighting(actor: Member | None, sighting: Sighting) -> Sighting:
    """Take a sighting back; the row stays, so that this can be undone. A visitor holds it by its address."""
    sighting = _locked(sighting)
    if actor is not None:
        require(actor, "sightings.undo", sighting)
    elif not sighting.visitor or sighting.state != SeenState.PENDING:
        raise Refused(_("A member has looked at it since: nothing was changed."))
    return _set_state(actor, sighting, SeenState.WITHDRAWN, "sighting.withdraw")


@transaction.atomic
def reopen_sighting(actor: Member | None, sighting: Sighting) -> Sighting:
    """Undo: what was taken back or dismissed counts again, or waits for confirmation as before."""
    sighting = _locked(sighting)
    if actor is not None:
        allowed_by = "sightings.confirm" if sighting.state == SeenState.NOT_OURS else "sightings.undo"
        require(actor, allowed_by, sighting)
    elif not sighting.visitor or sighting.state != SeenState.WITHDRAWN:
        raise Refused(_("A member has looked at it since: nothing was changed."))
    known = sighting.confirmed_by_id is not None and sighting.work_id is not None
    state = SeenState.CONFIRMED if known else SeenState.PENDING
    return _set_state(actor, sighting, state, "sighting.reopen")


@transaction.atomic
def add_reading(actor: Member, post: Post, views: str, source: str = Source.SCREEN) -> Reading:
    """Note the views of a post as read today."""
    require(actor, "sightings.read_views")
    reading = _keep_reading(actor, post, views, source, None)
    write_audit_line(actor, "post.read_views", post, source=source)
    return reading


@transaction.atomic
def merge_posts(actor: Member, duplicate: Post, link: str) -> Post:
    """Say that `duplicate` and the post behind `link` are one. Nothing moves, so it can be undone."""
    require(actor, "sightings.merge")
    duplicate = Post.objects.select_for_update(of=("self",)).get(pk=duplicate.pk)
    kept = root_of(post_of(duplicate.campaign, read_link(link)))
    if duplicate.addressed and kept.platform != duplicate.platform:
        raise FieldRefused("link", _("Two posts on two platforms are two posts: each counts on its own."))
    if root_of(duplicate).pk == kept.pk:
        raise FieldRefused("link", _("They are one post already."))
    duplicate.merged_into = kept
    duplicate.save(update_fields=["merged_into"])
    write_audit_line(actor, "post.merge", duplicate, into=kept.pk)
    return kept


@transaction.atomic
def unmerge_post(actor: Member, duplicate: Post) -> Post:
    """Undo a merge: each post has its own sightings and readings again."""
    require(actor, "sightings.merge")
    duplicate = Post.objects.select_for_update(of=("self",)).get(pk=duplicate.pk)
    if duplicate.merged_into_id is not None:
        write_audit_line(actor, "post.unmerge", duplicate, out_of=duplicate.merged_into_id)
        duplicate.merged_into = None
        duplicate.save(update_fields=["merged_into"])
    return duplicate


def _check(actor: Member | None, campaign: Campaign, seen: Seen) -> None:
    if seen.how not in How.values or seen.source not in Source.values:
        raise Refused(_("Choose among the answers of the page."))
    if actor is None and (seen.how not in (How.PASSING, How.SEARCH) or seen.source != Source.SCREEN):
        raise Refused(_("Log in to say that you posted it yourself."))
    if seen.how == How.AUDIT and seen.task is None:
        raise Refused(_("A search drawn by lot is logged from its own page."))
    if seen.task is not None and actor is not None:
        require(actor, "sightings.hold_audit", seen.task)
    if seen.how == How.SEARCH and not seen.query.strip():
        raise FieldRefused("query", _("Say which word or hashtag you searched."))
    if "@" in seen.query:
        raise FieldRefused("query", _("A word or a hashtag, never the name of an account: none is kept."))
    if seen.work is not None:
        _check_work(campaign, seen.work)
    if not seen.link.strip() and seen.platform not in PLATFORM_NAMES:
        raise FieldRefused("platform", _("Without a link, say on which platform you saw it."))


def _check_work(campaign: Campaign, work: Work) -> None:
    if work.campaign_id != campaign.pk or work.status not in (Status.RELEASED, Status.RECALLED):
        raise FieldRefused("work", _("Choose one of the works of the wall."))


def _post(campaign: Campaign, seen: Seen) -> Post:
    if seen.link.strip():
        return post_of(campaign, read_link(seen.link))
    return post_without_link(campaign, seen.platform)


def _again(actor: Member | None, post: Post, seen: Seen) -> Sighting | None:
    if actor is None:
        return None
    mine = Sighting.objects.filter(post=post, member=actor, how=seen.how, state__in=COUNTED, task=seen.task)
    return mine.select_for_update(of=("self",)).first()


def _keep_reading(
    actor: Member | None, post: Post, text: str, source: str, sighting: Sighting | None
) -> Reading:
    if source not in Source.values:
        raise Refused(_("Choose among the answers of the page."))
    try:
        views = parse_views(text)
    except ViewsError as error:
        raise views_refusal(error) from None
    return Reading.objects.create(
        post=post,
        views=views.number,
        rounding=views.rounding,
        day=localtime(now()).date(),
        source=source,
        member=actor,
        sighting=sighting,
    )


def _locked(sighting: Sighting) -> Sighting:
    rows = Sighting.objects.select_for_update(of=("self",)).select_related("post__campaign", "work")
    return rows.get(pk=sighting.pk)


def _set_state(actor: Member | None, sighting: Sighting, state: SeenState, verb: str) -> Sighting:
    if sighting.state != state:
        sighting.state = state
        sighting.save(update_fields=["state"])
        write_audit_line(actor, verb, sighting)
    return sighting
