"""What a work bears, as the law sees it, and whether it may come out now."""

from datetime import datetime

from tractage.domain.law.content import Content
from tractage.domain.law.content import Kind as Bears
from tractage.domain.law.freeze import Status
from tractage.hq.campaigns.silence import freeze
from tractage.hq.campaigns.zones import zones_of
from tractage.hq.library.models import Kind, Work

POLL_LABEL, RESULT_LABEL, MONTAGE_LABEL = "poll", "result", "montage"


def content_of(work: Work) -> Content:
    """How to vote is practical; everything else is propaganda, and may bear a poll or results of the day."""
    kinds = {Bears.PRACTICAL if work.kind == Kind.PRACTICAL else Bears.PROPAGANDA}
    if POLL_LABEL in work.labels:
        kinds.add(Bears.POLL)
    if RESULT_LABEL in work.labels:
        kinds.add(Bears.RESULT)
    return Content(frozenset(kinds))


def release_status(work: Work, at: datetime | None = None) -> Status:
    """Whether `work` may be released at `at`, in the zones of its seats."""
    zones = zones_of(work.targets.values_list("seat", flat=True))
    return freeze(work.campaign, content_of(work), zones, at)
