"""Who may log, confirm, undo, draw, and read the estimates."""

from collections.abc import Callable

from rules.predicates import Predicate

from tractage.hq.people.models import Member
from tractage.hq.people.rules import grant, is_coordinator, is_member, is_newcomer, is_reviewer
from tractage.hq.sightings.kinds import TaskStatus
from tractage.hq.sightings.models import AuditTask, Sighting


def _may_undo(actor: Member, sighting: Sighting | None) -> bool:
    """One's own, or anyone's for a coordinator."""
    if sighting is None or not is_newcomer(actor):
        return False
    return bool(sighting.member_id == actor.pk or is_coordinator(actor))


def _holds_task(actor: Member, task: AuditTask | None) -> bool:
    return bool(
        task is not None
        and is_newcomer(actor)
        and task.member_id == actor.pk
        and task.status == TaskStatus.TAKEN
    )


def _predicate(test: Callable[..., bool]) -> Predicate:
    return Predicate(test, test.__name__.strip("_"))


grant("sightings.log", is_newcomer)
grant("sightings.see_list", is_newcomer)
grant("sightings.confirm", is_member)
grant("sightings.undo", _predicate(_may_undo))
grant("sightings.read_views", is_newcomer)
grant("sightings.merge", is_member)
grant("sightings.take_audit", is_newcomer)
grant("sightings.hold_audit", _predicate(_holds_task))
grant("sightings.draw_audit", is_coordinator)
grant("sightings.see_reach", is_reviewer)
grant("sightings.compute_reach", is_reviewer)
grant("sightings.open_reach", is_coordinator)
