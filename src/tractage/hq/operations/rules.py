"""Who may see operations, take part, tick, and plan."""

from typing import Any

from rules.predicates import Predicate

from tractage.hq.campaigns.clock import now
from tractage.hq.operations.models import Operation, OperationStatus, Participation, Step
from tractage.hq.people.models import Member
from tractage.hq.people.rules import grant, is_coordinator, is_founder, is_newcomer
from tractage.hq.people.selectors import has_accepted


def takes_part(member: Member, operation: Operation) -> bool:
    """Whether a member is among those who take part now."""
    return Participation.objects.filter(operation=operation, member=member, left_at__isnull=True).exists()


def _may_see(actor: Member, operation: Operation | None) -> bool:
    return bool(
        operation is not None
        and is_newcomer(actor)
        and (operation.status != OperationStatus.DRAFT or is_coordinator(actor))
    )


def _may_join(actor: Member, operation: Operation | None) -> bool:
    return bool(
        operation is not None
        and is_newcomer(actor)
        and operation.status == OperationStatus.PLANNED
        and has_accepted(actor, operation.campaign)
    )


def _may_tick(actor: Member, step: Step | None) -> bool:
    if step is None or not is_newcomer(actor) or not _may_see(actor, step.operation):
        return False
    if is_coordinator(actor) or step.assigned_id == actor.pk:
        return True
    return step.assigned_id is None and takes_part(actor, step.operation)


def _may_tell(actor: Member, operation: Operation | None) -> bool:
    return bool(
        operation is not None
        and is_newcomer(actor)
        and now() >= operation.starts_at
        and takes_part(actor, operation)
    )


def _predicate(test: Any) -> Predicate:
    return Predicate(test, test.__name__.strip("_"))


grant("operations.list", is_newcomer)
grant("operations.see", _predicate(_may_see))
grant("operations.join", _predicate(_may_join))
grant("operations.tick", _predicate(_may_tick))
grant("operations.tell", _predicate(_may_tell))
grant("operations.plan", is_coordinator)
grant("operations.express", is_founder)
