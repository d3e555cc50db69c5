"""Analyses, as the desk and the public site read them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from tractage.hq.analyses.models import Analysis
from tractage.hq.campaigns.models import Campaign


def analyses_of(campaign: Campaign) -> QuerySet[Analysis]:
    """All of them, the latest first, with their analyst and the number of agreements."""
    return (
        Analysis.objects.filter(campaign=campaign)
        .select_related("owner")
        .annotate(agreed=Count("agreements"))
        .order_by("-pk")
    )


def published_analyses(campaign: Campaign) -> QuerySet[Analysis]:
    """Those whose figures two persons agreed to tell."""
    return Analysis.objects.filter(campaign=campaign, published_at__isnull=False).order_by("-published_at")


@dataclass(frozen=True)
class Aggregate:
    """What the public may read of an analysis: counts, never an account, a post or a pseudonym.

    groups: sizes of the communities, largest first
    alarms: share of accounts flagged on shuffled times, in [0, 1], or None
    """

    shares: int
    accounts: int
    strong: int
    linked: int
    groups: tuple[int, ...]
    alarms: float | None
    window: float
    level: float
    fingerprint: str

    @property
    def share_linked(self) -> float:
        """Linked accounts among those looked at, in [0, 1]."""
        return self.linked / self.accounts if self.accounts else 0.0


def aggregate_of(analysis: Analysis) -> Aggregate:
    """The aggregate of a finished analysis."""
    summary: dict[str, Any] = analysis.summary
    layers = list(summary["layers"].values())
    alarms = [one["shuffled_times"] for one in layers if one["shuffled_times"] is not None]
    return Aggregate(
        shares=sum(one["rows"] for one in layers),
        accounts=max((one["accounts"] for one in layers), default=0),
        strong=summary["strong"],
        linked=summary["accounts"],
        groups=tuple(summary["sizes"]),
        alarms=max(alarms, default=None),
        window=summary["settings"]["window"],
        level=summary["settings"]["level"],
        fingerprint=summary["fingerprint"],
    )
