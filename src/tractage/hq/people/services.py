"""Writes about members: each checks a permission, saves, leaves a line."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people import personal
from tractage.hq.people.models import Availability, Craft, Member, Standing
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require, standings_to_give


@transaction.atomic
def ensure_account(pseudonym: str, password: str, standing: Standing, *, operator: bool = False) -> Member:
    """Create an account, or give the existing one this password, standing and role (run by the operator)."""
    member = Member.objects.filter(pseudonym__iexact=pseudonym).first() or Member(pseudonym=pseudonym)
    member.standing = standing
    member.is_staff = member.is_superuser = operator
    member.is_active = True
    member.set_password(password)
    member.full_clean()
    member.save()
    write_audit_line(None, "member.account", member, standing=standing.value)
    return member


@transaction.atomic
def join(campaign: Campaign, pseudonym: str, password: str | None, crafts: Sequence[str] = ()) -> Member:
    """Make a newcomer who accepts the charter of today. Raises ValidationError for a name that is taken."""
    member = Member.objects.create_user(pseudonym, password, crafts=_known_crafts(crafts))
    write_audit_line(member, "member.join", member)
    return accept_charter(member, campaign)


@transaction.atomic
def accept_charter(actor: Member, campaign: Campaign) -> Member:
    """Write down which version of the charter this person accepts, and when."""
    require(actor, "people.keep_own_account", actor)
    actor.charter_version, actor.charter_accepted_at = campaign.charter_version, now()
    actor.save(update_fields=["charter_version", "charter_accepted_at"])
    write_audit_line(actor, "member.charter", actor, version=campaign.charter_version)
    return actor


@transaction.atomic
def change_profile(
    actor: Member, member: Member, *, crafts: Sequence[str], availability: str, shown: bool
) -> Member:
    """Change what a member says of themselves, and whether their page is open to everyone."""
    require(actor, "people.keep_own_account", member)
    if availability and availability not in Availability.values:
        raise ValidationError(_("Choose one of the availabilities of the list."))
    member.crafts, member.availability, member.shown = _known_crafts(crafts), availability, shown
    member.save(update_fields=["crafts", "availability", "shown"])
    write_audit_line(actor, "member.profile", member, shown=shown)
    return member


@transaction.atomic
def change_password(actor: Member, member: Member, password: str) -> None:
    """Give oneself another password."""
    require(actor, "people.keep_own_account", member)
    member.set_password(password)
    member.save(update_fields=["password"])
    write_audit_line(actor, "member.password", member)


@transaction.atomic
def change_standing(actor: Member, member: Member, standing: str, reason: str) -> Member:
    """Trust a member with more, or less; the reason stays in the log."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    require(actor, "people.change_standing", member)
    if standing not in [one.value for one in standings_to_give(actor, member)]:
        raise PermissionDenied(_("Your standing does not allow this."))
    if not reason.strip():
        raise Refused(_("The choice is kept. It still needs a reason, which stays in the log."))
    if member.standing == Standing.FOUNDER and standing != Standing.FOUNDER:
        _keep_a_founder(member)
    before, member.standing = member.standing, standing
    member.save(update_fields=["standing"])
    write_audit_line(actor, "member.standing", member, before=before, after=standing, reason=reason.strip())
    return member


@transaction.atomic
def welcome(member: Member, because: str) -> Member:
    """Make a newcomer a member, by what they did (a first work accepted); anyone else stays as they are."""
    if Member.objects.filter(pk=member.pk, standing=Standing.NEWCOMER).update(standing=Standing.MEMBER):
        member.standing = Standing.MEMBER
        write_audit_line(None, "member.welcome", member, because=because)
    return member


@transaction.atomic
def erase(actor: Member, member: Member, credit: str) -> None:
    """Remove an account and all that is personal; released works stay, under `credit` or « anonyme »."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    require(actor, "people.keep_own_account", member)
    if member.standing == Standing.FOUNDER:
        _keep_a_founder(member)
    words = " ".join(credit.split()) or personal.ANONYMOUS
    if len(words) > 60 or "@" in words:
        raise Refused(_("A credit is a name of 60 signs at most, without @."))
    for keeper in personal.keepers.values():
        keeper.let_go(member, words)
    write_audit_line(None, "member.erase", member)
    member.delete()


def _keep_a_founder(leaving: Member) -> None:
    others = Member.objects.filter(standing=Standing.FOUNDER, is_active=True).exclude(pk=leaving.pk)
    if not others.exists():
        raise Refused(_("You are the only founder: name another one first, then this will work."))


def _known_crafts(crafts: Sequence[str]) -> list[str]:
    unknown = set(crafts) - set(Craft.values)
    if unknown:
        raise ValidationError(_("Choose among the crafts of the list."))
    return [craft for craft in Craft.values if craft in set(crafts)]
