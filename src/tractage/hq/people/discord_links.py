"""A member's Discord account on the community's server: joining from there, linking, doors to the site."""

import re
from collections.abc import Sequence

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.models import DiscordAccount, Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.people.selectors import member_named
from tractage.hq.people.services import join

ENTER, LINK = "tractage.people.discord.enter", "tractage.people.discord.link"
DOOR_SECONDS = 600
"""How long a door that the bot opened stays open."""


REFUSED = re.compile(r"[^\w .’'-]+")


def free_pseudonym(wanted: str) -> str:
    """`wanted` with what a pseudonym may not hold left out, and a number behind it when it is taken."""
    stem = REFUSED.sub("", wanted).strip(" .’'-_")[:28] or "Nouveau"
    if len(stem) < 2:
        stem = f"{stem} 1"
    names = (stem if number == 1 else f"{stem[:28]} {number}" for number in range(1, 10**4))
    return next(name for name in names if member_named(name) is None)


def member_of_account(uid: str) -> Member | None:
    """The active member for whom a Discord account speaks."""
    found = DiscordAccount.objects.select_related("member").filter(uid=uid, member__is_active=True).first()
    return found.member if found else None


def standings_by_account() -> dict[str, str]:
    """The standing of each member for whom a Discord account speaks, by the account's number."""
    found = DiscordAccount.objects.filter(member__is_active=True)
    return dict(found.values_list("uid", "member__standing"))


@transaction.atomic
def join_from_discord(campaign: Campaign, uid: str, pseudonym: str, crafts: Sequence[str] = ()) -> Member:
    """Make a newcomer who accepts the charter, for whom this Discord account speaks.

    Raises Refused when the account speaks for somebody already, ValidationError for a name that is taken.
    """
    _check_free(uid)
    member = join(campaign, pseudonym, None, crafts)
    link_discord(member, member, uid)
    return member


@transaction.atomic
def link_discord(actor: Member, member: Member, uid: str) -> DiscordAccount:
    """Let a Discord account speak for a member, instead of the one that did."""
    require(actor, "people.keep_own_account", member)
    known = DiscordAccount.objects.filter(member=member).first()
    if known and known.uid == uid:
        return known
    _check_free(uid)
    account, _created = DiscordAccount.objects.update_or_create(member=member, defaults={"uid": uid})
    write_audit_line(actor, "member.discord.link", member)
    return account


@transaction.atomic
def unlink_discord(actor: Member, member: Member) -> None:
    """Let no Discord account speak for a member any more."""
    require(actor, "people.keep_own_account", member)
    if DiscordAccount.objects.filter(member=member).delete()[0]:
        write_audit_line(actor, "member.discord.unlink", member)


def door_to_enter(member: Member, uid: str) -> str:
    """A sign with which a member comes into the site from Discord: once, within ten minutes."""
    return signing.dumps(f"{uid} {_last(member)}", salt=ENTER)


def door_to_link(uid: str) -> str:
    """A sign with which somebody who is logged in says that this Discord account is theirs."""
    return signing.dumps(uid, salt=LINK)


def member_at_door(token: str) -> Member:
    """The member who may come in with this sign. Raises Refused: too old, used, or not ours."""
    uid, _space, last = _read(token, ENTER).partition(" ")
    member = member_of_account(uid)
    if member is None or _last(member) != last:
        raise Refused(_("This door was used already. Ask the bot for another one: /bureau."))
    return member


def account_at_door(token: str) -> str:
    """The number of the Discord account to link. Raises Refused when the sign is too old or not ours."""
    return _read(token, LINK)


def _read(token: str, salt: str) -> str:
    try:
        found: str = signing.loads(token, salt=salt, max_age=DOOR_SECONDS)
    except signing.BadSignature:
        raise Refused(_("This door has closed: it stays open for ten minutes. Ask the bot again.")) from None
    return found


def _last(member: Member) -> str:
    return member.last_login.isoformat() if member.last_login else ""


def _check_free(uid: str) -> None:
    if DiscordAccount.objects.filter(uid=uid).exists():
        raise Refused(_("This Discord account already speaks for a member."))
