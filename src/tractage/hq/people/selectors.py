"""Reads about members."""

from django.db.models import QuerySet

from tractage.hq.campaigns.models import Campaign
from tractage.hq.people.models import Member


def member_named(pseudonym: str) -> Member | None:
    """The member with this pseudonym, whatever its capitals."""
    return Member.objects.filter(pseudonym__iexact=pseudonym).first()


def has_accepted(member: Member, campaign: Campaign) -> bool:
    """Whether a member accepted the charter in its version of today."""
    return bool(member.is_authenticated and member.charter_version == campaign.charter_version)


def members(standing: str = "", craft: str = "", name: str = "") -> QuerySet[Member]:
    """Active members, the newest first, of a standing, of a craft, whose pseudonym holds `name`."""
    found = Member.objects.filter(is_active=True).order_by("-joined_at", "-pk")
    if standing:
        found = found.filter(standing=standing)
    if craft:
        # Text search: SQLite's JSON has no containment; crafts are words of a closed list.
        found = found.filter(crafts__icontains=f'"{craft}"')
    if name:
        found = found.filter(pseudonym__icontains=name)
    return found


def counts_by_standing() -> dict[str, int]:
    """How many active members stand where."""
    from django.db.models import Count

    rows = Member.objects.filter(is_active=True).values_list("standing").annotate(number=Count("pk"))
    return dict(rows)
