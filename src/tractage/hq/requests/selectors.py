"""Reads about requests."""

import hashlib

from django.db.models import Count, Q, QuerySet

from tractage.domain.law.content import Content, Kind
from tractage.domain.law.freeze import Status
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.campaigns.zones import zones_of
from tractage.hq.library.models import Status as WorkStatus
from tractage.hq.library.models import Work
from tractage.hq.people.models import Member
from tractage.hq.people.rules import is_coordinator
from tractage.hq.requests.models import Acceptance, Stage, TeamRequest
from tractage.hq.requests.rules import SEEN_BY_VOLUNTEERS

TEAM = Content.of(Kind.TEAM_REQUEST)
DELIVERABLE = (WorkStatus.ACCEPTED, WorkStatus.RELEASED)


def hold(campaign: Campaign, seat: str) -> Status:
    """Whether the law lets a team of this seat be served now (L48-2 late in the week, then the silence)."""
    return freeze(campaign, TEAM, zones_of([seat]))


def requests_for(campaign: Campaign, member: Member, stage: str = "") -> QuerySet[TeamRequest]:
    """The requests that `member` may see, the latest first, each with how many took it and what was given."""
    found = TeamRequest.objects.filter(campaign=campaign)
    if not is_coordinator(member):
        found = found.filter(stage__in=SEEN_BY_VOLUNTEERS)
    if stage in Stage.values:
        found = found.filter(stage=stage)
    return found.annotate(
        taken=Count("acceptances", filter=Q(acceptances__withdrawn_at=None), distinct=True),
        given=Count("deliveries", distinct=True),
    ).order_by("-pk")


def request_for_desk(campaign: Campaign, pk: int) -> TeamRequest | None:
    """A request with what its page shows."""
    found = TeamRequest.objects.filter(campaign=campaign, pk=pk).select_related("campaign")
    return found.prefetch_related("acceptances__member", "deliveries__work", "deliveries__member").first()


def request_by_token(campaign: Campaign, token: str) -> TeamRequest | None:
    """The request that a team follows by its own address."""
    found = TeamRequest.objects.filter(campaign=campaign, reference=fingerprint(token))
    return found.select_related("campaign").prefetch_related("deliveries__work__editions").first()


def fingerprint(token: str) -> str:
    """What is kept of an address that opens a request."""
    return hashlib.sha256(token.encode()).hexdigest()


def acceptance_of(member: Member, request: TeamRequest) -> Acceptance | None:
    """The volunteer's own attestation in force, None without one."""
    return Acceptance.objects.filter(request=request, member=member, withdrawn_at=None).first()


def deliverable_works(campaign: Campaign, seat: str) -> QuerySet[Work]:
    """Works that two people read, of this seat or of the whole country, the latest first."""
    here = Q(targets__seat=seat) | Q(targets=None)
    return Work.objects.filter(here, campaign=campaign, status__in=DELIVERABLE).distinct().order_by("-pk")
