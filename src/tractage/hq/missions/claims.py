"""Tear off a tab, give it back, pass it on, hand in a version."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.missions.models import Brief, BriefStatus, Claim, ClaimStatus
from tractage.hq.missions.selectors import held_by, tabs_of
from tractage.hq.people.models import Member, Standing
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require

MOST_HELD = 4
MOST_FIRST = 2
"""Tabs in one person's hands at a time, so that some are left for others; a newcomer starts with fewer."""


@transaction.atomic
def claim_brief(actor: Member, brief: Brief) -> Claim:
    """Tear off a tab for `actor`; asking again for the one they hold gives that one."""
    brief = Brief.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=brief.pk)
    require(actor, "missions.claim_brief", brief)
    moment = now()
    mine = Claim.objects.filter(brief=brief, member=actor, status=ClaimStatus.HELD).first()
    if mine and mine.until > moment:
        return mine
    if brief.status != BriefStatus.OPEN or (brief.deadline and brief.deadline <= moment):
        raise Refused(_("This mission is closed. The board has others."))
    if not tabs_of(brief, moment).left:
        raise Refused(
            _("Every tab is taken for now: one comes free when its time is up. The board has others.")
        )
    _check_hands(actor)
    if mine:
        _end(mine, ClaimStatus.EXPIRED)
    claim = Claim.objects.create(
        brief=brief, member=actor, taken_at=moment, until=moment + timedelta(hours=brief.hold_hours)
    )
    write_audit_line(actor, "claim.take", claim, brief=brief.pk)
    return claim


@transaction.atomic
def release_claim(actor: Member, claim: Claim) -> Claim:
    """Give a tab back; nobody asks why."""
    claim = _held(actor, claim, "missions.hold_claim")
    _end(claim, ClaimStatus.RELEASED)
    write_audit_line(actor, "claim.release", claim, brief=claim.brief_id)
    return claim


@transaction.atomic
def offer_claim(actor: Member, claim: Claim, to: Member) -> Claim:
    """Hold a tab out to someone, who may take it until its time is up."""
    claim = _held(actor, claim, "missions.hold_claim")
    if to.pk == actor.pk:
        raise Refused(_("You already hold it. Write someone else’s pseudonym."))
    if not allowed(to, "missions.claim_brief", claim.brief):
        raise Refused(_("This person cannot take this mission yet. It stays with you."))
    claim.offered_to = to
    claim.save(update_fields=["offered_to"])
    write_audit_line(actor, "claim.offer", claim, brief=claim.brief_id)
    return claim


@transaction.atomic
def withdraw_offer(actor: Member, claim: Claim) -> Claim:
    """Keep a tab after all."""
    claim = _held(actor, claim, "missions.hold_claim")
    claim.offered_to = None
    claim.save(update_fields=["offered_to"])
    write_audit_line(actor, "claim.keep", claim, brief=claim.brief_id)
    return claim


@transaction.atomic
def accept_offer(actor: Member, claim: Claim) -> Claim:
    """Take the tab that is held out, with a whole time of its own."""
    claim = _held(actor, claim, "missions.answer_offer")
    if Claim.objects.filter(brief=claim.brief, member=actor, status=ClaimStatus.HELD).exists():
        raise Refused(_("You already hold a tab of this mission."))
    _check_hands(actor)
    moment = now()
    claim.member, claim.offered_to = actor, None
    claim.taken_at, claim.until = moment, moment + timedelta(hours=claim.brief.hold_hours)
    claim.save(update_fields=["member", "offered_to", "taken_at", "until"])
    write_audit_line(actor, "claim.accept", claim, brief=claim.brief_id)
    return claim


@transaction.atomic
def decline_offer(actor: Member, claim: Claim) -> Claim:
    """Leave the tab with who holds it."""
    claim = _held(actor, claim, "missions.answer_offer")
    claim.offered_to = None
    claim.save(update_fields=["offered_to"])
    write_audit_line(actor, "claim.decline", claim, brief=claim.brief_id)
    return claim


@transaction.atomic
def hand_in(actor: Member, claim: Claim) -> Claim:
    """Say that the version is made: the tab counts as made from now on (called when a work is submitted)."""
    claim = _held(actor, claim, "missions.hold_claim")
    _end(claim, ClaimStatus.DONE)
    write_audit_line(actor, "claim.hand_in", claim, brief=claim.brief_id)
    return claim


@transaction.atomic
def expire_claims() -> int:
    """Mark the tabs whose time is up; they were free from that moment already. Can run again."""
    moment = now()
    return Claim.objects.filter(status=ClaimStatus.HELD, until__lte=moment).update(
        status=ClaimStatus.EXPIRED, ended_at=moment, offered_to=None
    )


def _held(actor: Member, claim: Claim, permission: str) -> Claim:
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    require(actor, permission, claim)
    if claim.status != ClaimStatus.HELD or claim.until <= now():
        raise Refused(
            _("The time of this tab is up, or it was given back. The mission may still have others.")
        )
    return claim


def _check_hands(actor: Member) -> None:
    most = MOST_FIRST if actor.standing == Standing.NEWCOMER else MOST_HELD
    if held_by(actor).count() >= most:
        words = _("You have %(number)s missions in hand: finish one or give one back, then take this one.")
        raise Refused(words % {"number": most})


def _end(claim: Claim, status: ClaimStatus) -> None:
    claim.status, claim.ended_at, claim.offered_to = status, now(), None
    claim.save(update_fields=["status", "ended_at", "offered_to"])
