"""Which works an estimate is about: lineage makes a remix count for what it comes from."""

from collections.abc import Iterable

from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import SeatTarget, Work
from tractage.hq.missions.models import Brief
from tractage.hq.sightings.kinds import ReachScope


def with_versions(campaign: Campaign, works: Iterable[int]) -> set[int]:
    """These works and every version made from them, at any depth."""
    children: dict[int, list[int]] = {}
    rows = Work.objects.filter(campaign=campaign, parent__isnull=False).values_list("pk", "parent_id")
    for pk, parent in rows:
        children.setdefault(parent, []).append(pk)
    found, left = set[int](), list(works)
    while left:
        pk = left.pop()
        if pk not in found:
            found.add(pk)
            left += children.get(pk, ())
    return found


def works_of_scope(campaign: Campaign, scope: str, key: str) -> set[int] | None:
    """The works of a scope; None for the whole campaign. An operation's are told by who knows operations."""
    works = Work.objects.filter(campaign=campaign)
    if scope == ReachScope.CAMPAIGN:
        return None
    if scope == ReachScope.WORK and key.isdigit():
        return with_versions(campaign, works.filter(pk=key).values_list("pk", flat=True))
    if scope == ReachScope.BRIEF and key.isdigit():
        return with_versions(campaign, works.filter(brief=int(key)).values_list("pk", flat=True))
    if scope == ReachScope.SEAT:
        targets = SeatTarget.objects.filter(work__campaign=campaign, seat=key)
        return set(targets.values_list("work_id", flat=True))
    return set()


def scope_label(campaign: Campaign, scope: str, key: str) -> str | None:
    """What a scope is called; None when it does not exist."""
    if scope == ReachScope.CAMPAIGN:
        return campaign.name
    if scope == ReachScope.WORK and key.isdigit():
        return Work.objects.filter(campaign=campaign, pk=key).values_list("title", flat=True).first()
    if scope == ReachScope.BRIEF and key.isdigit():
        return Brief.objects.filter(campaign=campaign, pk=key).values_list("title", flat=True).first()
    if scope == ReachScope.SEAT:
        try:
            return seat(key).label
        except InputError:
            return None
    return None
