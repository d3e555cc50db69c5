"""What an estimate is about, as the page asks it; operations are known here, not to the sightings app."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import seat
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import SeatTarget, Work
from tractage.hq.missions.models import Brief
from tractage.hq.operations.models import Operation
from tractage.hq.sightings.kinds import ReachScope, SeenState
from tractage.hq.sightings.models import Sighting
from tractage.hq.sightings.scopes import scope_label, with_versions, works_of_scope


@dataclass(frozen=True)
class Scope:
    """A kind and a key, what they are called, and the works that they hold (all when None)."""

    kind: str
    key: str
    label: str
    works: set[int] | None

    @property
    def query(self) -> str:
        """Its address."""
        return urlencode({"quoi": self.kind, "cle": self.key})


def read_scope(campaign: Campaign, kind: str, key: str) -> Scope:
    """The scope, or 404."""
    if kind not in ReachScope.values:
        raise Http404
    if kind == ReachScope.OPERATION:
        operation = Operation.objects.filter(campaign=campaign, pk=key if key.isdigit() else 0).first()
        if operation is None:
            raise Http404
        works = with_versions(campaign, operation.works.values_list("pk", flat=True))
        return Scope(kind, key, operation.title, works)
    label = scope_label(campaign, kind, key)
    if label is None:
        raise Http404
    return Scope(kind, key, label, works_of_scope(campaign, kind, key))


def scope_choices(campaign: Campaign) -> list[tuple[str, list[tuple[str, str]]]]:
    """What has sightings, by kind: "work:12" and its name."""
    seen = set(
        Sighting.objects.filter(post__campaign=campaign, state=SeenState.CONFIRMED, work__isnull=False)
        .order_by()
        .values_list("work_id", flat=True)
        .distinct()
    )
    works = Work.objects.filter(pk__in=seen)
    briefs = Brief.objects.filter(works__in=seen).distinct()
    seats = sorted(set(SeatTarget.objects.filter(work__in=seen).values_list("seat", flat=True)))
    operations = Operation.objects.filter(campaign=campaign, works__in=seen).distinct()
    groups = [
        (_("Works"), [(f"work:{one.pk}", one.title) for one in works]),
        (_("Missions"), [(f"brief:{one.pk}", one.title) for one in briefs]),
        (_("Seats"), [(f"seat:{code}", seat(code).label) for code in seats]),
        (_("Operations"), [(f"operation:{one.pk}", one.title) for one in operations]),
    ]
    return [(label, rows) for label, rows in groups if rows]
