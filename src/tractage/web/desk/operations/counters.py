"""What the library and the sightings know of an operation: shares that people logged, posts seen, reach."""

from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from tractage.hq.library.models import Share
from tractage.hq.operations.models import Operation
from tractage.hq.operations.selectors import versions_of
from tractage.hq.sightings.kinds import ReachScope, RunStatus, SeenState
from tractage.hq.sightings.models import ReachRun, Sighting


@dataclass(frozen=True)
class Counter:
    """One figure of a live page, with what it means in a sentence."""

    number: int
    label: str
    note: str


@dataclass(frozen=True)
class PlatformSeen:
    """One platform: posts and views found, and the ranges of the estimate; None where none can be given.

    `low` to `high`: the interval; `band_low` to `band_high`: with the dependence between lists. In views.
    """

    platform: str
    posts: int
    views: int
    low: int | None
    high: int | None
    band_low: int | None
    band_high: int | None
    identifiable: bool


def counters(operation: Operation) -> list[Counter]:
    """Shares logged and posts seen of the operation's works, in its window."""
    works = list(versions_of(operation).values_list("pk", flat=True))
    window = {"at__gte": operation.starts_at, "at__lt": operation.ends_at}
    shares = Share.objects.filter(work__in=works, **window).count()
    seen = (
        Sighting.objects.filter(work__in=works, state=SeenState.CONFIRMED, **window)
        .annotate(whole=Coalesce("post__merged_into", "post"))
        .order_by()
        .values("whole")
        .distinct()
        .count()
    )
    return [
        Counter(shares, _("shares that people logged"), _("A share is what someone says they posted.")),
        Counter(seen, _("public posts seen"), _("Posts seen are a floor: most are seen by none of us.")),
    ]


def reach_of(operation: Operation) -> list[PlatformSeen]:
    """The last finished estimate of the operation, platform by platform; empty without one."""
    run = (
        ReachRun.objects.filter(
            campaign=operation.campaign_id,
            scope=ReachScope.OPERATION,
            key=str(operation.pk),
            status=RunStatus.DONE,
        )
        .order_by("-finished_at", "-pk")
        .first()
    )
    found: list[dict[str, Any]] = run.result.get("platforms", []) if run and run.result else []
    return [_platform(one) for one in found]


def _platform(one: dict[str, Any]) -> PlatformSeen:
    views, observed = one["views"], one["observed"]
    band = views.get("band") or {}
    known = bool(views.get("identifiable"))
    return PlatformSeen(
        one["platform"],
        observed["posts"],
        observed["views"],
        views.get("low") if known else None,
        views.get("high") if known else None,
        band.get("low"),
        band.get("high"),
        known,
    )
